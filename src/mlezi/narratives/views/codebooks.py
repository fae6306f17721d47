"""Codebooks: what each code means, how often it is used, and changing them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mlezi.formats import qdpx
from mlezi.narratives import codebook_files, problems, shipped
from mlezi.narratives.actions import codebooks as actions
from mlezi.narratives.exchanging import book_from_qdc, book_to_qdc, slug
from mlezi.narratives.forms.codebooks import (
    BookFile,
    CodeFacts,
    Copy,
    Move,
    NewBook,
    NewCode,
    first_words,
    worded_facts,
)
from mlezi.narratives.models import Code, Codebook
from mlezi.narratives.queries import codebooks as queries
from mlezi.narratives.queries.history import history
from mlezi.narratives.views.asked import reader
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.plumbing.words import worded
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P


def book_of(request: Request, book: int) -> Codebook:
    found = queries.one(request.programme, book)
    if found is None:
        raise problems.NoSuchCodebook
    return found


def code_of(request: Request, book: int, code: int) -> Code:
    found = Code.objects.filter(codebook=book_of(request, book), pk=code).select_related("codebook").first()
    if found is None:
        raise problems.NoSuchCodebook
    return found


def address(request: Request, book: Codebook) -> str:
    return reverse("narratives:codebook", args=[request.programme.code, book.pk])


@needs(P.CODE_TEXTS)
@require_safe
def listing(request: Request) -> HttpResponse:
    rows = [(book, book.codes.filter(retired_at=None).count()) for book in queries.usable_in(request.programme)]
    away = list(Codebook.objects.filter(programme=request.programme).exclude(retired_at=None))
    have = {book.code for book, _ in rows}
    offered = [(code, worded(shipped.read(code).title)) for code in shipped.CODES if code not in have]
    page = {"books": rows, "offered": offered, "away": away, "may_keep": P.KEEP_TEXTS in request.permissions}
    return render(request, "narratives/codebooks.html", page)


@needs(P.CODE_TEXTS)
@require_safe
def codebook(request: Request, book: int) -> HttpResponse:
    found = book_of(request, book)
    use = queries.use(reader(request), found)
    codes = queries.codes_of(found, retired=True)
    names = queries.named(request.programme, codes)
    rows = [
        (code, use.get(code.pk, 0), code.path.count("."), [
            {**one, "name": names[f"{one['codebook']}: {one['path']}"]} for one in code.maps_to
        ])
        for code in codes
    ]  # fmt: skip
    page = {
        "book": found, "rows": rows, "versions": history(found),
        "may_change": P.KEEP_TEXTS in request.permissions and found.programme_id == request.programme.pk,
        "may_keep": P.KEEP_TEXTS in request.permissions,
    }  # fmt: skip
    return render(request, "narratives/codebook.html", page)


@needs(P.KEEP_TEXTS)
def make(request: Request) -> HttpResponse:
    def do(given: dict[str, Any]) -> str:
        made = actions.make(programme=request.programme, code=given["code"] or slug(given["title"]),
                            title={"en": given["title"]}, source=given["source"],
                            by=request.person, at=clock.now())  # fmt: skip
        return address(request, made)

    back = reverse("narratives:codebooks", args=[request.programme.code])
    return ask(request, NewBook, do, back=back, up=gettext("Codebooks"), title=gettext("A new codebook"),
               submit=gettext("Make it"))  # fmt: skip


@needs(P.KEEP_TEXTS)
@require_POST
def take(request: Request, code: str) -> HttpResponse:
    """Take one of the codebooks that come with Mlezi; it is kept for all programmes."""
    if code not in shipped.CODES:
        raise problems.NoSuchCodebook
    actions.bring_in(file=shipped.read(code), name=f"{code}.yaml", programme=None, by=request.person, at=clock.now())
    return redirect("narratives:codebooks", request.programme.code)


@needs(P.KEEP_TEXTS)
def bring_in(request: Request) -> HttpResponse:
    def do(given: dict[str, Any]) -> str:
        file = given["file"]
        content = file.read()
        known: dict[str, Any] = {"name": file.name, "programme": request.programme, "by": request.person}
        if file.name.lower().endswith(".qdc"):
            made, _ = actions.extend(file=book_from_qdc(content, file.name), at=clock.now(), **known)
        else:
            made = actions.bring_in(file=codebook_files.read(content), at=clock.now(), **known)
        return address(request, made)

    back = reverse("narratives:codebooks", args=[request.programme.code])
    return ask(request, BookFile, do, back=back, up=gettext("Codebooks"), title=gettext("Bring in a codebook"),
               submit=gettext("Bring in"))  # fmt: skip


@needs(P.CODE_TEXTS)
@require_safe
def download(request: Request, book: int) -> HttpResponse:
    found = book_of(request, book)
    name = f'attachment; filename="{found.code}.qdc"'
    return HttpResponse(book_to_qdc(found), content_type=qdpx.QDC_TYPE, headers={"Content-Disposition": name})


@needs(P.KEEP_TEXTS)
def copy(request: Request, book: int) -> HttpResponse:
    found = book_of(request, book)

    def do(given: dict[str, Any]) -> str:
        made = actions.copy(codebook=found, programme=request.programme, code=given["code"], by=request.person,
                            at=clock.now())  # fmt: skip
        return address(request, made)

    return ask(request, Copy, do, back=address(request, found), up=worded(found.title), submit=gettext("Copy"),
               title=gettext("Copy it into this programme"), initial={"code": found.code})  # fmt: skip


@needs(P.KEEP_TEXTS)
@require_POST
def share(request: Request, book: int) -> HttpResponse:
    found = book_of(request, book)
    if found.programme_id != request.programme.pk:
        raise problems.NoSuchCodebook
    actions.share(codebook=found, shared=not found.is_shared, by=request.person, at=clock.now())
    return redirect(address(request, found))


@needs(P.KEEP_TEXTS)
@require_POST
def put_away(request: Request, book: int) -> HttpResponse:
    """Nobody chooses from it any more; its codings stay. Done again, it is back."""
    found = own_of(request, book)
    actions.put_away(codebook=found, away=found.retired_at is None, by=request.person, at=clock.now())
    return redirect("narratives:codebooks", request.programme.code)


@needs(P.KEEP_TEXTS)
def add(request: Request, book: int) -> HttpResponse:
    found = own_of(request, book)

    def do(given: dict[str, Any]) -> None:
        short = given["code"] or slug(given["title"])
        actions.add_code(codebook=found, code=short, parent=given["parent"], is_inductive=given["inductive"],
                         by=request.person, at=clock.now(), **worded_facts(given))  # fmt: skip

    initial = {"parent": request.GET.get("under", "")}
    return ask(request, partial(NewCode, book=found), do, back=address(request, found), up=worded(found.title),
               title=gettext("A new code"), submit=gettext("Add"), initial=initial)  # fmt: skip


@needs(P.KEEP_TEXTS)
def change(request: Request, book: int, code: int) -> HttpResponse:
    found = code_of(request, own_of(request, book).pk, code)

    def do(given: dict[str, Any]) -> None:
        actions.change_code(code=found, by=request.person, at=clock.now(), **worded_facts(given, found))

    return ask(request, CodeFacts, do, back=address(request, found.codebook), up=worded(found.codebook.title),
               title=worded(found.title), submit=gettext("Keep"), initial=first_words(found))  # fmt: skip


@needs(P.KEEP_TEXTS)
def move(request: Request, book: int, code: int) -> HttpResponse:
    found = code_of(request, own_of(request, book).pk, code)

    def do(given: dict[str, Any]) -> None:
        actions.move_code(code=found, under=given["under"], by=request.person, at=clock.now())

    return ask(request, partial(Move, book=found.codebook), do, back=address(request, found.codebook),
               up=worded(found.codebook.title), title=gettext("Put it somewhere else"), submit=gettext("Move"),
               initial={"under": found.parent_id})  # fmt: skip


@needs(P.KEEP_TEXTS)
@require_POST
def retire(request: Request, book: int, code: int) -> HttpResponse:
    found = code_of(request, own_of(request, book).pk, code)
    actions.retire_code(code=found, by=request.person, at=clock.now())
    return redirect(address(request, found.codebook))


def own_of(request: Request, book: int) -> Codebook:
    """A codebook of this programme. One that is shared by others is changed in a copy."""
    found = book_of(request, book)
    if found.programme_id != request.programme.pk:
        raise problems.CodebookIsShared(title=worded(found.title))
    return found
