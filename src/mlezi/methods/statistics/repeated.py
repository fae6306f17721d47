"""Repeated measurements of the same people with gaps: a mixed model with a starting level of each person's own.

Everybody with at least one value counts, so people seen only once still inform the averages; this is right when
whether a value is missing depends on values that were seen (missing at random), and the note says so. With two
complete times it equals the paired t-test. Time is categorical: no straight line is assumed.
Sources: Laird and Ware 1982, Biometrics 38:963; Patterson and Thompson 1971 (restricted maximum likelihood); degrees
of freedom within people (Schluchter and Elashoff 1990, J Stat Comput Simul 37:69).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.means import is_constant, p_of_t, t_of
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import missing_note
from mlezi.methods.statistics.values import BadValue, Numbers, Value, with_gaps

METHOD = "Mixed model, own starting level per person"
VARIANT = "time categorical, restricted maximum likelihood, degrees of freedom within people"


@dataclass(frozen=True)
class _Fit:
    """Fixed effects with their covariance, and the two standard deviations."""

    effects: Numbers
    covariance: Numbers
    sd_people: float
    sd_rest: float


def changes(
    people: Iterable[Hashable],
    times: Iterable[Hashable],
    values: Iterable[Value],
    *,
    order: Sequence[Hashable],
    level: float = 0.95,
) -> dict[Hashable, Estimate]:
    """The mean change from the first time of `order` to each later one, in everybody with any value.

    One person, time and value per place, with gaps. `numbers`: se, t, df, p, sd_people, sd_rest, people.
    Raises BadValue when a person has two values at one time, or a time is not in `order`.
    """
    data = _Long(people, times, values, order=order)
    return _estimates(data, level, lambda time: f"Mean change from “{order[0]}” to “{time}”")


def differences_in_change(
    people: Iterable[Hashable],
    times: Iterable[Hashable],
    values: Iterable[Value],
    groups: Iterable[Hashable],
    *,
    order: Sequence[Hashable],
    group_order: tuple[Hashable, Hashable],
    level: float = 0.95,
) -> dict[Hashable, Estimate]:
    """How much more the first group of `group_order` changed than the second, to each later time.

    As `changes`; a person is in one group. Raises BadValue when a person is in two groups.
    """
    data = _Long(people, times, values, groups=groups, order=order, group_order=group_order)
    first, second = group_order
    return _estimates(
        data,
        level,
        lambda time: f"Change from “{order[0]}” to “{time}”: “{first}” less “{second}”",
    )


class _Long:
    """Clean rows of person, time, value (and group), coded from 0, with the design of fixed effects."""

    def __init__(
        self,
        people: Iterable[Hashable],
        times: Iterable[Hashable],
        values: Iterable[Value],
        *,
        groups: Iterable[Hashable] | None = None,
        order: Sequence[Hashable],
        group_order: tuple[Hashable, ...] = (),
    ):
        persons, moments, found = list(people), list(times), with_gaps(values)
        sides = list(groups) if groups is not None else [None] * found.size
        if not len(persons) == len(moments) == found.size == len(sides):
            raise BadValue("people, times, values and groups differ in length")
        self.order, self.group_order = list(order), group_order
        time_place = {time: i for i, time in enumerate(order)}
        side_place = {side: i for i, side in enumerate(group_order)}
        rows: dict[tuple[Hashable, int], float] = {}
        side_of: dict[Hashable, int] = {}
        self.asked = found.size
        for person, moment, value, side in zip(persons, moments, found.tolist(), sides, strict=True):
            if moment not in time_place:
                raise BadValue(f"“{moment}” is not one of the times")
            if person is None or np.isnan(value) or (group_order and side is None):
                continue
            if group_order and side not in side_place:
                raise BadValue(f"“{side}” is not one of the two groups")
            if (person, time_place[moment]) in rows:
                raise BadValue(f"“{person}” has two values at “{moment}”")
            if group_order and side_of.setdefault(person, side_place[side]) != side_place[side]:
                raise BadValue(f"“{person}” is in two groups")
            rows[(person, time_place[moment])] = value
        self.y = np.array(list(rows.values()))
        self.time = np.array([time for _, time in rows], dtype=int)
        names = {person: i for i, person in enumerate(dict.fromkeys(person for person, _ in rows))}
        self.person = np.array([names[person] for person, _ in rows], dtype=int)
        self.side = np.array([side_of.get(person, 0) for person, _ in rows], dtype=int)
        self.n_people = len(names)

    def design(self) -> Numbers:
        """A column per time (and its product with being in the first group); the first time is the level."""
        columns = [np.ones(self.y.size)]
        columns += [(self.time == place).astype(float) for place in range(1, len(self.order))]
        if self.group_order:
            first = (self.side == 0).astype(float)
            columns += [column * first for column in list(columns)]
        return np.array(columns).T

    def reason(self) -> Note | None:
        if self.y.size == 0:
            return nothing_used(self.asked)
        for side in range(max(1, len(self.group_order))):
            for place, time in enumerate(self.order):
                if not np.any((self.time == place) & (self.side == side)):
                    where = f"{self.group_order[side]}, {time}" if self.group_order else str(time)
                    return note("group_empty", group=where)
        within = self.y.size - self.n_people - self.contrasts()
        if within < 1:
            return note("too_few_for_estimate", n=self.y.size, needed=self.y.size + 1 - within)
        return note("no_variation") if is_constant(self.y) else None

    def contrasts(self) -> int:
        """How many fixed effects vary within people."""
        return (len(self.order) - 1) * max(1, len(self.group_order))


def _estimates(data: _Long, level: float, words: Callable[[Hashable], str]) -> dict[Hashable, Estimate]:
    check_level(level)
    reason = data.reason()
    fit = None if reason else _fit(data.y, data.design(), data.person)
    if fit is None:
        return {
            time: empty(
                reason or note("not_defined", why="nothing varies within people"),
                estimand=words(time),
                method=METHOD,
                variant=VARIANT,
                n_used=data.y.size,
                n_eligible=data.asked,
                level=level,
            )
            for time in data.order[1:]
        }
    df = data.y.size - data.n_people - data.contrasts()
    offset = len(data.order) if data.group_order else 0
    notes: tuple[Note, ...] = (note("few", n=data.n_people, needed=FEW),) if data.n_people < FEW else ()
    notes += (note("boundary", what="people"),) if fit.sd_people == 0 else ()
    if data.asked > data.y.size or data.y.size < data.n_people * len(data.order):
        notes += (note("missing_at_random"),)
    return {
        time: _estimate(data, fit, at=offset + place, df=df, level=level, estimand=words(time), notes=notes)
        for place, time in enumerate(data.order)
        if place
    }


def _estimate(
    data: _Long, fit: _Fit, *, at: int, df: int, level: float, estimand: str, notes: tuple[Note, ...]
) -> Estimate:
    effect, se = float(fit.effects[at]), sqrt(float(fit.covariance[at, at]))
    half = t_of(level, df) * se
    return Estimate(
        estimand=estimand,
        method=METHOD,
        variant=VARIANT,
        n_used=data.y.size,
        n_eligible=data.asked,
        point=effect,
        low=effect - half,
        high=effect + half,
        level=level,
        warnings=notes + missing_note(data.y.size, data.asked),
        numbers={
            "se": se,
            "t": effect / se,
            "df": df,
            "p": p_of_t(effect / se, df),
            "sd_people": fit.sd_people,
            "sd_rest": fit.sd_rest,
            "people": data.n_people,
        },
    )


def _fit(y: Numbers, x: Numbers, person: Numbers) -> _Fit | None:
    """Restricted maximum likelihood over one number, the variance between people in units of the rest."""
    sizes = np.bincount(person)
    sums_x = np.array([np.bincount(person, weights=column) for column in x.T]).T
    sums_y = np.bincount(person, weights=y)
    whole, half, square = x.T @ x, x.T @ y, float(y @ y)

    def parts(ratio: float) -> tuple[Numbers, Numbers, float]:
        # The inverse of I + ratio * ones is I less a share of ones: only sums by person are needed.
        share = ratio / (1 + ratio * sizes)
        inner = whole - (sums_x * share[:, None]).T @ sums_x
        effects = np.linalg.solve(inner, half - sums_x.T @ (share * sums_y))
        left = y - x @ effects
        rest = float(left @ left) - float(share @ np.bincount(person, weights=left) ** 2)
        return inner, effects, rest

    freedom = int(y.size - x.shape[1])

    def misfit(log_ratio: float) -> float:
        ratio = float(np.exp(log_ratio))
        inner, _, rest = parts(ratio)
        spread = float(np.log1p(ratio * sizes).sum()) + float(np.linalg.slogdet(inner)[1])
        return freedom * log(max(rest, 1e-300)) + spread

    if parts(0.0)[2] <= 1e-20 * max(square, 1e-300):
        return None
    from scipy.optimize import minimize_scalar  # noqa: PLC0415 - slow to load

    best = minimize_scalar(misfit, bounds=(-18.0, 18.0), method="bounded", options={"xatol": 1e-10})
    ratio = float(np.exp(best.x))
    inner, effects, rest = parts(0.0)
    at_zero = freedom * log(rest) + float(np.linalg.slogdet(inner)[1])
    if ratio > 1e-6 and best.fun < at_zero - 1e-10:
        inner, effects, rest = parts(ratio)
    else:
        ratio = 0.0
    variance = rest / freedom
    if variance <= 1e-20 * max(square, 1e-300):
        return None
    covariance: Numbers = np.asarray(variance * np.linalg.inv(inner), dtype=np.float64)
    return _Fit(effects, covariance, sqrt(ratio * variance), sqrt(variance))
