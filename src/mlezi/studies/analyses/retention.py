"""How long people stay: the curve with its band and at-risk row, time stayed up to a day, and groups compared."""

from __future__ import annotations

from typing import Any, Literal

import ibis
import numpy as np
from django.utils.translation import gettext_noop
from ibis import _
from pydantic import Field

from mlezi.evaluation.operations import days_between
from mlezi.methods.statistics.log_rank import log_rank
from mlezi.methods.statistics.notes import note
from mlezi.methods.statistics.rmst import restricted_mean, restricted_mean_difference
from mlezi.methods.statistics.survival import Curve, Step, kaplan_meier
from mlezi.studies.analysis import Analysis, Asked, Options
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Grid, Label, Picture, of, word
from mlezi.studies.found import joined as labelled
from mlezi.studies.measures import grouped, source


class Choices(Options):
    spell: Literal["enrolment", "employment"] = "enrolment"
    days: list[int] = Field(default=[90, 180, 365], min_length=1, max_length=12)
    up_to: int = Field(default=365, ge=1, description="Time stayed is counted up to this day.")
    staying_reasons: list[str] = Field(
        default=["transfer"], description="Reasons of an end that are no leaving, as promotion."
    )
    late_entry: bool = Field(default=True, description="Employment: count people only from enrolment on.")


def run(data: Data, asked: Asked) -> Found:
    found = _spells(data, asked)
    entered = found["entered"].astype(float)
    times, left = found["times"].astype(float), found["gone"].astype(float)
    bad = (times < 0) | ((entered > 0) & (times <= entered))
    kept = ~bad & ~np.isnan(times)
    side = np.array([one or "" for one in found["side"]], dtype=object)
    whole = _curve(times[kept], left[kept], entered[kept], asked)
    figures = _figures(asked, whole, "all", word("everybody"))
    grids, curves = [_at_risk(asked, whole, "all", word("everybody"))], {"all": whole}
    if asked.comparison:
        curves = {}
        for one in asked.in_order(sorted(set(side) - {""})):
            mine = kept & (side == one)
            curves[one] = _curve(times[mine], left[mine], entered[mine], asked)
            figures += _figures(asked, curves[one], one, asked.group(one))
            grids.append(_at_risk(asked, curves[one], one, asked.group(one)))
        figures += _compared(asked, curves, (times[kept], left[kept], entered[kept]), side[kept])
    impossible = int((bad & ~np.isnan(times)).sum())
    return Found(
        tuple(figures),
        (
            ("eligible", data.n_people),
            ("have_spell", len(times)),
            ("usable_spell", int(kept.sum())),
            ("left", int(np.nansum(left[kept]))),
        ),
        grids=tuple(grids),
        pictures=(_picture(asked, curves),),
        limits=(note("impossible_days", n=impossible),) if impossible else (),
        ran={
            "spell": asked.options.spell,
            "up_to": asked.options.up_to,
            "interval": "log-log",
            "staying_reasons": list(asked.options.staying_reasons),
        },
    )


def _spells(data: Data, asked: Asked) -> dict[str, Any]:
    """One row a person: days until last known about, whether they then left, and days until observed."""
    people = grouped(data, asked.comparison)
    end = ibis.date(data.as_of)
    if asked.options.spell == "enrolment":
        reason = data.tables["participants"].select(who="participant", why="left_because")
        table = people.join(reason, people.participant == reason.who).filter(_.entered_on.notnull())
        start, stop = table.entered_on, table.left_on
        table = table.mutate(start=start, stop=stop, entered=ibis.literal(0))
    else:
        spells = source(data, "spells")
        first = spells.group_by("participant").aggregate(
            start=_.from_on.min(),
            stop=_.to_on.max(),
            open=_.count(where=_.to_on.isnull()),
            why=_.reason.argmax(_.to_on),
        )
        first = first.mutate(stop=(first.open > 0).ifelse(ibis.null("date"), first.stop)).rename(who="participant")
        table = people.join(first, people.participant == first.who).filter(_.start.notnull())
        since = days_between(table.start, table.entered_on)
        late = (since > 0) & ibis.literal(asked.options.late_entry)
        table = table.mutate(entered=late.fill_null(False).ifelse(since, 0))
    stays = table.why.isin(asked.options.staying_reasons).fill_null(False) if asked.options.staying_reasons else None
    gone = table.stop.notnull() & (table.stop <= end)
    gone = gone & ~stays if stays is not None else gone
    last = (table.stop.notnull() & (table.stop <= end)).ifelse(table.stop, end)
    shown = table.select(
        "participant", "side", "entered", gone=gone.ifelse(1, 0), times=days_between(table.start, last)
    )
    return data.read(shown.order_by("participant"))


