"""One scale of a questionnaire: reverse items, weights, a named rule for missing items, bands.

An item outside the range of the scale counts as not answered and is named in `Scored.outside`. Sources of the
rules: reversing mirrors an answer at the middle of the range; replacing missing items by the person's own mean of
the answered ones is the half rule of Fairclough and Cella (1996, Qual Life Res 5:1-14), here with a share that the
instrument names; "percent" is the percentage of the maximum possible (Cohen and others 1999, MBR 34:315-346).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Combine = Literal["mean", "sum", "percent"]
Substitute = Literal["none", "person-mean"]


@dataclass(frozen=True)
class Band:
    """Scores from `start` upwards, until the next band."""

    start: float
    code: str


@dataclass(frozen=True)
class Scale:
    """How answers to `items` become one number. Every answer lies between `lowest` and `highest`."""

    code: str
    items: tuple[str, ...]
    lowest: float
    highest: float
    reverse: frozenset[str] = frozenset()
    weights: Mapping[str, float] = field(default_factory=dict)  # 1 where nothing is said
    combine: Combine = "mean"
    need: float = 1.0  # share of the items that must be answered
    substitute: Substitute = "none"
    bands: tuple[Band, ...] = ()

    def __post_init__(self) -> None:
        if not self.items or len(set(self.items)) != len(self.items):
            raise ValueError("a scale needs items, each once")
        if not self.lowest < self.highest:
            raise ValueError("the lowest answer must be below the highest")
        if not 0 < self.need <= 1:
            raise ValueError("the share of items that must be answered lies above 0 and at most at 1")
        if strange := (set(self.reverse) | set(self.weights)) - set(self.items):
            raise ValueError(f"not among the items: {', '.join(sorted(strange))}")
        if any(weight <= 0 or not math.isfinite(weight) for weight in self.weights.values()):
            raise ValueError("a weight is a number above 0")

    @property
    def needed(self) -> int:
        """How many items must be answered."""
        return max(1, math.ceil(self.need * len(self.items) - 1e-9))


@dataclass(frozen=True)
class Scored:
    """A score, or None with the counts that say why."""

    score: float | None
    n_items: int
    n_answered: int
    band: str = ""
    outside: tuple[str, ...] = ()  # items whose answer does not lie on the scale


def score(scale: Scale, answers: Mapping[str, float | None]) -> Scored:
    """The score of one person. What is not in `answers`, or None, was not answered.

    A sum with an item missing is left empty unless `substitute` says what stands for it: it would be too low.
    """
    given = {item: value for item in scale.items if (value := answers.get(item)) is not None}
    outside = tuple(item for item, value in given.items() if not scale.lowest <= value <= scale.highest)
    values = {item: _turned(scale, item, value) for item, value in given.items() if item not in outside}
    counts = Scored(None, len(scale.items), len(values), outside=outside)
    is_whole = len(values) == len(scale.items)
    if len(values) < scale.needed or (scale.combine == "sum" and not is_whole and scale.substitute == "none"):
        return counts
    weight = sum(_weight(scale, item) for item in values)
    mean = math.fsum(_weight(scale, item) * value for item, value in values.items()) / weight
    total = _total(scale, mean)
    return Scored(total, counts.n_items, counts.n_answered, band_of(scale.bands, total), outside)


def band_of(bands: tuple[Band, ...], value: float) -> str:
    """The band a score falls into: the last one that starts at or below it; "" below the first."""
    below = [band for band in bands if band.start <= value]
    return max(below, key=lambda band: band.start).code if below else ""


def _weight(scale: Scale, item: str) -> float:
    return scale.weights.get(item, 1.0)


def _turned(scale: Scale, item: str, value: float) -> float:
    return scale.lowest + scale.highest - value if item in scale.reverse else value


def _total(scale: Scale, mean: float) -> float:
    if scale.combine == "sum":
        return mean * math.fsum(_weight(scale, item) for item in scale.items)
    if scale.combine == "percent":
        return 100 * (mean - scale.lowest) / (scale.highest - scale.lowest)
    return mean
