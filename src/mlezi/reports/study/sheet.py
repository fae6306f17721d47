"""The results as a spreadsheet: every figure as numbers with its n and method, and every table of the report."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from mlezi.formats.timeless import timeless
from mlezi.plumbing.blocks import Block, Table, plain
from mlezi.reports.study.telling import Told
from mlezi.studies import naming


def workbook(told: Told, blocks: Sequence[Block]) -> bytes:
    """The workbook as bytes. Formulas cannot hide in it: text that starts like one is kept as text."""
    book = Workbook()
    figures: Any = book.active
    figures.title = gettext("Figures")[:31]
    _rows(figures, _header(), _figures(told))
    tables = [part for part in plain(blocks) if isinstance(part, Table)]
    for number, table in enumerate(tables, start=1):
        sheet = book.create_sheet(_name(number, str(table.title)))
        sheet.append([_text(table.title)])
        sheet["A1"].font = Font(bold=True)
        _rows(sheet, [_text(one) for one in table.header], [[_text(cell) for cell in row] for row in table.rows])
    target = io.BytesIO()
    book.save(target)
    return timeless(target.getvalue())


def _name(number: int, title: str) -> str:
    """Of a sheet: its number and as much of its title as a spreadsheet program takes."""
    return re.sub(r"[\[\]:*?/\\]", "", f"{number} {title}")[:31].rstrip(" '")


def _text(words: object) -> str:
    said = str(words)
    return f"'{said}" if said[:1] in "=+@" else said


def _header() -> list[str]:
    return [
        gettext("Analysis"),
        gettext("Figure"),
        gettext("Value"),
        gettext("From"),
        gettext("To"),
        "n",
        "N",
        gettext("p, adjusted"),
        gettext("Method"),
        gettext("Why empty"),
    ]


def _figures(told: Told) -> list[list[Any]]:
    rows = []
    for spec in told.plan.analyses:
        for one in told.results["analyses"][spec.code]["figures"]:
            estimate = one["estimate"]
            rows.append(
                [
                    told.speaker.analysis(spec.code),
                    told.speaker.label(one["label"]),
                    estimate["point"],
                    estimate["low"],
                    estimate["high"],
                    estimate["n_used"],
                    estimate["n_eligible"],
                    told.results["adjusted"].get(f"{spec.code}.{one['key']}"),
                    naming.named(estimate, told.speaker.side),
                    told.speaker.note(estimate["empty_because"]) if estimate["empty_because"] else None,
                ]
            )
    return rows


def _rows(sheet: Any, header: list[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet.append(header)
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = f"B{sheet.max_row + 1}"  # the header and the names stay in sight
    for row in rows:
        sheet.append(list(row))
    for number, cells in enumerate(sheet.columns, start=1):
        width = max((len(str(cell.value)) for cell in cells if cell.value is not None), default=8)
        sheet.column_dimensions[get_column_letter(number)].width = min(60, max(8, width + 1))
