"""Entries that look alike: a coordinator says whether they are one person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mlezi.people.actions import merging
from mlezi.people.models import Merge, Person
from mlezi.people.problems import NoSuchPerson
from mlezi.plumbing import clock
from mlezi.plumbing.tables import Column, Table
from mlezi.programmes import problems, queries
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import people
from mlezi.programmes.queries.duplicates import Pair, look_alikes

REASONS = {
    "phone": _("same telephone"),
    "place": _("same place"),
    "name": _("same name"),
    "visit": _("one was written down on a visit"),
}


def _why(pair: Pair) -> str:
    return ", ".join(str(REASONS[code]) for code in pair.reasons)


def _words(person: Any) -> str:
    return " · ".join(filter(None, [person.name, person.place_name, person.phone]))


def _address(pair: Pair) -> str:
    of = pair.kept.of  # type: ignore[attr-defined]
    return reverse("people:compare", args=[of, pair.kept.uid, pair.absorbed.uid])


PAIRS = Table(
    name="look-alikes",
    columns=(
        Column("kept", _("This entry"), lambda pair: _words(pair.kept), link=_address),
        Column("absorbed", _("and this one"), lambda pair: _words(pair.absorbed)),
        Column("likeness", _("Likeness of the names"), lambda pair: f"{pair.likeness:.0%}", numeric=True),
        Column("why", _("What they share"), _why),
    ),
    empty=_("No two entries look like one person."),
)


@needs(P.MANAGE_PEOPLE)
@require_safe
def listing(request: Request) -> HttpResponse:
    rows = look_alikes(request.scope, request.programme)
    return PAIRS.answer(request, rows, "programmes/look_alikes.html")


@needs(P.MANAGE_PEOPLE)
def compare(request: Request, kept: UUID, absorbed: UUID) -> HttpResponse:
    """Both entries side by side; the answer is one of three."""
    ends = [people.one(request.scope, request.programme, uid) for uid in (kept, absorbed)]
    if request.method != "POST":
        both = [{"person": end, "posts": end.posts.select_related("place")} for end in ends]
        return render(request, "programmes/compare.html", {"both": both})
    by, at = request.person, clock.now()
    if request.POST.get("answer") == "apart":
        merging.keep_apart(one=ends[0], other=ends[1], by=by, at=at)
        return redirect("people:duplicates", request.programme.code)
    _check_rights(request, ends)
    if request.POST.get("answer") == "other":
        ends.reverse()
    merging.merge(kept=ends[0], absorbed=ends[1], by=by, at=at, note=request.POST.get("note", ""))
    messages.success(request, gettext("They are one person now. You can undo it on this page."))
    return redirect("people:person", request.programme.code, ends[0].uid)


@needs(P.MANAGE_PEOPLE)
@require_POST
def undo(request: Request, merge: int) -> HttpResponse:
    found = Merge.objects.select_related("kept").filter(pk=merge, undone_at=None).first()
    if found is None:
        raise NoSuchPerson
    kept = people.one(request.scope, request.programme, found.kept.uid)
    _check_rights(request, [kept])
    merging.undo(merge=found, by=request.person, at=clock.now())
    return redirect("people:person", request.programme.code, kept.uid)


def _check_rights(request: Request, ends: list[Person]) -> None:
    """Roles and the account go along, so nobody merges an entry that may more than they themselves."""
    for end in ends:
        if queries.may_more(end, than=request.person):
            raise problems.MayMoreThanYou(person=end)
