"""How long people stay: the Kaplan-Meier curve with a named interval, its median, late entry allowed.

Sources: Kaplan and Meier 1958; Greenwood 1926; Kalbfleisch and Prentice 2002, The Statistical Analysis of Failure
Time Data, 1.4 (log and log-log intervals); Brookmeyer and Crowley 1982, Biometrics 38:29 (median); Tsai, Jewell and
Wang 1987, Biometrika 74:883 (late entry).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import exp, log, sqrt
from typing import Literal

import numpy as np

from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import missing_note, z_of
from mlezi.methods.statistics.values import BadValue, Numbers, Value, with_gaps

Transform = Literal["log-log", "log"]
ROUNDING = 1e-12  # A product of fractions may miss one half by this much.


@dataclass(frozen=True)
class Step:
    """One time with its at-risk row: followed just before, left (events), censored at it, share staying after it."""

    time: float
    at_risk: int
    events: int
    censored: int
    staying: float
    greenwood: float  # sum of d / (n (n - d)) so far; infinite once nobody is left
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """A Kaplan-Meier curve: its steps in order of time, and how it was made."""

    steps: tuple[Step, ...]
    n_used: int
    n_eligible: int
    level: float
    transform: Transform
    warnings: tuple[Note, ...]
    spells: Spells = field(repr=False, compare=False)

    def at(self, time: float, *, estimand: str | None = None) -> Estimate:
        """The share staying beyond a time, with the curve's interval at it. Empty where nobody was followed so long.

        While nobody has left there is no interval: the curve's formula would give one without width.
        """
        method, variant = "Kaplan-Meier", f"{self.transform} interval"
        estimand = estimand or f"Share staying beyond {time:g}"
        if not self.steps:
            return self._empty(estimand, method, variant)
        last = self.steps[-1]
        if time > last.time and last.staying > 0:
            return self._empty(estimand, method, variant, note("beyond_follow_up", last=last.time))
        before = [step for step in self.steps if step.time <= time]
        events = sum(step.events for step in before)
        point, low, high = (before[-1].staying, before[-1].low, before[-1].high) if events else (1.0, None, None)
        notes = self.warnings if events else (*self.warnings, note("nobody_left"))
        if self.at_risk(time) < FEW:
            notes += (note("tail_thin", needed=FEW),)
        return Estimate(
            estimand=estimand,
            method=method,
            variant=variant,
            n_used=self.n_used,
            n_eligible=self.n_eligible,
            point=point,
            low=low,
            high=high,
            level=self.level,
            warnings=notes,
            numbers={"at_risk": self.at_risk(time), "events": events},
        )

    def at_risk(self, time: float) -> int:
        """How many are under observation just before a time: the row under the picture."""
        return int(self.spells.at_risk(np.array([time]))[0])

    def median(self, *, estimand: str = "Time by which half have left") -> Estimate:
        """The first time at which at most half stay; its bounds where the band crosses a half (None: not reached)."""
        method, variant = "Kaplan-Meier median", f"Brookmeyer-Crowley, {self.transform} band"
        if not self.steps:
            return self._empty(estimand, method, variant)
        point, low, high = (
            next((step.time for step in self.steps if getattr(step, line) <= 0.5 + ROUNDING), None)
            for line in ("staying", "low", "high")
        )
        notes = self.warnings
        if point is None:
            notes += (note("not_reached"),)
        elif high is None:
            notes += (note("bound_open", side="upper"),)
        return Estimate(
            estimand=estimand,
            method=method,
            variant=variant,
            n_used=self.n_used,
            n_eligible=self.n_eligible,
            point=point,
            low=low,
            high=high,
            level=self.level,
            warnings=notes,
            numbers={"events": sum(step.events for step in self.steps)},
        )

    def _empty(self, estimand: str, method: str, variant: str, because: Note | None = None) -> Estimate:
        return empty(
            because or nothing_used(self.n_eligible),
            estimand=estimand,
            method=method,
            variant=variant,
            n_used=self.n_used,
            n_eligible=self.n_eligible,
            level=self.level,
        )


def kaplan_meier(
    times: Iterable[Value],
    left: Iterable[Value],
    *,
    entered: Iterable[Value] | None = None,
    level: float = 0.95,
    transform: Transform = "log-log",
) -> Curve:
    """The curve of staying. `times` is when each person was last known about, `left` 1 if they left then, 0 if not.

    `entered` is when each came under observation (default 0): people found late count only from then on, or those
    who left early would be missed and the rest look loyal. People with any gap are left out and counted.
    Raises BadValue for negative times, for `left` other than 0 or 1, and for people seen last at or before entry.
    """
    check_level(level)
    spells = Spells(times, left, entered)
    steps = tuple(_steps(spells, level, transform))
    notes = missing_note(spells.n, spells.asked)
    late = int((spells.entered > 0).sum())
    if late:
        notes = (note("late_entry", n=late), *notes)
        notes += _gap_notes(spells, steps)
    if 0 < spells.n < FEW:
        notes = (note("few", n=spells.n, needed=FEW), *notes)
    return Curve(steps, spells.n, spells.asked, level, transform, notes, spells)


class Spells:
    """Cleaned spells of observation: from `entered` (excluded) to `times` (included), `left` says how they ended."""

    def __init__(self, times: Iterable[Value], left: Iterable[Value], entered: Iterable[Value] | None):
        ends, marks = with_gaps(times, what="time"), with_gaps(left, what="leaving mark")
        starts = np.zeros(ends.size) if entered is None else with_gaps(entered, what="entry")
        if not ends.size == marks.size == starts.size:
            raise BadValue("times, leaving marks and entries differ in length")
        kept = ~(np.isnan(ends) | np.isnan(marks) | np.isnan(starts))
        self.asked, self.n = int(ends.size), int(kept.sum())
        self.times, self.left, self.entered = ends[kept], marks[kept], starts[kept]
        self.kept = kept
        if np.any((self.left != 0) & (self.left != 1)):
            raise BadValue("a leaving mark is 1 (left) or 0 (still there when last seen)")
        if np.any(self.times < 0) or np.any(self.entered < 0):
            raise BadValue("a time before the start cannot be counted")
        if entered is not None and np.any((self.times <= self.entered) & (self.entered > 0)):
            raise BadValue("somebody was last seen at or before they came under observation")

    def at_risk(self, times: Numbers) -> Numbers:
        """How many are under observation just before each of the times."""
        begun = np.searchsorted(np.sort(self.entered), times, side="left")
        begun = np.where(times <= 0, int((self.entered <= 0).sum()), begun)
        ended = np.searchsorted(np.sort(self.times), times, side="left")
        counts: Numbers = (begun - ended).astype(np.float64)
        return counts


def _steps(spells: Spells, level: float, transform: Transform) -> Iterable[Step]:
    times = np.unique(spells.times)
    at_risk = spells.at_risk(times)
    left = np.sort(spells.times[spells.left == 1])
    events = np.searchsorted(left, times, side="right") - np.searchsorted(left, times, side="left")
    ended = np.sort(spells.times)
    all_ended = np.searchsorted(ended, times, side="right") - np.searchsorted(ended, times, side="left")
    staying, greenwood, high = 1.0, 0.0, 1.0
    for place, time in enumerate(times):
        n, d = int(at_risk[place]), int(events[place])
        staying *= (n - d) / n
        greenwood += d / (n * (n - d)) if n > d else (float("inf") if d else 0.0)
        # Once nobody stays the error is not defined; the last upper bound is kept, so it is not taken for certainty.
        low, high = _band(staying, greenwood, z_of(level), transform) if staying > 0 else (0.0, high)
        yield Step(
            time=float(time),
            at_risk=n,
            events=d,
            censored=int(all_ended[place]) - d,
            staying=staying,
            greenwood=greenwood,
            low=low,
            high=high,
        )


def _band(staying: float, greenwood: float, z: float, transform: Transform) -> tuple[float, float]:
    if staying >= 1:
        return 1.0, 1.0
    se = sqrt(greenwood)
    if transform == "log":
        return staying * exp(-z * se), min(1.0, staying * exp(z * se))
    spread = z * se / abs(log(staying))
    return staying ** exp(spread), staying ** exp(-spread)


def _gap_notes(spells: Spells, steps: tuple[Step, ...]) -> tuple[Note, ...]:
    """Nobody was followed from the start, or everybody had left while others were still to join."""
    first = float(spells.entered.min())
    notes: tuple[Note, ...] = (note("cold_start", time=first),) if first > 0 else ()
    emptied = next((step.time for step in steps if step.staying <= 0), None)
    if emptied is not None and emptied < steps[-1].time:
        notes += (note("ran_out", time=emptied),)
    return notes
