"""An estimate: one figure with everything a reader needs to judge it. Every statistic here returns one.

An empty estimate has no point and says why in `empty_because`; it is never replaced by zero.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from mlezi.methods.statistics.notes import Note, note

FEW = 10  # Below this many, statistics.md asks for no percentage and no p-value as a headline.


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One figure: what is estimated, from whom, how, the value, its interval, and what to keep in mind.

    `point`, `low`, `high` are finite or None. A None bound beside a point means that side is open
    (a note says so) or no interval exists; a None point with `empty_because` None means "not reached".
    `numbers` holds further figures by name ("sd", "t", "df", "p"), always finite.
    """

    estimand: str
    method: str
    variant: str = ""
    n_used: int
    n_eligible: int
    point: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    warnings: tuple[Note, ...] = ()
    empty_because: Note | None = None
    numbers: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_level(self.level)
        if not 0 <= self.n_used <= self.n_eligible:
            raise ValueError(f"{self.n_used} used of {self.n_eligible} eligible does not add up")
        figures = [self.point, self.low, self.high, *self.numbers.values()]
        if not all(figure is None or math.isfinite(figure) for figure in figures):
            raise ValueError(f"an estimate holds finite figures only: {figures}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"interval upside down: {self.low} to {self.high}")
        if self.empty_because is not None and self.point is not None:
            raise ValueError("an empty estimate has no point")
        object.__setattr__(self, "numbers", MappingProxyType(dict(self.numbers)))

    @property
    def missing(self) -> int:
        """How many were eligible and gave no usable value."""
        return self.n_eligible - self.n_used

    @property
    def is_empty(self) -> bool:
        return self.empty_because is not None

    def with_notes(self, *notes: Note) -> Estimate:
        """The same estimate with more notes at the end."""
        return replace(self, warnings=self.warnings + notes, numbers=dict(self.numbers))

    def mapped(self, function: Callable[[float], float]) -> Estimate:
        """Point and bounds on another scale (a rising function, for example a percentage of a share)."""

        def onto(value: float | None) -> float | None:
            return None if value is None else function(value)

        return replace(self, point=onto(self.point), low=onto(self.low), high=onto(self.high))

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON, in a fixed order; notes as English text with their code."""
        return {
            "estimand": self.estimand,
            "method": self.method,
            "variant": self.variant,
            "n_used": self.n_used,
            "n_eligible": self.n_eligible,
            "missing": self.missing,
            "point": self.point,
            "low": self.low,
            "high": self.high,
            "level": self.level,
            "warnings": [_said(one) for one in self.warnings],
            "empty_because": None if self.empty_because is None else _said(self.empty_because),
            "numbers": dict(self.numbers),
        }

    def __reduce__(self) -> tuple[Callable[[dict[str, object]], Estimate], tuple[dict[str, object]]]:
        # A read-only mapping cannot be pickled; workers and caches need estimates to travel.
        return _rebuild, ({**self.__dict__, "numbers": dict(self.numbers)},)


def _said(one: Note) -> dict[str, object]:
    return {"code": one.code, "text": str(one), "values": dict(one.values)}


def _rebuild(fields: dict[str, object]) -> Estimate:
    return Estimate(**fields)  # type: ignore[arg-type]


def empty(
    because: Note,
    *,
    estimand: str,
    method: str,
    variant: str = "",
    n_used: int = 0,
    n_eligible: int = 0,
    level: float = 0.95,
    warnings: tuple[Note, ...] = (),
    numbers: Mapping[str, float] | None = None,
) -> Estimate:
    """An estimate without a point, that says why."""
    return Estimate(
        estimand=estimand,
        method=method,
        variant=variant,
        n_used=n_used,
        n_eligible=n_eligible,
        level=level,
        warnings=warnings,
        empty_because=because,
        numbers=numbers or {},
    )


def nothing_used(n_eligible: int) -> Note:
    """Why nothing is left: nobody was asked, or nobody who was asked gave a usable value."""
    return note("all_missing", n_eligible=n_eligible) if n_eligible else note("nobody")


def check_level(level: float) -> None:
    """Raise ValueError unless the confidence level lies strictly between 0 and 1."""
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not {level}")
