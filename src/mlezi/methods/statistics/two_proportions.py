"""Two groups compared on a share: risk difference first, then ratio, odds ratio and Fisher's test.

The order is always first group against second. Sources: Newcombe 1998, Stat Med 17:873, method 10 (difference);
Katz et al. 1978, Biometrics 34:469 (ratio); Woolf 1955 (odds ratio); Fisher 1934.
"""

from __future__ import annotations

from math import exp, log, sqrt

from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import bounds, missing_note, z_of
from mlezi.methods.statistics.values import BadValue

Names = tuple[str, str]


class Counts:
    """Two counts out of two totals, checked."""

    def __init__(
        self, first: int, n_first: int, second: int, n_second: int, *, asked: int | None, names: Names
    ) -> None:
        for count, n in ((first, n_first), (second, n_second)):
            if not 0 <= count <= n:
                raise BadValue(f"{count} of {n}: these counts do not add up")
        self.first, self.n_first, self.second, self.n_second = first, n_first, second, n_second
        self.names = names
        self.n = n_first + n_second
        self.asked = self.n if asked is None else asked
        if self.asked < self.n:
            raise BadValue(f"{self.n} answered but only {self.asked} were asked")

    def reason(self) -> Note | None:
        for name, n in zip(self.names, (self.n_first, self.n_second), strict=True):
            if n == 0:
                return note("group_empty", group=name)
        return None

    def notes(self) -> tuple[Note, ...]:
        least = min(self.n_first, self.n_second)
        few = (note("few", n=least, needed=FEW),) if least < FEW else ()
        return few + missing_note(self.n, self.asked)

    def numbers(self) -> dict[str, float]:
        return {
            "count_first": self.first,
            "n_first": self.n_first,
            "share_first": self.first / self.n_first,
            "count_second": self.second,
            "n_second": self.n_second,
            "share_second": self.second / self.n_second,
            "p_fisher": self.fisher(),
        }

    def fisher(self) -> float:
        """Fisher's exact two-sided p-value."""
        rows = [[self.first, self.n_first - self.first], [self.second, self.n_second - self.second]]
        from scipy.stats import fisher_exact  # noqa: PLC0415 - two seconds to load

        return min(1.0, float(fisher_exact(rows)[1]))

    def smallest_expected(self) -> float:
        yes, n = self.first + self.second, self.n
        return min(side * part / n for side in (self.n_first, self.n_second) for part in (yes, n - yes))


def risk_difference(
    first: int,
    n_first: int,
    second: int,
    n_second: int,
    *,
    asked: int | None = None,
    level: float = 0.95,
    names: Names = ("first", "second"),
    estimand: str | None = None,
) -> Estimate:
    """Share of the first less share of the second, with Newcombe's hybrid score interval (no continuity correction).

    `numbers`: count_, n_ and share_ of both, p_fisher. Raises BadValue for counts that cannot be true.
    """
    method = "Risk difference with Newcombe interval"
    check_level(level)
    estimand = estimand or f"Share of {names[0]} less share of {names[1]}"
    counts = Counts(first, n_first, second, n_second, asked=asked, names=names)
    reason = counts.reason()
    if reason is not None:
        return empty(reason, estimand=estimand, method=method, n_used=counts.n, n_eligible=counts.asked, level=level)
    one, two = first / n_first, second / n_second
    low_one, high_one = bounds(first, n_first, level=level)
    low_two, high_two = bounds(second, n_second, level=level)
    return Estimate(
        estimand=estimand,
        method=method,
        variant="hybrid score, no continuity correction",
        n_used=counts.n,
        n_eligible=counts.asked,
        point=one - two,
        low=one - two - sqrt((one - low_one) ** 2 + (high_two - two) ** 2),
        high=one - two + sqrt((high_one - one) ** 2 + (two - low_two) ** 2),
        level=level,
        warnings=counts.notes() + _expected_note(counts),
        numbers=counts.numbers(),
    )


