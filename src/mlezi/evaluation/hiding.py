"""Hides the small groups of a figure's breakdown, and as few others as needed so that nobody can subtract.

The rule: a group is small when it, those who count in it, or those who do not, are between 1 and the
threshold. The complement: the hidden groups taken together must not be small either, since the whole is
printed, and each of them could be as large as the threshold; so the next smallest joins them until that
holds. `methods.statistics.suppression.audit` checks in a test that no hidden number can then be worked out
more closely than the threshold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mlezi.evaluation.arithmetic import Numbers
from mlezi.methods.statistics.suppression import protects


def hide(whole: Numbers, parts: Mapping[Any, Numbers], *, threshold: int) -> tuple[Numbers, dict[Any, Numbers]]:
    """The same figure with small groups hidden. When the whole is small, nothing is shown."""
    if _is_small([whole], threshold):
        return whole.hidden(), {key: part.hidden() for key, part in parts.items()}
    small = {key for key, part in parts.items() if _is_small([part], threshold)}
    waiting = sorted((key for key in parts if key not in small), key=lambda key: (_size(parts[key]), str(key)))
    while small and waiting and not _protects([parts[key] for key in small], threshold):
        small.add(waiting.pop(0))
    return whole, {key: part.hidden() if key in small else part for key, part in parts.items()}


def _size(numbers: Numbers) -> int:
    return (numbers.of or 0) + (numbers.missing or 0)


def _is_small(group: Iterable[Numbers], threshold: int) -> bool:
    """Whether all, those who count, or those who do not are few but not none."""
    group = list(group)
    yes = sum(one.n or 0 for one in group)
    known = sum(one.of or 0 for one in group)
    missing = sum(one.missing or 0 for one in group)
    return any(0 < count < threshold for count in (known + missing, yes, known - yes))


def _protects(hidden: list[Numbers], threshold: int) -> bool:
    return protects([_size(one) for one in hidden], threshold=threshold) and not _is_small(hidden, threshold)
