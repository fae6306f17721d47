"""Agreement of coders who coded the same texts blind, code by code; and where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from mlezi.methods.agreement import krippendorff, many_coders, two_coders
from mlezi.methods.coding import units as coding_units
from mlezi.methods.coding.units import Mark, Unit
from mlezi.methods.statistics.estimate import Estimate
from mlezi.narratives.models import Code, Codebook, Coding, Reading, Source
from mlezi.people.models import Person

SEED = 20260101
RESAMPLES = 1000
FORMER = ("settled",)  # codings that are a result of agreeing take no part in measuring it


@dataclass(frozen=True)
class Agreed:
    """One code (or all) over the units of the texts that these coders all finished."""

    code: Code | None
    n_units: int
    both: int
    differ: int
    percent: Estimate
    kappa: Estimate
    ac1: Estimate
    alpha: Estimate


def double_coded(sources: Any) -> list[Source]:
    """Texts that at least two people were given and are all done with."""
    found = []
    for source in sources:
        asked = [one for one in source.readings.all() if one.asked_at is not None]
        if len(asked) > 1 and all(one.done_at is not None for one in asked):
            found.append(source)
    return found


def coders_of(sources: list[Source]) -> list[tuple[Person, ...]]:
    """The groups of people who coded the same texts, the busiest group first."""
    groups: dict[tuple[int, ...], tuple[Person, ...]] = {}
    often: dict[tuple[int, ...], int] = defaultdict(int)
    for source in sources:
        people = _people(source)
        key = tuple(one.pk for one in people)
        groups[key] = people
        often[key] += 1
    return [groups[key] for key in sorted(groups, key=lambda key: (-often[key], key))]


def _people(source: Source) -> tuple[Person, ...]:
    rows = source.readings.filter(asked_at__isnull=False).select_related("coder").order_by("coder__name", "coder")
    return tuple(one.coder for one in rows)


def agreement(
    sources: list[Source], coders: tuple[Person, ...], codebook: Codebook, kind: str, *, seed: int = SEED
) -> list[Agreed]:
    """Per code, the most used first; a text whose coders are others is left out.

    Two coders: kappa and AC1 with their intervals; more: Fleiss's kappa and AC1. Alpha with a bootstrap over units.
    """
    ids = [coder.pk for coder in coders]
    mine = [one for one in sources if [each.pk for each in _people(one)] == ids]
    rows: dict[Hashable, list[tuple[bool, ...]]] = defaultdict(list)
    blank: list[int] = []
    codes = {code.pk: code for code in Code.objects.filter(codebook=codebook)}
    for source in mine:
        of = units_of(source, kind)
        found = coding_units.table(of, marks_of(source, codebook), ids)
        for theme in codes:
            rows[theme] += found.get(theme, [(False,) * len(ids)] * len(of))
        blank.append(len(of))
    used = [theme for theme in codes if any(any(row) for row in rows[theme])]
    made = [_measured(codes[int(str(theme))], rows[theme], kind, seed) for theme in used]
    return sorted(made, key=lambda one: (-(one.both + one.differ), one.code.path if one.code else ""))


def _measured(code: Code, rows: list[tuple[bool, ...]], kind: str, seed: int) -> Agreed:
    both, differ, _ = coding_units.together(rows)
    as_words = [tuple("yes" if said else "no" for said in row) for row in rows]
    alpha = krippendorff.alpha(as_words, measurement="nominal", unit=kind, seed=seed, resamples=RESAMPLES)
    if as_words and len(as_words[0]) == 2:
        two = two_coders.agreement(
            [row[0] for row in as_words], [row[1] for row in as_words], unit=kind, categories=["no", "yes"]
        )
        return Agreed(code, len(rows), both, differ, two.percent, two.kappa, two.ac1, alpha)
    many = many_coders.agreement(as_words, unit=kind, categories=["no", "yes"])
    return Agreed(code, len(rows), both, differ, many.percent, many.fleiss, many.ac1, alpha)


def units_of(source: Source, kind: str) -> list[Unit]:
    version = source.current
    assert version is not None
    pieces = version.segments or [{"start": 0, "end": version.n_chars, "kind": "paragraph"}]
    return coding_units.units(pieces, kind)


def marks_of(source: Source, codebook: Codebook) -> list[Mark[int]]:
    rows = Coding.objects.filter(source=source, version=source.current_id, removed_at=None, code__codebook=codebook)
    rows = rows.exclude(made_by__in=FORMER).exclude(carried=Coding.Carried.LOST)
    return [Mark(*row) for row in rows.values_list("coder", "code", "start", "end")]


@dataclass(frozen=True)
class Difference:
    """A unit and a code that some coders said there and others did not."""

    unit: Unit
    code: Code
    words: str
    said: tuple[str, ...]
    silent: tuple[str, ...]
    codings: tuple[Coding, ...]
    settled: bool | None  # what was decided, if anything


def differences(source: Source, codebook: Codebook, kind: str) -> list[Difference]:
    """Where the coders of this text differ, in the order of the text."""
    version = source.current
    assert version is not None
    people = _people(source)
    names = {one.pk: one.name for one in people}
    of = units_of(source, kind)
    codings = list(
        Coding.objects.filter(source=source, version=version, removed_at=None, code__codebook=codebook)
        .exclude(made_by__in=FORMER)
        .select_related("code", "coder", "qualifier")
    )
    table = coding_units.table(of, [Mark(c.coder_id, c.code_id, c.start, c.end) for c in codings], list(names))
    codes = {c.code_id: c.code for c in codings}
    decided = {(one.start, one.end, one.code_id): one.applies for one in version.settlements.order_by("pk")}
    found = []
    for n, unit in enumerate(of):
        for theme, rows in table.items():
            row = rows[n]
            if any(row) and not all(row):
                there = tuple(c for c in codings if c.code_id == theme and unit.touches(c.start, c.end))
                found.append(
                    Difference(
                        unit, codes[theme], " … ".join(version.text[a:b] for a, b in unit.spans),
                        tuple(name for name, said in zip(names.values(), row, strict=True) if said),
                        tuple(name for name, said in zip(names.values(), row, strict=True) if not said), there,
                        decided.get((unit.start, unit.end, theme)),
                    )
                )  # fmt: skip
    return found


def open_by_book(source: Source, kind: str) -> dict[Codebook, int]:
    """Of each codebook the coders used in this text, how many differences nobody has decided yet."""
    standing = Coding.objects.filter(source=source, version=source.current_id, removed_at=None)
    used = standing.exclude(made_by__in=FORMER).values("code__codebook")
    return {book: sum(one.settled is None for one in differences(source, book, kind))
            for book in Codebook.objects.filter(pk__in=used).order_by("code", "pk")}  # fmt: skip


def all_done(source: Source) -> bool:
    asked = Reading.objects.filter(source=source, asked_at__isnull=False)
    return asked.count() > 1 and not asked.filter(done_at=None).exists()
