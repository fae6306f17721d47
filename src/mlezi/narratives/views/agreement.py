"""Agreement of blind coders, and the page that walks through what they differ on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mlezi.narratives import problems
from mlezi.narratives.actions import settling
from mlezi.narratives.models import Code, Codebook
from mlezi.narratives.names import UNITS
from mlezi.narratives.queries import agreeing, codebooks
from mlezi.narratives.queries.reader import still_reading
from mlezi.narratives.views.asked import reader
from mlezi.narratives.views.chosen import asked
from mlezi.plumbing import clock
from mlezi.plumbing.words import worded
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P


def _kind(request: Request) -> str:
    wanted = request.POST.get("unit") or request.GET.get("unit", "")
    return wanted if wanted in UNITS else "turn"


def _filters(request: Request, books: list[Codebook], book: Codebook | None) -> list[dict[str, Any]]:
    return [
        {"key": "book", "title": gettext("Codebook"), "choices": [(str(b.pk), worded(b.title)) for b in books],
         "chosen": str(book.pk) if book else ""},
        {"key": "unit", "title": gettext("Units"), "choices": list(UNITS.items()), "chosen": _kind(request)},
    ]  # fmt: skip


@needs(P.KEEP_TEXTS)
@require_safe
def agreement(request: Request) -> HttpResponse:
    said = asked(request)
    rows = said.reader.sources().filter(is_blind=True).prefetch_related("readings").order_by("label")
    doubled = agreeing.double_coded(rows)
    groups = agreeing.coders_of(doubled)
    book, kind = said.book, _kind(request)
    measured = [(coders, agreeing.agreement(doubled, coders, book, kind) if book else []) for coders in groups]
    page = {
        "filters": _filters(request, said.books, said.book), "unit": UNITS[_kind(request)], "unit_code": _kind(request),
        "measured": measured, "texts": doubled, "book": said.book, "seed": agreeing.SEED,
        "waiting": [(one, still_reading(one)) for one in rows if one not in doubled],
    }  # fmt: skip
    return render(request, "narratives/agreement.html", page)


def _chosen(request: Request, used: dict[Codebook, int]) -> Codebook | None:
    """The codebook of the address; else the first in which the coders still differ."""
    wanted = request.GET.get("book", "")
    named = next((book for book in used if str(book.pk) == wanted), None)
    return named or next((book for book, n in used.items() if n), None) or next(iter(used), None)


@needs(P.CODE_TEXTS)
@require_safe
def differences(request: Request, source: UUID) -> HttpResponse:
    by = reader(request)
    found = by.one(source, words=True)
    if not agreeing.all_done(found):
        raise problems.NotYetDone(waiting=", ".join(still_reading(found)) or "–")
    kind, used = _kind(request), agreeing.open_by_book(found, _kind(request))
    book = _chosen(request, used)
    rows = agreeing.differences(found, book, kind) if book else []
    page = {
        "source": found, "rows": list(enumerate(rows)), "n_open": sum(one.settled is None for one in rows),
        "filters": _filters(request, list(used), book), "book": book, "unit_code": kind, "may_keep": by.may_keep,
        "first_open": next((n for n, one in enumerate(rows) if one.settled is None), None),
        "elsewhere": [(one, n) for one, n in used.items() if n and one != book],
    }  # fmt: skip
    return render(request, "narratives/differences.html", page)


@needs(P.KEEP_TEXTS)
@require_POST
def settle(request: Request, source: UUID) -> HttpResponse:
    """Decide one difference, or finish when none is open."""
    found = reader(request).one(source, words=True)
    wanted = request.POST.get("book", "")
    book = codebooks.one(request.programme, int(wanted)) if wanted.isdecimal() else None
    if book is None:
        raise problems.NoSuchCodebook
    kind, at = _kind(request), clock.now()
    if "finish" in request.POST:
        made = settling.finish(source=found, kind=kind, by=request.person, at=at)
        messages.success(request, gettext("Settled: {n} codings count in results.").format(n=len(made)))
    else:
        _one(request, found, book, kind)
    here = reverse("narratives:differences", args=[request.programme.code, found.pk])
    return redirect(f"{here}?book={book.pk}&unit={kind}#next")


def _one(request: Request, found: Any, book: Codebook, kind: str) -> None:
    number = request.POST.get("unit_number", "")
    code = Code.objects.filter(codebook=book, pk=request.POST.get("code") or 0).first()
    units = {str(unit.start): unit for unit in agreeing.units_of(found, kind)}
    if code is None or number not in units:
        raise problems.NoSuchCode(code=request.POST.get("code", ""))
    settling.settle(source=found, unit=units[number], kind=kind, code=code, applies="applies" in request.POST,
                    note=request.POST.get("note", ""), by=request.person, at=clock.now())  # fmt: skip
