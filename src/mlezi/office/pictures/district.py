"""A district (or a region) at a glance, for whoever oversees it. Every figure carries the way to its records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from mlezi.evaluation.indicators import BY_CODE
from mlezi.evaluation.queries import SILENT_DAYS
from mlezi.office import links, names, targets
from mlezi.office.period import months_until
from mlezi.office.pictures import sites
from mlezi.office.pictures.asked import Asked
from mlezi.people.models import Device
from mlezi.plumbing.chart_kinds import bars, over_time
from mlezi.plumbing.charts import Chart
from mlezi.plumbing.words import percent

HEADLINES = (
    "visit_coverage", "overdue_facilities", "dose_hours", "at_level", "needs_open", "actions_overdue",
    "refreshers_due", "data_freshness",
)  # fmt: skip
MORE = (
    "people_supported", "participation", "topics_covered", "competency_progress", "action_completion", "days_to_met",
    "still_in_post", "sample_match", "received_late", "paper_share",
)  # fmt: skip


def coverage_by_month(asked: Asked, today: date, months: int = 12) -> Chart:
    points = [
        (
            date_format(month.start, "M y" if month.start.month == 1 else "M"),
            asked.place.name,
            asked.ask("visit_coverage", month).value,
        )
        for month in months_until(today, months)
        if asked.programme.starts_on is None or month.end > asked.programme.starts_on
    ]
    goal = targets.of(asked.programme, asked.period, asked.place).get("visit_coverage")
    return over_time(gettext("Facilities visited of those due, by month"), points, target=goal)


def progress_by_topic(asked: Asked) -> Chart | None:
    if "at_level" not in BY_CODE:
        return None
    found = asked.ask("at_level", by="topic")
    titles = names.topics(asked.programme)
    values = [(titles[code], found.parts[code].value if code in found.parts else None) for code in titles]
    goal = targets.of(asked.programme, asked.period, asked.place).get("at_level")
    title = gettext("Competencies at or above the level to reach, by topic")
    return bars(title, values, names=gettext("Topic"), unit=gettext("Share"), target=goal)


def gaps(asked: Asked, limit: int = 8) -> list[dict[str, Any]]:
    """What is lacking most, by item: how many facilities' needs are open, with the way to them."""
    found = asked.ask("needs_open", by="item")
    titles = names.items(asked.programme)
    rows: list[dict[str, Any]] = [
        {"item": titles.get(code, names.plain(code)), "n": numbers.n, "url": asked.link("needs_open", item=code)}
        for code, numbers in found.parts.items()
        if numbers.n
    ]
    return sorted(rows, key=lambda row: (-row["n"], row["item"]))[:limit]


def topics_hidden(asked: Asked) -> bool:
    """Whether any topic's figure is hidden, so that the page says why."""
    return "at_level" in BY_CODE and any(part.is_hidden for part in asked.ask("at_level", by="topic").parts.values())


def unseen(asked: Asked, standing: Sequence[sites.Standing], silent_leads: set[int]) -> dict[str, Any] | None:
    """How much higher coverage could be if phones not heard of hold visits to overdue facilities."""
    waiting = [one for one in standing if one.tone == "late" and one.place.last_lead in silent_leads]
    numbers = asked.ask("visit_coverage").numbers
    if not waiting or numbers.n is None or not numbers.of:
        return None
    possible = min(numbers.n + len(waiting), numbers.of)
    words = {"now_words": percent(numbers.value), "possible_words": percent(possible / numbers.of)}
    return words | {"n": len(waiting), "phones": len({one.place.last_lead for one in waiting}),
            "now": numbers.value, "possible": possible / numbers.of}  # fmt: skip


def at_a_glance(asked: Asked, today: date) -> dict[str, Any]:
    """Everything the page of a district shows, except lists that the view adds by permission."""
    standing = sites.standings(asked.programme, asked.here, on=min(today, asked.period.last))
    overdue = [one for one in standing if one.tone == "late"]
    around = sites.districts(standing)
    return {
        "figures": asked.cards(HEADLINES),
        "more": asked.cards(MORE),
        "standing": standing,
        "overdue": overdue,
        "overdue_words": ngettext("{n} overdue", "{n} overdue", len(overdue)).format(n=len(overdue)),
        "districts_url": links.page("districts", asked.programme),
        "map": sites.drawn(asked.programme, standing, around, gettext("Facilities by their last visit")),
        "coverage": coverage_by_month(asked, today),
        "progress": progress_by_topic(asked),
        "is_hidden": topics_hidden(asked),
        "gaps": gaps(asked),
        "unseen": unseen(asked, standing, silent_leads(asked, today)),
    }


def silent_leads(asked: Asked, today: date) -> set[int]:
    """Row ids of people whose phone was not heard of for a week."""
    limit = datetime.combine(today - timedelta(days=SILENT_DAYS), time.min, tzinfo=UTC)
    phones = Device.objects.filter(programme_code=asked.programme.code, revoked_at=None)
    return set(phones.filter(Q(last_seen_at__lt=limit) | Q(last_seen_at=None)).values_list("person", flat=True))
