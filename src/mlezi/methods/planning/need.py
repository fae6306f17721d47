"""How much a place needs a visit, from 0 to 100, with its reasons.

Follows the idea of planning supervision by quality and volume (PSI's HNQIS), with time since the last visit,
open agreements and staff turnover added. Each reason is scaled to 0 to 1; the score is their weighted mean.
A reason that nobody knows is left out of the mean; it is not taken for zero.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

NEVER = 2.0  # a place never visited counts as two intervals late
MANY_ACTIONS = 5  # open agreements at which this reason is full


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a place. None is unknown.

    below: share of the latest ratings there below the level to reach. volume: clients a month.
    late: days since the last visit over the days that visits may be apart. actions: open agreements.
    staff, moved: people working there, and how many came or went lately.
    """

    below: float | None = None
    volume: float | None = None
    late: float | None = None
    actions: int | None = None
    staff: int | None = None
    moved: int | None = None


@dataclass(frozen=True)
class Priority:
    """`score` None when nothing is known. `reasons` name → how full it is, from 0 to 1."""

    score: float | None
    reasons: Mapping[str, float] = field(default_factory=dict)


def scaled(facts: Facts, volumes: Sequence[float]) -> dict[str, float]:
    """Each known reason from 0 to 1. Volume is the share of known places that have no more clients.

    `volumes`: of all known places, ascending.
    """
    found: dict[str, float] = {}
    if facts.below is not None:
        found["quality"] = min(max(facts.below, 0.0), 1.0)
    if facts.volume is not None and volumes:
        found["volume"] = bisect_right(volumes, facts.volume) / len(volumes)
    if facts.late is not None:
        found["overdue"] = min(max(facts.late, 0.0) / NEVER, 1.0)
    if facts.actions is not None:
        found["actions"] = min(facts.actions / MANY_ACTIONS, 1.0)
    if facts.moved is not None:
        found["turnover"] = min(facts.moved / max(facts.staff or 0, 1), 1.0)
    return found


def priority(facts: Facts, weights: Mapping[str, float], volumes: Sequence[float] = ()) -> Priority:
    """The weighted mean of the known reasons, times 100, with the reasons."""
    reasons = {name: value for name, value in scaled(facts, volumes).items() if weights.get(name, 0) > 0}
    total = sum(weights[name] for name in reasons)
    if not total:
        return Priority(None, reasons)
    return Priority(100 * sum(weights[name] * value for name, value in reasons.items()) / total, reasons)
