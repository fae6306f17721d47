"""Shares: n of N with an interval. Wilson by default, Clopper-Pearson ("exact") by choice, never Wald.

Sources: Wilson 1927; Clopper and Pearson 1934; Newcombe 1998, Statistics in Medicine 17:857 (comparison of
seven methods); Bonett and Price 2012, J Educ Behav Stat 37:479 (difference of two shares of one group).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import sqrt
from typing import Literal

from scipy.special import betaincinv, ndtri

from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.values import BadValue, Value, present

Kind = Literal["wilson", "exact"]
METHODS: dict[str, str] = {"wilson": "Wilson score interval", "exact": "Clopper-Pearson exact interval"}


def proportion(
    count: int,
    answered: int,
    *,
    asked: int | None = None,
    level: float = 0.95,
    method: Kind = "wilson",
    estimand: str = "Share of those who answered",
) -> Estimate:
    """The share `count / answered` between 0 and 1, with its interval.

    `asked` is how many could have answered (default: as many as answered); it becomes `n_eligible`, so the
    missing are shown. Raises BadValue when the counts cannot be true (more than answered, negative).
    """
    asked = answered if asked is None else asked
    check_level(level)
    if not 0 <= count <= answered <= asked:
        raise BadValue(f"{count} of {answered} answered, {asked} asked: these counts do not add up")
    if answered == 0:
        return empty(nothing_used(asked), estimand=estimand, method=METHODS[method], n_eligible=asked, level=level)
    low, high = bounds(count, answered, level=level, method=method)
    return Estimate(
        estimand=estimand,
        method=METHODS[method],
        n_used=answered,
        n_eligible=asked,
        point=count / answered,
        low=low,
        high=high,
        level=level,
        warnings=_notes(answered, asked),
        numbers={"count": count},
    )


def share(
    values: Iterable[Value],
    *,
    level: float = 0.95,
    method: Kind = "wilson",
    estimand: str = "Share of those who answered",
) -> Estimate:
    """The share of yes among answers given as 1, 0 or a gap. Raises BadValue for any other number."""
    answers, asked = present(values, what="answer")
    if not set(answers.tolist()) <= {0.0, 1.0}:
        raise BadValue("answers to a yes-or-no question are 1, 0 or missing")
    return proportion(int(answers.sum()), int(answers.size), asked=asked, level=level, method=method, estimand=estimand)


def choices(
    counts: Mapping[str, int],
    *,
    answered: int,
    asked: int,
    base: Literal["answered", "asked"] = "answered",
    level: float = 0.95,
    method: Kind = "wilson",
) -> dict[str, Estimate]:
    """The share of each option of a question with one or many choices; the base is named in every estimand.

    With many choices the shares may add to more than 1. On the base "asked", silence counts as not chosen.
    """
    whom = "those who answered the question" if base == "answered" else "all who were asked"
    out_of = answered if base == "answered" else asked
    return {
        option: proportion(
            count, out_of, asked=asked, level=level, method=method, estimand=f"Share of {whom} who chose “{option}”"
        )
        for option, count in counts.items()
    }


def promoter_score(
    ratings: Iterable[Value], *, level: float = 0.95, estimand: str = "Promoters less detractors, as a share"
) -> Estimate:
    """Share of 9-10 less share of 0-6 among ratings 0 to 10, between -1 and 1.

    Interval: adjusted Wald for the difference of two shares of one group (Bonett and Price 2012).
    Raises BadValue for a rating outside 0 to 10.
    """
    method, variant = "Net promoter score", "Bonett-Price adjusted interval"
    found, asked = present(ratings, what="rating")
    check_level(level)
    if found.size and (found.min() < 0 or found.max() > 10):
        raise BadValue("ratings for a promoter score lie between 0 and 10")
    n = int(found.size)
    if n == 0:
        return empty(
            nothing_used(asked), estimand=estimand, method=method, variant=variant, n_eligible=asked, level=level
        )
    promoters, detractors = int((found >= 9).sum()), int((found <= 6).sum())
    up, down = (promoters + 1) / (n + 2), (detractors + 1) / (n + 2)
    half = z_of(level) * sqrt((up + down - (up - down) ** 2) / (n + 2))
    return Estimate(
        estimand=estimand,
        method=method,
        variant=variant,
        n_used=n,
        n_eligible=asked,
        point=(promoters - detractors) / n,
        low=max(-1.0, up - down - half),
        high=min(1.0, up - down + half),
        level=level,
        warnings=_notes(n, asked),
        numbers={
            "promoters": promoters,
            "passives": n - promoters - detractors,
            "detractors": detractors,
        },
    )


def bounds(count: float, n: float, *, level: float = 0.95, method: Kind = "wilson") -> tuple[float, float]:
    """The interval alone. `count` and `n` may be fractions (effective sizes of weighted samples)."""
    if method == "wilson":
        return _wilson(count, n, z_of(level))
    if method == "exact":
        tail = (1 - level) / 2
        low = 0.0 if count <= 0 else float(betaincinv(count, n - count + 1, tail))
        high = 1.0 if count >= n else float(betaincinv(count + 1, n - count, 1 - tail))
        return low, high
    raise ValueError(f"unknown method {method!r}: choose from {sorted(METHODS)}")


def _wilson(count: float, n: float, z: float) -> tuple[float, float]:
    share_ = count / n
    middle = (share_ + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share_ * (1 - share_) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # At the ends the formula gives 0 and 1 up to rounding; say so exactly.
    low = 0.0 if count <= 0 else max(0.0, middle - half)
    high = 1.0 if count >= n else min(1.0, middle + half)
    return low, high


def z_of(level: float) -> float:
    """The normal quantile of a two-sided level: 1.96 for 0.95."""
    return float(ndtri(0.5 + level / 2))


def _notes(answered: int, asked: int) -> tuple[Note, ...]:
    notes = (note("few", n=answered, needed=FEW),) if answered < FEW else ()
    return notes + missing_note(answered, asked)


def missing_note(used: int, eligible: int) -> tuple[Note, ...]:
    """One note when somebody eligible is missing, none otherwise."""
    if used == eligible:
        return ()
    percent = round(100 * (eligible - used) / eligible, 1)
    return (note("missing", missing=eligible - used, n_eligible=eligible, percent=percent),)
