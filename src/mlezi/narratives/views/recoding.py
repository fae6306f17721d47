"""Making one code of two, and two of one."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext

from mlezi.narratives import problems
from mlezi.narratives.actions import codebooks, recoding
from mlezi.narratives.exchanging import slug
from mlezi.narratives.forms.codebooks import Merge, Split
from mlezi.narratives.models import Code
from mlezi.narratives.queries import quoting
from mlezi.narratives.views.asked import reader
from mlezi.narratives.views.codebooks import address, code_of, own_of
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.plumbing.words import worded
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P


@needs(P.KEEP_TEXTS)
def merge(request: Request, book: int, code: int) -> HttpResponse:
    found = code_of(request, own_of(request, book).pk, code)

    def do(given: dict[str, Any]) -> None:
        if given["into"] is None:
            raise problems.MergesIntoItself
        recoding.merge(code=found, into=given["into"], by=request.person, at=clock.now())

    words = {"submit": gettext("Merge"), "done": gettext("Merged."),
             "title": gettext("Merge “{code}” into another code").format(code=worded(found.title)),
             "lead": gettext("Its codings go along, whoever made them, and so does what stands under it.")}  # fmt: skip
    return ask(request, partial(Merge, book=found.codebook), do, back=address(request, found.codebook),
               up=worded(found.codebook.title), **words)  # fmt: skip


@needs(P.KEEP_TEXTS)
def split(request: Request, book: int, code: int) -> HttpResponse:
    found = code_of(request, own_of(request, book).pk, code)
    rows = {str(one.pk): one for one in quoting.of_code(reader(request), found)}

    def do(given: dict[str, Any]) -> None:
        with transaction.atomic():
            into = given["into"] or _beside(request, found, given)
            recoding.recode(code=found, into=into, codings=[rows[pk] for pk in given["codings"]], by=request.person,
                            at=clock.now())  # fmt: skip

    words = {"submit": gettext("Give them that code"), "done": gettext("Kept."),
             "title": gettext("Split “{code}”").format(code=worded(found.title)),
             "lead": gettext("Tick the quotes that belong to another code. The others stay.")}  # fmt: skip
    form = partial(Split, book=found.codebook, quotes=[(pk, quoting.as_line(one)) for pk, one in rows.items()])
    return ask(request, form, do, back=address(request, found.codebook), up=worded(found.codebook.title), **words)


def _beside(request: Request, code: Code, given: dict[str, Any]) -> Code:
    """A new code beside this one."""
    if not given["title"]:
        raise problems.CodeNeedsName
    words = {"en": given["when_to_use"]} if given["when_to_use"] else {}
    return codebooks.add_code(codebook=code.codebook, code=slug(given["title"]), parent=code.parent, when_to_use=words,
                              title={"en": given["title"]}, by=request.person, at=clock.now())  # fmt: skip
