"""The tables of an XLSForm while they are being written, and what they look like as a file."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

TRANSLATED = ("label", "hint", "constraint_message")
Row = dict[str, Any]


class Book:
    """Rows by sheet; a value that is a mapping of languages becomes one column a language."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = tuple(languages)
        self.sheets: dict[str, list[Row]] = {"settings": [], "survey": [], "choices": []}

    def ask(self, kind: str, name: str, label: Mapping[str, str] | None = None, **more: Any) -> None:
        """A row of the survey. `means` is what it means, `hint` and `message` are words by language."""
        row: Row = {"type": kind, "name": name, "label": label or {}}
        row["hint"] = more.pop("hint", {})
        row["constraint_message"] = more.pop("message", {})
        row["bind::mlezi:as"] = more.pop("means", "")
        self.sheets["survey"].append(row | more)

    def end(self, what: str) -> None:
        self.sheets["survey"].append({"type": f"end_{what}"})

    def choice(self, list_name: str, name: str, label: Mapping[str, str]) -> None:
        self.sheets["choices"].append({"list_name": list_name, "name": name, "label": label})

    def table(self, sheet: str) -> tuple[list[str], list[list[str]]]:
        """Header and rows; columns that nothing fills are left out."""
        flat = [self._flat(row) for row in self.sheets[sheet]]
        header = list(dict.fromkeys(key for row in flat for key, value in row.items() if value != ""))
        return header, [[str(row.get(key, "")) for key in header] for row in flat]

    def _flat(self, row: Row) -> Row:
        flat: Row = {}
        for key, value in row.items():
            if key in TRANSLATED:
                for language in self.languages:
                    flat[f"{key}::{language}" if language else key] = value.get(language, value.get("", ""))
            else:
                flat[key] = value
        return flat

    def markdown(self) -> bytes:
        return "\n".join(self._markdown_lines()).encode()

    def _markdown_lines(self) -> Iterable[str]:
        for sheet in self.sheets:
            header, rows = self.table(sheet)
            yield f"| {sheet} |"
            for row in [header, *rows]:
                yield "| | " + " | ".join(_cell(value) for value in row) + " |"
            yield ""

    def workbook(self) -> bytes:
        import openpyxl  # noqa: PLC0415 - half a second to load
        from openpyxl.styles import Font  # noqa: PLC0415

        made = openpyxl.Workbook()
        for number, sheet in enumerate(self.sheets):
            page: Any = made.active if number == 0 else made.create_sheet()
            page.title = sheet
            header, rows = self.table(sheet)
            for row in [header, *rows]:
                page.append(row)
            for cell in page[1]:
                cell.font = Font(bold=True)
            page.freeze_panes = "A2"
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def _cell(value: str) -> str:
    """A bar would end the cell; a line break would end the row."""
    return " ".join(value.replace("|", "/").split())
