"""Reads a checklist from a workbook, CSV or Markdown table, and lists every row it cannot read.

Two shapes are known: one table whose rows name their section; or a workbook with a sheet of sections and a
sheet of questions, in which rows of the type CHOICE belong to the question above them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from mlezi.formats.checklist import Checklist, Item, Option, Section, Texts, columns, fitting, remarks, scoring, sheets
from mlezi.formats.checklist.sheets import xml_name
from mlezi.formats.table import Row, Table
from mlezi.formats.trouble import CannotRead, Trouble
from mlezi.formats.trouble import gettext_noop as say

CHOOSING = ("choose_one", "tick_all")
KINDS = {
    "yes_no": ("bool", "boolean", "yesno", "yn", "selectoneyesno", ""),
    "choose_one": ("chooseone", "selectone", "choice of one", "one", "single", "singlechoice"),
    "tick_all": ("multi", "selectmultiple", "tickall", "multiple", "multiplechoice"),
    "count": ("integer", "integerzeroorpositive", "number", "count", "int"),
    "option": ("choice", "option"),
}
DAMAGED = re.compile(r"''|\"\"|�|#REF!|#NAME\?|#VALUE!")
OURS = ("about", "of", "own", "encounter", "place", "held_on", "result", "must_failed", "must_met", "start", "end")
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


class _Waiting(NamedTuple):
    row: Row
    kind: str
    section: _Draft


def read(content: bytes, name: str, *, chosen: Mapping[str, str] | None = None, sheet: str = "") -> Reading:
    """Read a checklist. `chosen` maps our names (label, scoring …) to titles of columns; `sheet` names the
    sheet of questions. Raises `CannotRead` when there is nothing to make a form of."""
    book = sheets.opened(content, name, sheet)
    title = sheet or next((found for found in book if columns.plain(found) in sheets.QUESTIONS), next(iter(book)))
    if title not in book:
        raise CannotRead([remarks.no_sheet(title, book)])
    wrong = [*_misnamed(title, book[title], chosen or {})]
    if wrong:
        raise CannotRead(wrong)
    code, words = sheets.name_of({found: table for found, table in book.items() if found != title}, name)
    reader = _Reader(title, book[title], dict(chosen or {}), words)
    if "label" not in reader.at.where:
        raise CannotRead([remarks.no_label(title, book[title])])
    for found, table in book.items():
        if columns.plain(found) in sheets.SECTIONS and found != title:
            reader.take_sections(found, table)
    reader.take_items()
    troubles = tuple(sorted(reader.troubles, key=lambda trouble: (trouble.sheet == title, trouble.row or 0)))
    checklist = Checklist(code, words, reader.named_sections(), reader.at.languages)
    if not checklist.sections:
        raise CannotRead([remarks.nothing(title), *troubles])
    return Reading(checklist, troubles, len(book[title].rows))


def _misnamed(sheet: str, table: Table, chosen: Mapping[str, str]) -> Iterator[Trouble]:
    titles = set(map(columns.plain, table.header))
    for name, title in chosen.items():
        if name not in columns.KNOWN:
            yield remarks.no_such_name(name, columns.KNOWN)
        elif columns.plain(title) not in titles:
            yield remarks.no_such_column(sheet, name, title, table)


class _Reader:
    def __init__(self, sheet: str, table: Table, chosen: Mapping[str, str], title: str) -> None:
        self.sheet, self.table, self.title = sheet, table, title
        self.at = columns.find(table.header, chosen)
        self.sections: dict[str, _Draft] = {}
        self.troubles: list[Trouble] = []
        self.codes: set[str] = set()
        self.open = ""  # the section that rows without one belong to, as under a merged cell
        self.announced = False  # by a sheet of sections

    def named_sections(self) -> tuple[Section, ...]:
        """Those with items, each by a name that nothing else in the form has."""
        taken, named = {*OURS, *self.codes}, []
        for draft in filter(lambda draft: draft.items, self.sections.values()):
            code = next(name for n in count(1) if (name := draft.code + ("" if n == 1 else f"_{n}")) not in taken)
            taken.add(code)
            named.append(
                Section(code, draft.labels, tuple(draft.items), draft.hints, draft.may_not_apply, draft.is_required)
            )
        return tuple(named)

    def take_sections(self, sheet: str, table: Table) -> None:
        at = columns.find(table.header, {})
        again: list[int] = []
        self.announced = True
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
        waiting: _Waiting | None = None
        options: list[Option] = []
        for row in self.table.rows:
            section = self._section(row)
            kind = "" if self._is_heading(row) else self._kind(row)
            if kind == "option":
                self._take_option(row, waiting, options)
                continue
            self._close(waiting, options)
            waiting, options = (_Waiting(row, kind, section) if kind else None), []
        self._close(waiting, options)

    def _is_heading(self, row: Row) -> bool:
        """A row that only names a section."""
        filled = any(self.at.cell(row.cells, name) for name in ("code", "label", "kind", "options", "scoring"))
        return bool(self.at.cell(row.cells, "section")) and not filled

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

    def _take_option(self, row: Row, waiting: _Waiting | None, options: list[Option]) -> None:
        labels = self.at.texts(row.cells, "label")
        if waiting is None or waiting.kind not in CHOOSING or not labels:
            self._say(
                row,
                "option",
                say("This choice belongs to no question with choices or has no label; it was left out."),
                say("Put it below its question (choose_one or tick_all) and write its label."),
            )
            return
        options.append(Option(xml_name(self.at.cell(row.cells, "code")) or f"o{len(options) + 1}", labels))

    def _close(self, waiting: _Waiting | None, options: list[Option]) -> None:
        item = self._item(waiting.row, waiting.kind, options) if waiting else None
        if waiting and item:
            waiting.section.items.append(item)

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
        if code in OURS:
            self._say(
                row,
                "code",
                say("The code {value} is a name the form itself uses; this item was left out."),
                say("Give the item another code."),
                value=code,
            )
            return None
        options = self._options(row, options) if kind in CHOOSING else []
        if kind in CHOOSING and not options:
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
            may_not_apply=_is_on(self.at.cell(row.cells, "may_not_apply"))
            or any(option.code == scoring.NOT_APPLICABLE for option in options),
            must_pass=_is_on(self.at.cell(row.cells, "must_pass")),
            is_observed=_is_on(self.at.cell(row.cells, "observed")),
        )

    def _options(self, row: Row, below: list[Option]) -> list[Option]:
        options, again = fitting.distinct(below or fitting.listed(self.at.cell(row.cells, "options")))
        if again:
            self._say(
                row,
                "options",
                say("The choice {value} stands twice in this question; it was used once."),
                say("Give every choice a code and words of its own."),
                value=", ".join(again),
            )
        return options

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
        rule = fitting.by_choice(rule, options)
        wrong = fitting.misfit(rule, kind, options)
        if wrong:
            sentence, facts = wrong
            remedy = say(
                "Correct the rule so that every answer earns points once; until then such answers do not count."
            )
            self._say(row, "scoring", sentence, remedy, **facts)
        return rule

    def _section(self, row: Row) -> _Draft:
        name = self.open = self.at.cell(row.cells, "section") or self.open
        if name not in self.sections:
            labels = self.at.texts(row.cells, "section_title") or self.at.texts(row.cells, "section")
            code = xml_name(name) or f"section_{len(self.sections) + 1}"
            self.sections[name] = _Draft(code, labels or {"": name or self.title}, {})
            if self.announced:
                self._say(
                    row,
                    "section",
                    say("The sheet of sections does not name {value}; a section of its own was made."),
                    say("Add it to the sheet of sections, or correct it here."),
                    value=name or "–",
                )
        return self.sections[name]

    def _say(self, row: Row, column: str, reason: str, remedy: str, **facts: object) -> None:
        title = self.table.header[self.at.where[column]] if column in self.at.where else column
        self.troubles.append(Trouble(f"checklist.{column}", reason, remedy, self.sheet, row.number, title, facts))


def _is_on(cell: str) -> bool:
    return cell.strip().lower() in ON
