"""The codings behind one cell of a table: of a theme in a month, a group, beside another code, or said with another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from mlezi.methods.coding.counting import Base, Coded
from mlezi.narratives.models import Code
from mlezi.narratives.queries import quoting
from mlezi.narratives.queries.results import Material


@dataclass(frozen=True)
class Cell:
    """What a cell keeps to; everything may be left open."""

    side: str = ""
    who: int = 0
    month: str = ""  # as 2026-03
    fact: str = ""
    group: str = ""
    beside: int = 0  # the other half of a pair
    together: Code | None = None


def behind(material: Material, code: Code, cell: Cell, base: Base) -> list[Coded]:
    """The codings that the cell's count was made of."""
    if cell.together is not None:
        found = together(material, code, cell.together, base)
    else:
        found = quoting.behind(material, code, side=cell.side)
    if cell.beside:
        found = [one for one in found if one.theme == code.pk and one.qualifier == cell.beside]
    if cell.month:
        days = material.days
        found = [one for one in found if (day := days.get(one.document)) and f"{day:%Y-%m}" == cell.month]
    if cell.fact:
        unknown = gettext("not known")
        people = {pk for pk, who in material.participants.items()
                  if str(who.facts.get(cell.fact) or unknown) == cell.group}  # fmt: skip
        found = [one for one in found if people & set(one.participants)]
    return [one for one in found if not cell.who or cell.who in one.participants]


def together(material: Material, one: Code, other: Code, base: Base) -> list[Coded]:
    """Codings of either code, of the people, the texts or the words that have both."""
    first, second = (material.one_by_one(material.codings.filter(code=code.pk)) for code in (one, other))
    if base == "mentions":
        return _touching(first, second) + _touching(second, first)
    both = _units(first, base) & _units(second, base)
    return [row for row in (*first, *second) if both & _units([row], base)]


def _units(rows: Iterable[Coded], base: Base) -> set[Any]:
    if base == "documents":
        return {row.document for row in rows}
    return {who for row in rows for who in row.participants}


def _touching(rows: list[Coded], others: list[Coded]) -> list[Coded]:
    """Those that share words with one of the others."""
    there: dict[Any, list[Coded]] = defaultdict(list)
    for row in others:
        there[row.document].append(row)
    return [row for row in rows if any(row.start < one.end and one.start < row.end for one in there[row.document])]