def _curve(times: Any, left: Any, entered: Any, asked: Asked) -> Curve:
    late = entered if np.any(entered > 0) else None
    return kaplan_meier(times, left, entered=late, level=asked.level)


def _figures(asked: Asked, curve: Curve, side: str, where: Label) -> list[Figure]:
    found = [
        Figure(
            f"{side}.at.{day}",
            labelled(where, word("staying_beyond"), of("days", str(day))),
            curve.at(day),
            "share",
            family=f"at{day}",
            headline=side == "all" and day == asked.options.days[-1],
        )
        for day in asked.options.days
    ]
    found.append(
        Figure(f"{side}.median", labelled(where, word("median_stay")), curve.median(), "days", family="median")
    )
    stayed = restricted_mean(curve, tau=asked.options.up_to)
    label = labelled(where, word("time_stayed"), of("days", str(asked.options.up_to)))
    return [*found, Figure(f"{side}.stayed", label, stayed, "days", family="stayed")]


def _compared(asked: Asked, curves: dict[str, Curve], spells: tuple[Any, Any, Any], side: Any) -> list[Figure]:
    times, left, entered = spells
    known = [one for one in curves if curves[one].n_used]
    groups = [one or None for one in side]
    late = entered if np.any(entered > 0) else None
    test = log_rank(times, left, groups, entered=late)
    figures = [Figure("log_rank", word("log_rank"), test, "number", headline=True, p=test.numbers.get("p"))]
    if len(known) == 2:
        one, two = known
        difference = restricted_mean_difference(curves[one], curves[two], tau=asked.options.up_to)
        until = of("days", str(asked.options.up_to))
        label = labelled(asked.group(one), word("less"), asked.group(two), word("time_stayed"), until)
        figures.append(Figure("stayed_difference", label, difference, "days", headline=True))
    return figures


def _at_risk(asked: Asked, curve: Curve, side: str, where: Label) -> Grid:
    days = [0, *asked.options.days]
    left = [sum(step.events for step in curve.steps if step.time <= day) for day in days]
    return Grid(
        f"at_risk.{side}",
        labelled(where, word("at_risk_table")),
        tuple(of("days", str(day)) for day in days),
        ((word("at_risk"), tuple(curve.at_risk(day) for day in days)), (word("left"), tuple(left))),
    )


def _picture(asked: Asked, curves: dict[str, Curve]) -> Picture:
    lines = {
        side: [[0.0, 1.0, 1.0, 1.0], *([s.time, s.staying, s.low, s.high] for s in _turns(curve))]
        for side, curve in curves.items()
        if curve.n_used >= asked.plan.minimum_group
    }
    return Picture(
        "curve",
        word("staying"),
        {"lines": lines, "compare": asked.spec.compare or "", "days": list(asked.options.days)},
    )


def _turns(curve: Curve) -> list[Step]:
    """The steps where the line turns, and its end."""
    return [step for step in curve.steps if step.events or step is curve.steps[-1]]


ANALYSIS = Analysis(
    code="retention",
    title=gettext_noop("How long people stay"),
    says=gettext_noop("What share is still there after so many days, with those not followed so long rightly counted."),
    needs=(),
    run=run,
    options=Choices,
    takes=("compare",),
)
