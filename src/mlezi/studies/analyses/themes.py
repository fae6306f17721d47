"""What people said, by theme: of those who were heard, the share that said it."""

from __future__ import annotations

from typing import Any, Literal

from django.utils.translation import gettext_noop
from ibis import _
from pydantic import Field

from mlezi.methods.statistics.proportions import proportion
from mlezi.studies.analysis import Analysis, Asked, Options
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Picture, of, word
from mlezi.studies.measures import source


class Themes(Options):
    codebook: str = Field(description="The codebook's code, as cfir-2022.")
    under: str = Field(default="", description="Only this theme and those under it.")
    side: Literal["", "helps", "hinders"] = Field(default="", description="Only what was coded so.")
    interval: Literal["wilson", "exact"] = "wilson"


def run(data: Data, asked: Asked) -> Found:
    people = data.tables["participants"].select(person="participant")
    table = source(data, "themes").filter(_.codebook == asked.options.codebook)
    if asked.at is not None:
        table = table.filter(_.wave == (asked.at.wave or asked.at.code))
    rows = table.join(people, table.participant == people.person)
    heard = int(data.read(rows.aggregate(n=_.participant.nunique()))["n"][0])
    said = rows.filter(_.theme != "")
    if asked.options.under:
        said = said.filter((_.theme == asked.options.under) | _.theme.startswith(asked.options.under + "."))
    if asked.options.side:
        said = said.filter(_.side.isin([asked.options.side, "both"]))
    found = data.read(said.group_by("theme").aggregate(n=_.participant.nunique()).order_by("theme"))
    counts = {str(theme): int(n) for theme, n in zip(found["theme"], found["n"], strict=True)}
    titles = _titles(data, said)
    figures = tuple(
        Figure(
            f"theme.{theme}",
            of("title", titles[theme]) if titles.get(theme) else of("theme", theme),
            proportion(counts[theme], heard, asked=max(heard, data.n_people), method=asked.options.interval,
                       level=asked.level, estimand="Share of those heard who said it"),
            "share",
            family="theme",
        )
        for theme in sorted(counts, key=lambda one: (-counts[one], one))
    )  # fmt: skip
    picture = Picture("intervals", word("themes"), {"unit": "share", "of": [one.key for one in figures]})
    return Found(
        figures,
        (("eligible", data.n_people), ("heard", heard)),
        pictures=(picture,) if figures else (),
        ran={name: value for name, value in asked.options.model_dump().items() if value},
    )


def _titles(data: Data, said: Any) -> dict[str, str]:
    """As the codebook names them; a folder frozen before titles were kept has their codes alone."""
    if "title" not in said.columns:
        return {}
    found = data.read(said.select("theme", "title").distinct().order_by("theme"))
    return dict(zip(found["theme"], found["title"], strict=True))


ANALYSIS = Analysis(
    code="themes",
    title=gettext_noop("What people said"),
    says=gettext_noop("What share of those who were heard said each theme; a theme counts those under it."),
    needs=(),
    run=run,
    options=Themes,
    takes=("at",),
)
