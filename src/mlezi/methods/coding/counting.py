"""How often a theme occurs, by participants, by documents or by mentions. Always with n, N and an interval.

One mention is one stretch of text: codings of the same theme that overlap in a document, by whomever, are one.
A theme counts wherever it or a theme under it does. The share of participants is of those who were heard (N); the
share of mentions is of all mentions, and themes may add to more than 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from mlezi.methods.statistics.estimate import Estimate
from mlezi.methods.statistics.proportions import Kind, proportion

Base = Literal["participants", "documents", "mentions"]


@dataclass(frozen=True, slots=True)
class Coded:
    """One coding, as counting sees it. `participants` are whoever spoke the words; often one."""

    theme: Hashable
    document: Hashable
    participants: tuple[Hashable, ...]
    start: int
    end: int
    valence: str = ""
    qualifier: Hashable | None = None
    coding: Hashable | None = None


@dataclass(frozen=True)
class Frequency:
    """A theme's counts on the chosen base, and the codings behind them."""

    theme: Hashable
    estimate: Estimate
    n: int
    codings: tuple[Hashable, ...]


def lifted(coded: Iterable[Coded], above: Mapping[Hashable, Sequence[Hashable]]) -> list[Coded]:
    """Each coding also under every theme above its own. `above` gives them, nearest first."""
    return [
        Coded(theme, one.document, one.participants, one.start, one.end, one.valence, one.qualifier, one.coding)
        for one in coded
        for theme in (one.theme, *above.get(one.theme, ()))
    ]


def who(coded: Iterable[Coded], base: Base) -> set[Hashable]:
    """What is counted: participants, documents, or stretches of text."""
    if base == "participants":
        return {person for one in coded for person in one.participants}
    if base == "documents":
        return {one.document for one in coded}
    return set(stretches(coded))


def stretches(coded: Iterable[Coded]) -> list[tuple[Hashable, int, int]]:
    """Overlapping codings of a document made into stretches that do not overlap."""
    by_document: dict[Hashable, list[tuple[int, int]]] = defaultdict(list)
    for one in coded:
        by_document[one.document].append((one.start, one.end))
    found: list[tuple[Hashable, int, int]] = []
    for document, spans in by_document.items():
        last: list[int] = []
        for start, end in sorted(spans):
            if last and start < last[1]:
                last[1] = max(last[1], end)
            else:
                if last:
                    found.append((document, last[0], last[1]))
                last = [start, end]
        found.append((document, last[0], last[1]))
    return found


def frequencies(
    coded: Iterable[Coded],
    *,
    base: Base,
    heard: int,
    asked: int | None = None,
    themes: Sequence[Hashable] = (),
    method: Kind = "wilson",
    level: float = 0.95,
) -> list[Frequency]:
    """Every theme's frequency. `heard` is N: participants heard or documents read; of mentions N is their number.

    `asked` is how many could have been heard. `themes` names those to report although nobody said them.
    """
    by_theme: dict[Hashable, list[Coded]] = {theme: [] for theme in themes}
    for one in coded:
        by_theme.setdefault(one.theme, []).append(one)
    counts = {theme: len(who(some, base)) for theme, some in by_theme.items()}
    of = len(stretches([one for some in by_theme.values() for one in some])) if base == "mentions" else heard
    return [
        Frequency(
            theme,
            share(counts[theme], base=base, of=of, asked=asked, method=method, level=level),
            counts[theme],
            tuple(one.coding for one in some),
        )
        for theme, some in by_theme.items()
    ]


def share(
    n: int, *, base: Base, of: int, asked: int | None = None, method: Kind = "wilson", level: float = 0.95
) -> Estimate:
    """A theme's frequency when `n` of `of` have it."""
    estimand = f"Share of {'all coded stretches' if base == 'mentions' else base} with the theme"
    everybody = max(asked or of, of, n) if base == "participants" else None
    return proportion(n, max(of, n), method=method, level=level, estimand=estimand, asked=everybody)


def by_valence(coded: Iterable[Coded], base: Base) -> dict[Hashable, dict[str, int]]:
    """theme → {"helps": n, "hinders": n, "both": n, "neither": n, "": n}, each on the base.

    A participant who says that a theme helps in one place and hinders in another counts in both columns, and a
    coding *both* counts as helping and as hindering besides.
    """
    found: dict[Hashable, dict[str, list[Coded]]] = defaultdict(lambda: defaultdict(list))
    for one in coded:
        found[one.theme][one.valence].append(one)
        if one.valence == "both":
            found[one.theme]["helps"].append(one)
            found[one.theme]["hinders"].append(one)
    return {theme: {side: len(who(some, base)) for side, some in sides.items()} for theme, sides in found.items()}


def in_common(
    coded: Iterable[Coded], base: Literal["participants", "documents"]
) -> dict[tuple[Hashable, Hashable], int]:
    """For each two themes, how many participants or documents have both."""
    held: dict[Hashable, set[Hashable]] = defaultdict(set)
    for one in coded:
        for unit in one.participants if base == "participants" else (one.document,):
            held[unit].add(one.theme)
    pairs: dict[tuple[Hashable, Hashable], int] = defaultdict(int)
    for themes in held.values():
        for a, b in combinations(sorted(themes, key=str), 2):
            pairs[a, b] += 1
    return dict(pairs)


def overlapping(coded: Sequence[Coded]) -> dict[tuple[Hashable, Hashable], int]:
    """For each two themes, how many times codings of them share words."""
    by_document: dict[Hashable, list[Coded]] = defaultdict(list)
    for one in coded:
        by_document[one.document].append(one)
    pairs: dict[tuple[Hashable, Hashable], int] = defaultdict(int)
    for some in by_document.values():
        some.sort(key=lambda one: one.start)
        for n, one in enumerate(some):
            for other in some[n + 1 :]:
                if other.start >= one.end:
                    break
                if other.theme != one.theme:
                    a, b = sorted((one.theme, other.theme), key=str)
                    pairs[a, b] += 1
    return dict(pairs)


def ranked(counts: Mapping[Hashable, int]) -> dict[Hashable, int]:
    """Ranks from the most to the fewest; ties share a rank and the next is left out ("1224")."""
    return {theme: 1 + sum(other > n for other in counts.values()) for theme, n in counts.items()}
