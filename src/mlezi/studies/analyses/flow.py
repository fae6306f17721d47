"""How many were asked, answered and answered again: the response at each time, always out of who was asked."""

from __future__ import annotations

import ibis
from django.utils.translation import gettext_noop
from ibis import _

from mlezi.methods.statistics.estimate import Estimate, empty
from mlezi.methods.statistics.notes import note
from mlezi.methods.statistics.proportions import proportion
from mlezi.studies.analysis import Analysis, Asked, Options
from mlezi.studies.data import Data
from mlezi.studies.found import RESPONSE, Figure, Found, Grid, Picture, joined, of, word

NAMES = ("wave", "asked", "answered", "invited")


class Choices(Options):
    instrument: str | None = None  # otherwise that of the outcome


def run(data: Data, asked: Asked) -> Found:
    instrument = asked.options.instrument or asked.outcome.instrument
    rows = _waves(data, instrument)
    order = {time.wave or time.code: place for place, time in enumerate(asked.plan.times)}
    waves = sorted(rows, key=lambda wave: (order.get(wave, len(order)), wave))
    titles = {time.wave or time.code: time.code for time in asked.plan.times}
    figures = []
    for wave in waves:
        n_asked, n_answered, n_invited = rows[wave]
        label = joined(of("time", titles[wave]) if wave in titles else of("text", wave or "–"), word("response_rate"))
        estimate = _rate(n_asked, n_answered, n_invited, level=asked.level)
        figures.append(Figure(wave or "all", label, estimate, "share", family=RESPONSE, headline=True))
    labels = [of("time", titles[wave]) if wave in titles else of("text", wave or "–") for wave in waves]
    grid = Grid(
        "flow",
        word("flow_by_time"),
        (word("asked"), word("answered")),
        tuple((label, _cells(*rows[wave])) for label, wave in zip(labels, waves, strict=True)),
    )
    return Found(
        figures=tuple(figures),
        steps=(("eligible", data.n_people), *((f"answered:{wave}", rows[wave][1]) for wave in waves)),
        grids=(grid,),
        pictures=(Picture("intervals", word("response_rate"), {"unit": "share", "of": [one.key for one in figures]}),),
        ran={"instrument": instrument or "", "asked_from": "invitations" if data.has("invitations") else "answers"},
    )


def _rate(n_asked: int, n_answered: int, n_invited: int, *, level: float) -> Estimate:
    """Out of who was asked. Where nobody was, those who answered say nothing of those who did not."""
    estimand = "Share of those asked who answered"
    if n_invited == 0:
        reason = note("nobody_asked", n=n_answered)
        return empty(reason, estimand=estimand, method="Wilson interval", n_used=0, n_eligible=n_answered, level=level)
    return proportion(min(n_answered, n_asked), n_asked, level=level, estimand=estimand)


def _cells(n_asked: int, n_answered: int, n_invited: int) -> tuple[float | str, float | str]:
    return n_asked if n_invited else "–", n_answered


def _waves(data: Data, instrument: str | None) -> dict[str, tuple[int, int, int]]:
    """Wave → people asked, people who answered, people with an invitation.

    Due and never asked is not asked, as the tracker has it. Who answered without an invitation, where others have
    one, was asked: a phone offered the form.
    """
    parts = []
    if data.has("invitations"):
        table = data.tables["invitations"]
        table = table.filter(table.instrument == instrument) if instrument else table
        table = table.filter(table.asked_on.notnull() | table.is_answered)
        parts.append(table.select("participant", "wave", answered=_.is_answered, invited=ibis.literal(True)))
    for name in ("responses", "scores"):
        if data.has(name):
            table = data.tables[name]
            table = table.filter(table.instrument == instrument) if instrument else table
            parts.append(table.select("participant", "wave", answered=ibis.literal(True), invited=ibis.literal(False)))
    if not parts:
        return {}
    everything = ibis.union(*parts) if len(parts) > 1 else parts[0]
    people = everything.group_by("participant", "wave").aggregate(answered=_.answered.max(), invited=_.invited.max())
    found = data.read(
        people.group_by("wave")
        .aggregate(asked=_.count(), answered=_.count(where=_.answered), invited=_.count(where=_.invited))
        .order_by("wave")
    )
    return {
        str(wave or ""): (int(n_asked), int(n_answered), int(n_invited))
        for wave, n_asked, n_answered, n_invited in zip(*(found[name] for name in NAMES), strict=True)
    }


ANALYSIS = Analysis(
    code="flow",
    title=gettext_noop("Who was asked, who answered"),
    says=gettext_noop("What share of those asked answered at each time, and so how far the answers can speak for all."),
    needs=("outcome",),
    run=run,
    options=Choices,
    takes=(),
)
