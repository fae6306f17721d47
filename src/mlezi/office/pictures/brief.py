"""The monthly brief of a district: one printed page of the same figures as its screen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from mlezi import __version__
from mlezi.office.pictures import district, sites
from mlezi.office.pictures.asked import Asked
from mlezi.plumbing.charts import Chart

FIGURES = (
    "visit_coverage", "overdue_facilities", "people_supported", "dose_hours", "at_level", "needs_open",
    "actions_overdue", "data_freshness",
)  # fmt: skip
LONGEST = 9


def data(asked: Asked, today: date) -> dict[str, Any]:
    """Plain values for `reports/documents/brief.typ`."""
    standing = sites.standings(asked.programme, asked.here, on=min(today, asked.period.last))
    overdue = [one for one in standing if one.tone == "late"]
    coverage, topics = (
        district.coverage_by_month(asked, min(today, asked.period.last)),
        district.progress_by_topic(asked),
    )
    return {
        "language": (get_language() or "en").split("-")[0],
        "title": gettext("{place}, {period}").format(place=asked.place.name, period=asked.period.title),
        "lead": ngettext("{n} facility takes part. {span}", "{n} facilities take part. {span}", len(standing)).format(
            n=len(standing), span=asked.period.span
        ),
        "made_up": gettext("Made-up data: the facilities are real, the people and visits are invented.")
        if asked.programme.is_made_up
        else "",
        "foot": gettext("Mlezi {version}, made on {day}. Each figure opens to its records on the page.").format(
            version=__version__, day=date_format(today, "j M Y")
        ),
        "figures": [
            {"name": str(one.name), "value": one.value or gettext("no data"), "unit": str(one.unit),
             "note": str(one.note), "tone": one.tone}
            for one in asked.cards(FIGURES)
        ],
        "overdue_title": _facilities_overdue(len(overdue)),
        "overdue": [{"name": one.place.name, "words": one.words} for one in overdue[:LONGEST]],
        "gaps_title": gettext("What is lacking most"),
        "gaps": [
            {"name": row["item"],
             "words": ngettext("{n} facility", "{n} facilities", row["n"]).format(n=row["n"])}
            for row in district.gaps(asked)
        ],
        "none": gettext("None."),
        "no_data": gettext("no data"),
    } | _drawn("chart", coverage) | _drawn("topics", topics)  # fmt: skip


def _facilities_overdue(n: int) -> str:
    return ngettext("{n} facility overdue", "{n} facilities overdue", n).format(n=n)


def _drawn(name: str, chart: Chart | None) -> dict[str, str]:
    if chart is None or chart.is_empty:
        return {name: "", f"{name}_title": str(chart.title) if chart else "", f"{name}_words": ""}
    return {name: chart.picture, f"{name}_title": str(chart.title), f"{name}_words": str(chart.description)}
