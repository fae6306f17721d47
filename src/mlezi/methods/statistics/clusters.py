"""Two sides compared when people come in sites: the site, not the person, is what was assigned.

People at one site resemble each other, so fifty of them are not fifty independent observations, and one site against
another shows nothing but that sites differ. Sources: Hayes and Moulton 2017, Cluster Randomised Trials, chapters 2
and 10 (analysis of site averages); Donner and Klar 2000 (intraclass correlation and design effect); Liang and Zeger
1986 (robust variance), with degrees of freedom by Satterthwaite from the sites of each side.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from math import sqrt
from typing import Literal

import numpy as np

from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.means import is_constant, p_of_t, spread, t_of
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import missing_note
from mlezi.methods.statistics.values import BadValue, Numbers, Value, with_gaps

Weighing = Literal["sites", "people"]


class _Sites:
    """Values by site, sites by side; checked that every site lies on one side."""

    def __init__(
        self, values: Iterable[Value], sites: Iterable[Hashable], sides: Iterable[Hashable], order: tuple[str, str]
    ):
        found, site_names, side_names = with_gaps(values), list(sites), list(sides)
        if not found.size == len(site_names) == len(side_names):
            raise BadValue("values, sites and sides differ in length")
        self.asked, self.order = int(found.size), order
        self.by_side: dict[str, dict[Hashable, list[float]]] = {side: {} for side in order}
        home: dict[Hashable, Hashable] = {}
        for value, site, side in zip(found.tolist(), site_names, side_names, strict=True):
            if site is None or side is None or np.isnan(value):
                continue
            if side not in self.by_side:
                raise BadValue(f"“{side}” is neither “{order[0]}” nor “{order[1]}”")
            if home.setdefault(site, side) != side:
                raise BadValue(f"the site “{site}” is on both sides; compare within sites instead")
            self.by_side[str(side)].setdefault(site, []).append(value)
        self.n = sum(len(people) for here in self.by_side.values() for people in here.values())

    def reason(self) -> Note | None:
        """Why these sides cannot be compared."""
        if self.n == 0:
            return nothing_used(self.asked)
        for side, here in self.by_side.items():
            if not here:
                return note("group_empty", group=side)
            if len(here) < 2:
                return note("one_site_side", group=side, sites=len(here))
        return None

    def people(self, side: str) -> list[Numbers]:
        """The values of each site of a side, sites in order of text."""
        here = self.by_side[side]
        return [np.array(here[site]) for site in sorted(here, key=str)]

    def notes(self) -> tuple[Note, ...]:
        count = sum(len(here) for here in self.by_side.values())
        sizes = [len(people) for here in self.by_side.values() for people in here.values()]
        notes: tuple[Note, ...] = (note("few_sites", sites=count),) if count < FEW else ()
        if max(sizes) > 3 * min(sizes):
            notes += (note("unequal_sizes"),)
        return notes + missing_note(self.n, self.asked)


def site_difference(
    values: Iterable[Value],
    sites: Iterable[Hashable],
    sides: Iterable[Hashable],
    *,
    order: tuple[str, str],
    weighing: Weighing = "sites",
    level: float = 0.95,
    estimand: str | None = None,
) -> Estimate:
    """The mean on the first side of `order` less the mean on the second, with an interval that respects sites.

    One value, site and side per person, with gaps; values may be 0 and 1. `weighing` "sites" compares averages of site
    averages by a t-test (right for few sites), "people" compares means of all people with a robust variance (for
    many). Empty with a reason when a side has fewer than two sites. `numbers`: mean_ and sites_ of both sides, icc,
    design_effect, and where sites vary se, t, df, p. Raises BadValue when a site is on both sides.
    """
    check_level(level)
    method = "Comparison of sites"
    variant = (
        "t-test of site averages, each site counts once"
        if weighing == "sites"
        else "means of people, variance between sites, Satterthwaite df"
    )
    estimand = estimand or f"Mean of {order[0]} less mean of {order[1]}"
    found = _Sites(values, sites, sides, order)
    reason = found.reason()
    if reason is not None:
        return empty(
            reason,
            estimand=estimand,
            method=method,
            variant=variant,
            n_used=found.n,
            n_eligible=found.asked,
            level=level,
        )
    one, two = (found.people(side) for side in order)
    pooled = _pooled if weighing == "sites" else _robust
    means, se, df = pooled(one, two)
    difference = means[0] - means[1]
    half = t_of(level, df) * se if se > 0 else 0.0
    icc, effect = design(one, two)
    tested = {"se": se, "t": difference / se, "df": df, "p": p_of_t(difference / se, df)} if se > 0 else {}
    notes = found.notes() + ((note("no_spread"),) if se == 0 else ())
    return Estimate(
        estimand=estimand,
        method=method,
        variant=variant,
        n_used=found.n,
        n_eligible=found.asked,
        point=difference,
        low=difference - half,
        high=difference + half,
        level=level,
        warnings=notes,
        numbers={
            "mean_first": means[0],
            "mean_second": means[1],
            "sites_first": len(one),
            "sites_second": len(two),
            "icc": icc,
            "design_effect": effect,
            **tested,
        },
    )


def design(one: list[Numbers], two: list[Numbers]) -> tuple[float, float]:
    """The intraclass correlation of people within sites (sides taken out; not below 0) and the design effect.

    Analysis of variance for unequal sites (Donner and Klar 2000); the effect is 1 + (weighted site size - 1) icc.
    """
    sites = one + two
    n, count = sum(map(len, sites)), len(sites)
    within = sum(float(((people - people.mean()) ** 2).sum()) for people in sites)
    between, typical = 0.0, 0.0
    for side in (one, two):
        everybody = np.concatenate(side)
        between += sum(len(people) * float(people.mean() - everybody.mean()) ** 2 for people in side)
        typical += sum(len(people) ** 2 for people in side) / everybody.size
    if n == count:
        return 0.0, 1.0  # One person per site: nothing is shared.
    size = (n - typical) / (count - 2)
    ms_between, ms_within = between / (count - 2), within / (n - count)
    whole = ms_between + (size - 1) * ms_within
    icc = max(0.0, (ms_between - ms_within) / whole) if whole > 0 else 0.0
    return icc, 1 + (sum(len(people) ** 2 for people in sites) / n - 1) * icc


def _pooled(one: list[Numbers], two: list[Numbers]) -> tuple[tuple[float, float], float, float]:
    """Average of site averages on each side, and the t-test's error with equal variances (Hayes and Moulton)."""
    averages = [np.array([float(people.mean()) for people in side]) for side in (one, two)]
    a, b = averages
    df = a.size + b.size - 2
    variance = ((a.size - 1) * spread(a) ** 2 + (b.size - 1) * spread(b) ** 2) / df
    return (float(a.mean()), float(b.mean())), sqrt(variance * (1 / a.size + 1 / b.size)), df


def _robust(one: list[Numbers], two: list[Numbers]) -> tuple[tuple[float, float], float, float]:
    """Means of all people on each side; the error from how far each site's sum strays."""
    means, parts, counts = [], [], []
    for side in (one, two):
        everybody = np.concatenate(side)
        middle = float(everybody.mean())
        strays = np.array([float((people - middle).sum()) for people in side]) / everybody.size
        count = len(side)
        means.append(middle)
        counts.append(count)
        parts.append(0.0 if is_constant(everybody) else count / (count - 1) * float((strays**2).sum()))
    whole = sum(parts)
    if whole == 0:
        return (means[0], means[1]), 0.0, 1.0
    df = whole**2 / sum(part**2 / (count - 1) for part, count in zip(parts, counts, strict=True))
    return (means[0], means[1]), sqrt(whole), df
