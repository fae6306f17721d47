"""pyxform's messages, turned into what to do.

pyxform keeps most of its sentences as templates. Each template here becomes a pattern, so a message is
recognised by its code and its facts (row, sheet, column, value) even where pyxform raises plain text.
What no pattern knows is shown as pyxform said it, with a general remedy: never swallowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from mlezi.formats.trouble import Trouble, gettext_noop
from mlezi.formats.xlsform.remedies import BY_CODE, FALLBACK, Advice
from mlezi.formats.xlsform.sayings import AD_HOC

ROW = re.compile(r"^\[row : (?P<row>\d+)\]\s*")
PLACE = re.compile(r"On the '(?P<sheet>\w+)' sheet, the '(?P<column>[^']+)' value")

WRONG_KIND = Trouble(
    "file.kind",
    gettext_noop("This kind of file cannot be read as a form."),
    gettext_noop("Save it as .xlsx, .xls or .csv, or write the tables in a Markdown file that ends in .md."),
)
TOO_LARGE = Trouble(
    "file.size",
    gettext_noop("The file is larger than 20 MB."),
    gettext_noop("Remove pictures from the workbook; upload them beside the form instead."),
)
EMPTY = Trouble(
    "file.empty", gettext_noop("The file is empty."), gettext_noop("Choose the file again; perhaps it was not saved.")
)
DAMAGED = Trouble(
    "file.damaged",
    gettext_noop("The file cannot be opened: it is damaged, protected by a password, or not what its name says."),
    gettext_noop("Open it in your spreadsheet program, save it again as .xlsx without a password, and try again."),
)
NO_SURVEY = Trouble(
    "sheet.missing",
    gettext_noop("There is no sheet named survey with questions in it."),
    gettext_noop("Name the sheet that holds the questions survey; its first row names the columns: type, name, label."),
)
NOT_TEXT = Trouble(
    "file.encoding",
    gettext_noop("The text of this file is not UTF-8."),
    gettext_noop("Save it again and choose UTF-8 as the encoding."),
)


UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def unwritable(book: Any, sheets: Iterable[str]) -> Iterator[Trouble]:
    """Cells with signs that no form can carry: remains of a copied text that nobody sees."""
    for sheet in sheets:
        for number, row in enumerate(getattr(book, sheet, None) or (), start=2):
            for column, cell in row.items():
                found = UNWRITABLE.search(f"{column}{cell}")
                if found:
                    yield Trouble(
                        "form.unwritable",
                        gettext_noop("This cell holds an invisible sign that no form can carry (U+{code})."),
                        gettext_noop("Delete what stands here and type it anew."),
                        *(sheet, number, UNWRITABLE.sub("", str(column)), {"code": f"{ord(found[0]):04X}"}),
                    )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return dict(_templates())


def _templates() -> Iterator[tuple[str, re.Pattern[str]]]:
    from pyxform.errors import ErrorCode  # noqa: PLC0415 - a second to load, and an error's alone

    for code in ErrorCode:
        template = re.escape(code.value.msg.replace("{{", "\0").replace("}}", "\1"))
        seen: set[str] = set()

        def group(match: re.Match[str], seen: set[str] = seen) -> str:
            name = match[1]
            if name in seen:
                return f"(?P={name})"
            seen.add(name)
            return rf"(?P<{name}>\d+)" if name == "row" else f"(?P<{name}>.*?)"

        pattern = re.sub(r"\\\{(\w+)\\\}", group, template).replace("\0", r"\{").replace("\1", r"\}")
        yield code.name, re.compile(pattern + r"\Z", re.DOTALL)


def from_error(error: Exception, book: Any) -> list[Trouble]:
    """One pyxform error may carry several lines, each a trouble of its own."""
    message = str(error)
    whole = _recognise(message, book)
    if whole:
        return [whole]
    lines = [line for line in message.splitlines() if line.strip()]
    if len(lines) > 1 and all(ROW.match(line) for line in lines):
        return [_recognise(line, book) or _as_said(line) for line in lines]
    return [_as_said(message)]


def from_reading(error: Exception) -> list[Trouble]:
    if isinstance(error, UnicodeDecodeError):
        return [NOT_TEXT]
    return [_recognise(str(error), None) or DAMAGED]


def from_warnings(said: Iterable[str], book: Any) -> Iterator[Trouble]:
    for message in said:
        yield _recognise(message, book) or _as_said(message)


def unknown(error: Exception) -> Trouble:
    """The converter stumbled without saying over what."""
    return Trouble(
        "form.odd",
        gettext_noop("The converter stumbled over this form ({kind}: {detail})."),
        gettext_noop(
            "Check the last columns or rows you changed: names of columns, brackets and quotes in expressions,"
            " and that every begin_group has its end_group."
        ),
        facts={"kind": type(error).__name__, "detail": str(error)[:200]},
    )


def _recognise(message: str, book: Any) -> Trouble | None:
    for name, pattern in _patterns().items():
        found = pattern.match(message)
        if found:
            return _trouble(name, BY_CODE.get(name, FALLBACK), message, found.groupdict(), book)
    for name, plain, advice in AD_HOC:
        found = plain.search(message)
        if found:
            return _trouble(name, advice, message, found.groupdict(), book)
    return None


def _as_said(message: str) -> Trouble:
    return _trouble("form.other", FALLBACK, message, {}, None)


def _trouble(code: str, advice: Advice, message: str, groups: dict[str, str | None], book: Any) -> Trouble:
    facts: dict[str, Any] = {key: value.strip() for key, value in groups.items() if value}
    row_found, place = ROW.match(message), PLACE.search(message)
    row = int(row_found["row"]) if row_found else None
    sheet = advice.sheet or facts.get("sheet") or facts.get("sheet_name") or (place["sheet"] if place else "")
    if row and not sheet:
        sheet = "survey"  # where pyxform names a row alone, it speaks of the survey
    row = row or _row_of(book, sheet, facts)
    column = advice.column or facts.get("column") or (place["column"] if place else "")
    facts.setdefault("message", ROW.sub("", message).strip())
    if row:
        facts["row"] = row
        facts.update({key: value for key, value in _cells(book, sheet, row).items() if key not in facts})
    trouble = Trouble(f"form.{code.lower()}", advice.reason, advice.remedy, sheet, row, column, facts)
    return _with_first_row(trouble, book)


def _row_of(book: Any, sheet: str, facts: dict[str, Any]) -> int | None:
    """The row that a message names only by its name or type."""
    rows = (getattr(book, sheet, None) or ()) if sheet in ("survey", "choices") else ()
    wanted = [(key, facts[key]) for key in ("name", "type") if key in facts]
    for number, row in enumerate(rows, start=2):
        if any(str(row.get(key, "")).strip() == value for key, value in wanted):
            return number
    return None


def _cells(book: Any, sheet: str, row: int) -> dict[str, str]:
    """What stands in that row, so that a sentence can name it: {cell_name}, {cell_list_name} …"""
    rows = getattr(book, sheet, None) or () if sheet in ("survey", "choices", "settings", "entities") else ()
    if not 0 <= row - 2 < len(rows):
        return {}
    cells = {f"cell_{key.replace(' ', '_')}": str(value) for key, value in rows[row - 2].items() if key}
    cells.setdefault("cell_name", "")
    cells.setdefault("cell_type", "")
    return cells


def _with_first_row(trouble: Trouble, book: Any) -> Trouble:
    """For a name given twice: the row that has it already."""
    if trouble.code not in ("form.names_007", "form.names_001") or book is None:
        return trouble
    rows = (book.choices if trouble.sheet == "choices" else book.survey) or ()
    mine = rows[trouble.row - 2] if trouble.row and trouble.row - 2 < len(rows) else {}
    for number, other in enumerate(rows, start=2):
        if number != trouble.row and other.get("name") == mine.get("name") and _list(other) == _list(mine):
            facts = {**trouble.facts, "first_row": number, "list": _list(mine)}
            return Trouble(trouble.code, trouble.reason, trouble.remedy, trouble.sheet, trouble.row, "name", facts)
    return trouble


def _list(row: dict[str, str]) -> str:
    return row.get("list_name") or row.get("list name") or ""
