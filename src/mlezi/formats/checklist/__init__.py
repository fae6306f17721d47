"""A checklist: sections of items, each with the kind of its answer and the rule that scores it.

`reading.read` takes it from a workbook or table, with every row it cannot read; `composing.compose` makes
an XLSForm of it that asks, asks why, and scores on the phone.
"""

from __future__ import annotations

from dataclasses import dataclass

from mlezi.formats.checklist.scoring import Rule

Texts = dict[str, str]  # language → text; "" when the table has one language


@dataclass(frozen=True)
class Option:
    code: str
    labels: Texts


@dataclass(frozen=True)
class Item:
    """`kind`: yes_no, choose_one, tick_all (scored by how many are ticked) or count (scored by its number)."""

    code: str
    labels: Texts
    kind: str
    rule: Rule
    row: int
    hints: Texts
    options: tuple[Option, ...] = ()
    may_not_apply: bool = False
    must_pass: bool = False
    is_observed: bool = False


@dataclass(frozen=True)
class Section:
    code: str
    labels: Texts
    items: tuple[Item, ...]
    hints: Texts
    may_not_apply: bool = False
    is_required: bool = True


@dataclass(frozen=True)
class Checklist:
    code: str
    title: str
    sections: tuple[Section, ...]
    languages: tuple[str, ...] = ("",)

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)
