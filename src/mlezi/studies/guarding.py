"""What may be printed: figures about few people are hidden, and others where the hidden could be worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mlezi.methods.statistics.estimate import Estimate, empty
from mlezi.methods.statistics.notes import note
from mlezi.methods.statistics.suppression import is_small, protects, withhold
from mlezi.studies.found import RESPONSE, Figure, Found

COUNTS = ("n_", "count_")  # how counts of the two sides of a comparison are called in an estimate's numbers


def guarded(found: Found, *, threshold: int) -> Found:
    """The same with figures about fewer than `threshold` people withheld, and their complements."""
    figures = [replace(one, estimate=_kept(one, threshold)) for one in found.figures]
    hidden_p = [replace(one, p=None) if _is_withheld(one.estimate) else one for one in figures]
    sizes = {one.key: one.estimate.n_used for one in found.figures}
    figures = list(_with_complements(hidden_p, sizes, threshold))
    pictures = tuple(one for one in found.pictures if _may_show(one.data, threshold))
    return replace(found, figures=tuple(figures), pictures=pictures)


def _kept(figure: Figure, threshold: int) -> Estimate:
    estimate = figure.estimate
    if estimate.is_empty or figure.family.startswith("site"):
        return estimate  # a site's own figures are not about persons
    if figure.family == RESPONSE and not is_small(estimate.n_used, threshold=threshold):
        return estimate  # that three of 34 did not answer says nothing of what anybody answered
    if any(is_small(count, threshold=threshold) for count in _told(estimate)):
        return _hidden(estimate, threshold)
    return withhold(estimate, threshold=threshold)


def _told(estimate: Estimate) -> Iterable[int]:
    """Every count that a comparison would give away: of each side how many, how many of them, and how many not."""
    numbers = estimate.numbers
    for name, value in numbers.items():
        if name.startswith(COUNTS):
            yield int(value)
        if name.startswith("count_") and (whole := numbers.get(f"n_{name.removeprefix('count_')}")) is not None:
            yield int(whole) - int(value)


def _hidden(estimate: Estimate, threshold: int) -> Estimate:
    return empty(
        note("withheld", threshold=threshold),
        estimand=estimate.estimand,
        method=estimate.method,
        variant=estimate.variant,
        n_used=estimate.n_used,
        n_eligible=estimate.n_eligible,
        level=estimate.level,
    )


def _is_withheld(estimate: Estimate) -> bool:
    return estimate.empty_because is not None and estimate.empty_because.code == "withheld"


def _with_complements(figures: list[Figure], sizes: Mapping[str, int], threshold: int) -> Iterable[Figure]:
    """Hidden groups can be had together by subtraction from the whole: the next smallest goes with them while few."""
    gone: set[str] = set()
    for family in {one.family for one in figures if one.family}:
        parts = [one for one in figures if one.family == family and not one.headline and not one.key.startswith("all")]
        hidden = [sizes[one.key] for one in parts if _is_withheld(one.estimate)]
        shown = sorted((one for one in parts if not one.estimate.is_empty), key=lambda one: one.estimate.n_used)
        while hidden and shown and not protects(hidden, threshold=threshold):
            next_smallest = shown.pop(0)
            gone.add(next_smallest.key)
            hidden.append(sizes[next_smallest.key])
    for one in figures:
        yield replace(one, estimate=_hidden(one.estimate, threshold), p=None) if one.key in gone else one


def _may_show(data: object, threshold: int) -> bool:
    n = data.get("n") if isinstance(data, dict) else None
    return n is None or not is_small(int(n), threshold=threshold)
