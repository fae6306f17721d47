"""Reads a checklist from a workbook, CSV or Markdown table, and lists every row it cannot read.

Two shapes are known: one table whose rows name their section; or a workbook with a sheet of sections and a
sheet of questions, in which rows of the type CHOICE belong to the question above them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mlezi.formats.checklist import Checklist, Item, Option, Section, Texts, columns, fitting, remarks, scoring, sheets
from mlezi.formats.checklist.sheets import xml_name
from mlezi.formats.table import Row, Table
from mlezi.formats.trouble import CannotRead, Trouble
from mlezi.formats.trouble import gettext_noop as say

QUESTIONS, SECTIONS = ("questions", "items"), ("sections",)
KINDS = {
    "yes_no": ("bool", "boolean", "yesno", "yn", "selectoneyesno", ""),
    "choose_one": ("selectone", "choice of one", "one", "single", "singlechoice"),
    "tick_all": ("multi", "selectmultiple", "tickall", "multiple", "multiplechoice"),
    "count": ("integer", "integerzeroorpositive", "number", "count", "int"),
    "option": ("choice", "option"),
}
DAMAGED = re.compile(r"''|\"\"|�|#REF!|#NAME\?|#VALUE!")
ON = {"y", "yes", "x", "1", "true", "✓", "ndiyo"}


@dataclass(frozen=True)
class Reading:
    checklist: Checklist
    troubles: tuple[Trouble, ...]
    rows: int  # rows of items and choices in the table


@dataclass
class _Draft:
    """A section while its items are being collected."""

    code: str
    labels: Texts
    hints: Texts
    may_not_apply: bool = False
    is_required: bool = True
    items: list[Item] = field(default_factory=list)


def read(content: bytes, name: str, *, chosen: Mapping[str, str] | None = None, sheet: str = "") -> Reading:
    """Read a checklist. `chosen` maps our names (label, scoring …) to titles of columns; `sheet` names the
    sheet of questions. Raises `CannotRead` when there is nothing to make a form of."""
    book = sheets.opened(content, name)
    title = sheet or next((found for found in book if columns.plain(found) in QUESTIONS), next(iter(book)))
    if title not in book:
        raise CannotRead([remarks.no_sheet(title, book)])
    reader = _Reader(title, book[title], dict(chosen or {}))
    if "label" not in reader.at.where:
        raise CannotRead([remarks.no_label(title, book[title])])
    for found, table in book.items():
        if columns.plain(found) in SECTIONS:
            reader.take_sections(found, table)
    reader.take_items()
    code, words = sheets.name_of(book, name)
    sections = tuple(
        Section(d.code, d.labels, tuple(d.items), d.hints, d.may_not_apply, d.is_required)
        for d in reader.sections.values()
        if d.items
    )
    if not sections:
        raise CannotRead([remarks.nothing(title), *reader.troubles])
    checklist = Checklist(code, words, sections, reader.at.languages)
    return Reading(checklist, tuple(reader.troubles), len(book[title].rows))


class _Reader:
    def __init__(self, sheet: str, table: Table, chosen: Mapping[str, str]) -> None:
        self.sheet, self.table = sheet, table
        self.at = columns.find(table.header, chosen)
        self.sections: dict[str, _Draft] = {}
        self.troubles: list[Trouble] = []
        self.codes: set[str] = set()

    def take_sections(self, sheet: str, table: Table) -> None:
        at = columns.find(table.header, {})
        again: list[int] = []
        for row in table.rows:
            code = at.cell(row.cells, "section")
            labels = at.texts(row.cells, "section_title") or {"": code}
            if code in self.sections:
                again.append(row.number)
                continue
            self.sections[code] = _Draft(
                xml_name(code),
                labels,
                at.texts(row.cells, "hint"),
                _is_on(at.cell(row.cells, "may_not_apply")),
                _is_on(at.cell(row.cells, "required")) or not at.cell(row.cells, "required"),
            )
        if again:
            self.troubles.append(remarks.repeated_sections(sheet, again))

    def take_items(self) -> None:
        """An item's choices stand in the rows below it, so items are closed one row late."""
        waiting: tuple[Row, str] | None = None
        options: list[Option] = []
        for row in self.table.rows:
            kind = self._kind(row)
            if kind == "option":
                self._take_option(row, waiting, options)
            elif kind:
                self._close(waiting, options)
                waiting, options = (row, kind), []
            else:
                self._close(waiting, options)
                waiting, options = None, []
        self._close(waiting, options)

    def _kind(self, row: Row) -> str:
        word = self.at.cell(row.cells, "kind")
        kind = next((kind for kind, names in KINDS.items() if columns.plain(word) in map(columns.plain, names)), "")
        if not kind:
            self._say(
                row,
                "kind",
                say("{value} is not a kind of answer Mlezi knows; the item was left out."),
                say("Write one of: yes_no, choose_one, tick_all, count, choice."),
                value=word,
            )
        return kind

    def _take_option(self, row: Row, waiting: tuple[Row, str] | None, options: list[Option]) -> None:
        labels = self.at.texts(row.cells, "label")
        if waiting is None or not labels:
            self._say(
                row,
                "option",
                say("This choice belongs to no question or has no label; it was left out."),
                say("Put it below its question and write its label."),
            )
            return
        options.append(Option(xml_name(self.at.cell(row.cells, "code")) or f"o{len(options) + 1}", labels))

    def _close(self, waiting: tuple[Row, str] | None, options: list[Option]) -> None:
        if waiting is None:
            return
        row, kind = waiting
        item = self._item(row, kind, options)
        if item:
            self._section(row).items.append(item)

    def _item(self, row: Row, kind: str, options: list[Option]) -> Item | None:
        labels = self.at.texts(row.cells, "label")
        bad = next((text for text in labels.values() if DAMAGED.search(text) or not re.search(r"[^\W\d_]", text)), None)
        if not labels or bad is not None:
            self._say(
                row,
                "label",
                say("The label is missing or damaged ({value}); the item was left out."),
                say("Write the whole sentence in this cell and convert again."),
                value=bad or "",
            )
            return None
        code = xml_name(self.at.cell(row.cells, "code")) or f"item_{row.number}"
        if code in self.codes:
            self._say(
                row,
                "code",
                say("The code {value} stands twice; this item was left out."),
                say("Give every item a code of its own."),
                value=code,
            )
            return None
        options = options or list(fitting.listed(self.at.cell(row.cells, "options")))
        if kind in ("choose_one", "tick_all") and not options:
            self._say(
                row,
                "options",
                say("This question has nothing to choose from; it was left out."),
                say("Write its choices in rows of the type choice below it, or in a column options."),
            )
            return None
        self.codes.add(code)
        return Item(
            code=code,
            labels=labels,
            kind=kind,
            rule=self._rule(row, kind, options),
            row=row.number,
            hints=self.at.texts(row.cells, "hint"),
            options=tuple(options),
            may_not_apply=_is_on(self.at.cell(row.cells, "may_not_apply")),
            must_pass=_is_on(self.at.cell(row.cells, "must_pass")),
            is_observed=_is_on(self.at.cell(row.cells, "observed")),
        )

    def _rule(self, row: Row, kind: str, options: list[Option]) -> scoring.Rule:
        """The item's rule; an empty one (asked, not scored) when the sentence cannot be followed."""
        try:
            rule = scoring.read(self.at.cell(row.cells, "scoring"))
        except scoring.NotARule as error:
            self._say(
                row,
                "scoring",
                say("The scoring rule cannot be read at “{value}”; the item is asked, not scored."),
                say("Write it as in: If N = Red; If Y = Green, or: If 0-4 = Red; If 5-8 = Green."),
                value=error.part,
            )
            return scoring.Rule()
        if rule is None:
            return fitting.usual(kind, options)
        wrong = fitting.misfit(rule, kind, options)
        if wrong:
            self._say(
                row,
                "scoring",
                wrong,
                say("Correct the rule so that every answer earns points once."),
                value=", ".join(map(str, (rule.gaps(len(options)) or rule.doubled())[:5])),
                n=len(options),
            )
        return rule

    def _section(self, row: Row) -> _Draft:
        name = self.at.cell(row.cells, "section")
        if name not in self.sections:
            labels = self.at.texts(row.cells, "section_title") or self.at.texts(row.cells, "section") or {"": name}
            self.sections[name] = _Draft(xml_name(name) or f"section_{len(self.sections) + 1}", labels, {})
        return self.sections[name]

    def _say(self, row: Row, column: str, reason: str, remedy: str, **facts: object) -> None:
        title = self.table.header[self.at.where[column]] if column in self.at.where else column
        self.troubles.append(Trouble(f"checklist.{column}", reason, remedy, self.sheet, row.number, title, facts))


def _is_on(cell: str) -> bool:
    return cell.strip().lower() in ON
