"""A table declared once serves the page, the CSV and the workbook, with the same rows in the same order.

Filters, search, sorting and paging stand in the address bar, so that a view of a table can be sent to
somebody else. The caller hands over only rows that the person asking may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from mlezi.formats import csv, xlsx
from mlezi.plumbing import cells
from mlezi.plumbing.cells import Cell
from mlezi.plumbing.text import words_asked

MOST = 10_000  # rows that are counted and can be paged through; whoever wants one of more searches, or takes the file
Words = str | Promise
Rows = QuerySet[Any] | Sequence[Any]
FILES: dict[str, tuple[str, Callable[[Sequence[str], Iterable[Sequence[object]]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", csv.write),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx.write),
}


@dataclass(frozen=True)
class Column:
    """`value` goes into files and, without `show`, on the page; `sort` names fields of the database."""

    key: str
    title: Words
    value: Callable[[Any], object]
    show: Callable[[Any], object] | None = None
    link: Callable[[Any], str] | None = None
    sort: tuple[str, ...] = ()
    numeric: bool = False
    badge: bool = False
    prose: bool = False  # sentences: beside each other in a row, from the left where the row is a card
    in_page: bool = True
    in_file: bool = True


@dataclass(frozen=True)
class Filter:
    """One choice above a table. `apply` narrows a queryset, or answers whether one row of a list stays."""

    key: str
    title: Words
    choices: Callable[[HttpRequest], Iterable[tuple[str, Words]]]
    apply: Callable[[Any, str], Any]
    default: str = ""


@dataclass(frozen=True)
class Table:
    """The declaration. `search` names fields of the database that the search box looks into."""

    name: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    search: tuple[str, ...] = ()
    sort: str = ""  # key of a column, "-" before it for the other way round
    page_size: int = 50
    empty: Words = ""  # what to say, and to do, when there is nothing

    def answer(self, request: HttpRequest, rows: Rows, template: str, **context: Any) -> HttpResponse:
        """The page, or the file when the address says `format=csv` or `format=xlsx`."""
        listing = self.listing(request, rows)
        wanted = request.GET.get("format", "")
        if wanted in FILES:
            return listing.file(wanted)
        return render(request, template, {"table": listing, **context})

    def listing(self, request: HttpRequest, rows: Rows) -> Listing:
        """The rows that the address asks for, not yet cut into pages."""
        kept = self._filtered(request, rows)
        return Listing(self, request, self._sorted(request, self._found(request, kept)))

    def _filtered(self, request: HttpRequest, rows: Rows) -> Rows:
        for one in self.filters:
            chosen = request.GET.get(one.key, one.default)
            if chosen not in {str(value) for value, _ in one.choices(request)} or not chosen:
                continue
            rows = (
                one.apply(rows, chosen)
                if isinstance(rows, QuerySet)
                else [row for row in rows if one.apply(row, chosen)]
            )
        return rows

    def _found(self, request: HttpRequest, rows: Rows) -> Rows:
        """Every word typed must be found somewhere in the row."""
        for word in words_asked(request.GET.get("q", "")):
            if isinstance(rows, QuerySet):
                anywhere = Q(pk__in=[])
                for name in self.search:
                    anywhere |= Q(**{f"{name}__icontains": word})
                rows = rows.filter(anywhere)
            else:
                rows = [row for row in rows if word.casefold() in self._words(row)]
        return rows

    def _words(self, row: Any) -> str:
        return " ".join(str(column.value(row)) for column in self.columns).casefold()

    def _sorted(self, request: HttpRequest, rows: Rows) -> Rows:
        wanted = self.sorted_by(request)
        column = next((one for one in self.columns if one.key == wanted.lstrip("-")), None)
        if column is None or not isinstance(rows, QuerySet | list | tuple):
            return rows
        down = wanted.startswith("-")
        if isinstance(rows, QuerySet):
            return rows.order_by(*(f"-{name}" if down else name for name in column.sort), "pk") if column.sort else rows
        return sorted(rows, key=lambda row: _sortable(column.value(row)), reverse=down)

    def sorted_by(self, request: HttpRequest) -> str:
        wanted = request.GET.get("sort", "") or self.sort
        known = {column.key for column in self.columns}
        return wanted if wanted.lstrip("-") in known else self.sort


@dataclass
class Listing:
    """A table with its rows, as templates/components/table.html reads it."""

    table: Table
    request: HttpRequest
    rows: Rows
    has_more: bool = field(default=False, init=False)  # than can be paged through
    _n: int | None = field(default=None, init=False)

    @property
    def n_rows(self) -> int:
        """How many there are; of a queryset not more than `MOST`: counting a million takes longer than the page."""
        if self._n is None:
            self._n = self._counted(self.rows) if isinstance(self.rows, QuerySet) else len(self.rows)
        return self._n

    def _counted(self, rows: QuerySet[Any]) -> int:
        n = rows.order_by().values("pk")[: MOST + 1].count()  # what is only shown need not be looked up to count
        self.has_more = n > MOST
        return min(n, MOST)

    @property
    def n_pages(self) -> int:
        return max(1, -(-self.n_rows // self.table.page_size))

    @property
    def page_number(self) -> int:
        asked = self.request.GET.get("page", "")
        return min(max(int(asked), 1), self.n_pages) if asked.isdecimal() and len(asked) < 9 else 1

    @property
    def columns(self) -> list[dict[str, Any]]:
        """What stands in the header: title, sign of sorting, address that sorts by it."""
        now = self.table.sorted_by(self.request)
        by_any = isinstance(self.rows, list | tuple)  # a queryset only by its fields, what is read page by page by none
        return [
            {
                "title": column.title,
                "numeric": column.numeric,
                "sorted": {column.key: "ascending", f"-{column.key}": "descending"}.get(now, ""),
                "address": self.address(sort=f"-{column.key}" if now == column.key else column.key, page=None)
                if by_any or (column.sort and isinstance(self.rows, QuerySet))
                else "",
            }
            for column in self.table.columns
            if column.in_page
        ]

    @property
    def lines(self) -> list[SafeString]:
        """The rows on this page as markup."""
        return [cells.line(row) for row in self.page]

    @property
    def page(self) -> list[list[Cell]]:
        """The cells of the rows on this page."""
        start = (self.page_number - 1) * self.table.page_size
        shown = [(column, escape(str(column.title))) for column in self.table.columns if column.in_page]
        rows = self.rows[start : start + self.table.page_size]
        return [[_cell(column, title, row) for column, title in shown] for row in rows]

    @property
    def filters(self) -> list[dict[str, Any]]:
        return [
            {
                "key": one.key,
                "title": one.title,
                "choices": [(str(value), title) for value, title in one.choices(self.request)],
                "chosen": self.request.GET.get(one.key, one.default),
            }
            for one in self.table.filters
        ]

    @property
    def words(self) -> str:
        return self.request.GET.get("q", "")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words) or any(self.request.GET.get(one.key) for one in self.table.filters)

    @property
    def is_chosen_from(self) -> bool:
        """Whether search or a filter, also one that is set from the start, may have left rows out."""
        return self.is_narrowed or any(one["chosen"] for one in self.filters)

    @property
    def everything(self) -> str:
        """This address without search and filters."""
        return self.address(q=None, page=None, **{one.key: "" if one.default else None for one in self.table.filters})

    def address(self, **changes: object) -> str:
        """This address with some of its questions changed; None takes one away."""
        asked = self.request.GET.copy()
        for key, value in changes.items():
            asked.pop(key, None)
            if value is not None:
                asked[key] = str(value)
        return "?" + asked.urlencode()

    @property
    def before(self) -> str:
        return self.address(page=self.page_number - 1) if self.page_number > 1 else ""

    @property
    def after(self) -> str:
        return self.address(page=self.page_number + 1) if self.page_number < self.n_pages else ""

    @property
    def as_csv(self) -> str:
        return self.address(format="csv", page=None)

    @property
    def as_xlsx(self) -> str:
        return self.address(format="xlsx", page=None)

    def file(self, kind: str) -> HttpResponse:
        """All rows, not only this page's, as a download."""
        content_type, write = FILES[kind]
        columns = [column for column in self.table.columns if column.in_file]
        content = write([str(column.title) for column in columns], self._values(columns))
        name = f"{self.table.name}.{kind}"
        return HttpResponse(
            content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    def _values(self, columns: Sequence[Column]) -> Iterator[list[object]]:
        rows = self.rows.iterator(chunk_size=2000) if isinstance(self.rows, QuerySet) else self.rows
        for row in rows:
            values = (column.value(row) for column in columns)
            yield [localtime(value) if isinstance(value, datetime) else value for value in values]


def _cell(column: Column, title: str, row: Any) -> Cell:
    value = cells.shown((column.show or column.value)(row))
    link = column.link(row) if column.link else ""
    return Cell(title, value, link, column.numeric, column.prose, column.badge)


def _sortable(value: object) -> tuple[bool, Any]:
    """Missing values last; words without regard to capitals."""
    if value is None or value == "":
        return (True, 0)
    return (False, value.casefold() if isinstance(value, str) else value)
