"""The cells of a table, and their markup: made in one step, because a country's table has thousands of them and a
template, which looks up each name anew, takes several times as long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format, localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext


@dataclass(slots=True)
class Cell:
    """What stands in a column's row. `column` is the column's title as text that needs no escaping."""

    column: str
    value: object
    link: str = ""
    numeric: bool = False
    prose: bool = False
    badge: bool = False

    @property
    def is_missing(self) -> bool:
        return self.value is None or self.value == ""


def line(cells: Sequence[Cell]) -> SafeString:
    """The cells of one row; the first one is its heading."""
    unknown = _unknown()
    first, *others = cells
    return mark_safe(  # noqa: S308 - what is not markup already is escaped where it is put in
        f'<th scope="row">{_inside(first, unknown)}</th>'
        + "".join(f'<td{_class(cell)} data-label="{cell.column}">{_inside(cell, unknown)}</td>' for cell in others)
    )


def shown(value: object) -> object:
    """The value as people read it."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return date_format(localtime(value), "j M Y H:i")
    return date_format(value, "j M Y") if isinstance(value, date) else value


def _class(cell: Cell) -> str:
    return ' class="num"' if cell.numeric else ' class="prose"' if cell.prose else ""


def _inside(cell: Cell, unknown: str) -> str:
    if cell.is_missing:
        return unknown
    value: Any = cell.value if isinstance(cell.value, str) else localize(cell.value)
    words = conditional_escape(value)
    if cell.link:
        return f'<a href="{conditional_escape(cell.link)}">{words}</a>'
    return f'<span class="badge">{words}</span>' if cell.badge else words


def _unknown() -> SafeString:
    return format_html(
        '<span class="soft"><span aria-hidden="true">–</span><span class="visually-hidden">{}</span></span>',
        gettext("not known"),
    )
