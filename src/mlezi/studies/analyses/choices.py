"""A question with one or many choices, or codes of one person: the share of each, over a named base."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_noop
from ibis import _

from mlezi.methods.statistics.proportions import choices
from mlezi.studies.analysis import Analysis, Asked, Options
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Picture, joined, of
from mlezi.studies.measures import rows


class Choices(Options):
    base: Literal["answered", "asked"] = "answered"
    interval: Literal["wilson", "exact"] = "wilson"


NAMED_FIRST = 3  # so many of the most chosen stand in the report's summary


def run(data: Data, asked: Asked) -> Found:
    said = rows(data, asked.outcome, asked.at).filter(_.words.notnull())
    people = data.tables["participants"].select(person="participant")
    mine = said.join(people, said.participant == people.person)
    counted = mine.group_by("words").aggregate(n=_.participant.nunique()).order_by("words")
    found = data.read(counted)
    answered = int(data.read(mine.aggregate(n=_.participant.nunique()))["n"][0])
    counts = {str(name): int(n) for name, n in zip(found["words"], found["n"], strict=True)}
    shares = choices(
        counts,
        answered=answered,
        asked=max(answered, data.n_people),
        base=asked.options.base,
        method=asked.options.interval,
        level=asked.level,
    )
    ordered = sorted(shares, key=lambda name: (-counts[name], name))
    figures = tuple(
        Figure(
            f"choice.{name}",
            joined(of("answer", f"{asked.outcome.code}/{name}")),
            shares[name],
            "share",
            family="choice",
            headline=place < NAMED_FIRST,
        )
        for place, name in enumerate(ordered)
    )
    picture = Picture("intervals", of("outcome", asked.outcome.code), {"unit": "share", "of": [f.key for f in figures]})
    return Found(
        figures,
        (("eligible", data.n_people), ("answered", answered)),
        pictures=(picture,),
        ran={"base": asked.options.base, "interval": asked.options.interval},
    )


ANALYSIS = Analysis(
    code="choices",
    title=gettext_noop("What people chose"),
    says=gettext_noop("What share of people named each choice; with many choices the shares add to more than 100 %."),
    needs=("outcome",),
    run=run,
    options=Choices,
    takes=("at",),
)