def risk_ratio(
    first: int,
    n_first: int,
    second: int,
    n_second: int,
    *,
    asked: int | None = None,
    level: float = 0.95,
    names: Names = ("first", "second"),
    estimand: str | None = None,
) -> Estimate:
    """Share of the first divided by share of the second, interval on the log scale (Katz).

    With no event in one group the interval does not exist; with none in the second the ratio does not either.
    """
    method = "Risk ratio with Katz log interval"
    check_level(level)
    estimand = estimand or f"Share of {names[0]} divided by share of {names[1]}"
    counts = Counts(first, n_first, second, n_second, asked=asked, names=names)
    reason = counts.reason()
    if reason is None and second == 0:
        reason = note("not_defined", why=f"nobody in “{names[1]}” has the outcome")
    if reason is not None:
        return empty(reason, estimand=estimand, method=method, n_used=counts.n, n_eligible=counts.asked, level=level)
    ratio = (first / n_first) / (second / n_second)
    low = high = None
    notes = counts.notes()
    if first == 0:
        notes += (note("zero_cell", what="the ratio is 0 and has no interval"),)
    else:
        se = sqrt(max(0.0, 1 / first - 1 / n_first + 1 / second - 1 / n_second))
        low, high = ratio * exp(-z_of(level) * se), ratio * exp(z_of(level) * se)
    return _ratio_estimate(
        counts,
        ratio,
        (low, high),
        level=level,
        notes=notes,
        method=method,
        variant="no correction",
        estimand=estimand,
    )


def odds_ratio(
    first: int,
    n_first: int,
    second: int,
    n_second: int,
    *,
    asked: int | None = None,
    level: float = 0.95,
    names: Names = ("first", "second"),
    estimand: str | None = None,
) -> Estimate:
    """Odds of the first divided by odds of the second, Woolf interval; with a zero cell 0.5 is added to all four.

    Empty when nobody or everybody has the outcome in both groups: the odds then say nothing.
    """
    method = "Odds ratio with Woolf log interval"
    check_level(level)
    estimand = estimand or f"Odds of {names[0]} divided by odds of {names[1]}"
    counts = Counts(first, n_first, second, n_second, asked=asked, names=names)
    reason = counts.reason()
    if reason is None and first + second in (0, counts.n):
        reason = note("no_variation")
    if reason is not None:
        return empty(reason, estimand=estimand, method=method, n_used=counts.n, n_eligible=counts.asked, level=level)
    cells: list[float] = [first, n_first - first, second, n_second - second]
    notes, variant = counts.notes(), "no correction"
    if 0 in cells:
        cells = [cell + 0.5 for cell in cells]
        variant = "0.5 added to each cell"
        notes += (note("zero_cell", what="0.5 is added to each cell"),)
    a, b, c, d = cells
    middle = log(a * d / (b * c))
    half = z_of(level) * sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return _ratio_estimate(
        counts,
        exp(middle),
        (exp(middle - half), exp(middle + half)),
        level=level,
        notes=notes,
        method=method,
        variant=variant,
        estimand=estimand,
    )


def _expected_note(counts: Counts) -> tuple[Note, ...]:
    smallest = counts.smallest_expected()
    return (note("expected_small", smallest=round(smallest, 1)),) if smallest < 5 else ()


def _ratio_estimate(
    counts: Counts,
    ratio: float,
    interval: tuple[float | None, float | None],
    *,
    level: float,
    notes: tuple[Note, ...],
    method: str,
    variant: str,
    estimand: str,
) -> Estimate:
    return Estimate(
        estimand=estimand,
        method=method,
        variant=variant,
        n_used=counts.n,
        n_eligible=counts.asked,
        point=ratio,
        low=interval[0],
        high=interval[1],
        level=level,
        warnings=notes + _expected_note(counts),
        numbers=counts.numbers(),
    )
