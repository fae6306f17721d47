"""Places as those see them who keep them in order. What happens at a place stands on its own page."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mlezi.places import actions, outlines, queries
from mlezi.places.models import Level, Place
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.plumbing.tables import Column, Filter, Table
from mlezi.plumbing.words import worded
from mlezi.programmes.actions import sites
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.forms.files import Outlines
from mlezi.programmes.forms.places import Joining, LastDay, NewPlace, Parent, PlaceFacts
from mlezi.programmes.models import Site
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries.places import with_sites

FACTS = ("name", "kind", "ownership", "latitude", "longitude", "location_source", "opened_on", "note")


def _levels(request: HttpRequest) -> list[tuple[str, str]]:
    levels = [(level.code, worded(level.title).capitalize()) for level in Level.objects.order_by("-rank")]
    return [("", gettext("all")), *levels]


def _taking_part(rows: Any, chosen: str) -> Any:
    return rows.filter(is_site=chosen == "yes")


PLACES = Table(
    name="places",
    columns=(
        Column(
            "name",
            _("Name"),
            lambda row: row.name,
            link=lambda row: reverse("places:place", args=[row.of, row.code]),
            sort=("name",),
        ),
        Column("code", _("Code"), lambda row: row.code, sort=("code",)),
        Column("level", _("Level"), lambda row: worded(row.level.title).capitalize(), sort=("level__rank",)),
        Column("parent", _("Lies in"), lambda row: row.parent.name if row.parent else "", sort=("parent__name",)),
        Column("kind", _("Type"), lambda row: row.kind, sort=("kind",)),
        Column("ownership", _("Owner"), lambda row: row.ownership, in_page=False),
        Column("site", _("Takes part"), lambda row: row.is_site, sort=("is_site",)),
        Column("latitude", _("Latitude"), lambda row: row.latitude, in_page=False),
        Column("longitude", _("Longitude"), lambda row: row.longitude, in_page=False),
        Column("opened", _("Opened on"), lambda row: row.opened_on, in_page=False),
        Column("closed", _("Closed on"), lambda row: row.closed_on, sort=("closed_on",)),
        Column("note", _("Note"), lambda row: row.note),
    ),
    filters=(
        Filter("level", _("Level"), _levels, lambda rows, chosen: rows.filter(level__code=chosen)),
        Filter(
            "site", _("Takes part"), lambda request: [("", _("all")), ("yes", _("yes")), ("no", _("no"))], _taking_part
        ),
    ),
    search=("name", "code", "parent__name", "kind"),
    sort="name",
    empty=_("Bring in a list of facilities to begin."),
)


@needs(P.SEE_PLACES)
@require_safe
def listing(request: Request) -> HttpResponse:
    rows = with_sites(queries.visible_to(request.scope), request.programme)
    return PLACES.answer(request, rows, "programmes/places.html", manages=P.MANAGE_PLACES in request.permissions)


@needs(P.MANAGE_PLACES)
@require_safe
def place(request: Request, code: str) -> HttpResponse:
    found = queries.one(request.scope, code)
    context = {
        "place": found,
        "above": queries.ancestors(found),
        "sites": Site.objects.filter(programme=request.programme, place=found).order_by("from_on"),
        "codes": found.outside_codes.order_by("system"),
    }
    return render(request, "programmes/place.html", context)


@needs(P.MANAGE_PLACES)
def add(request: Request) -> HttpResponse:
    def do(given: dict[str, Any]) -> str:
        made = actions.add(by=request.person, at=clock.now(), **given)
        return _address(request, made)

    back = reverse("places:list", args=[request.programme.code])
    words = {"title": gettext("Add a place"), "submit": gettext("Add"), "done": gettext("Added.")}
    return ask(request, partial(NewPlace, scope=request.scope), do, back=back, up=gettext("Places"), **words)


@needs(P.MANAGE_PLACES)
def edit(request: Request, code: str) -> HttpResponse:
    found = queries.one(request.scope, code)

    def do(given: dict[str, Any]) -> None:
        actions.change(place=found, by=request.person, at=clock.now(), **given)

    initial = {name: getattr(found, name) for name in FACTS}
    return _ask_about(request, found, PlaceFacts, do, gettext("Correct the facts"), initial=initial)


@needs(P.MANAGE_PLACES)
def move(request: Request, code: str) -> HttpResponse:
    found = queries.one(request.scope, code)

    def do(given: dict[str, Any]) -> None:
        actions.move(place=found, parent=given["parent"], by=request.person, at=clock.now())

    return _ask_about(request, found, partial(Parent, scope=request.scope), do, gettext("Put it somewhere else"))


@needs(P.MANAGE_PLACES)
def close(request: Request, code: str) -> HttpResponse:
    found = queries.one(request.scope, code)

    def do(given: dict[str, Any]) -> None:
        actions.close(place=found, on=given["on"], by=request.person, at=clock.now())

    return _ask_about(request, found, LastDay, do, gettext("It closed"))


@needs(P.MANAGE_PLACES)
@require_POST
def reopen(request: Request, code: str) -> HttpResponse:
    found = queries.one(request.scope, code)
    actions.reopen(place=found, by=request.person, at=clock.now())
    return redirect(_address(request, found))


@needs(P.MANAGE_PLACES)
def join(request: Request, code: str) -> HttpResponse:
    found = queries.one(request.scope, code)

    def do(given: dict[str, Any]) -> None:
        sites.join(place=found, programme=request.programme, by=request.person, at=clock.now(), **given)

    initial = {"on": clock.today(request.programme.time_zone)}
    return _ask_about(request, found, Joining, do, gettext("It takes part"), initial=initial)


@needs(P.MANAGE_PLACES)
def leave(request: Request, code: str) -> HttpResponse:
    found = queries.one(request.scope, code)

    def do(given: dict[str, Any]) -> None:
        sites.leave(place=found, programme=request.programme, on=given["on"], by=request.person, at=clock.now())

    return _ask_about(request, found, LastDay, do, gettext("It no longer takes part"))


@needs(P.MANAGE_PLACES)
def draw(request: Request) -> HttpResponse:
    def do(given: dict[str, Any]) -> None:
        content = given.pop("file").read()
        drawn, unknown = outlines.draw(content=content, scope=request.scope, by=request.person, at=clock.now(), **given)
        messages.success(request, gettext("{n} outlines drawn.").format(n=len(drawn)))
        if unknown:
            messages.warning(request, gettext("Not known here: {names}.").format(names=", ".join(unknown[:20])))

    back = reverse("places:list", args=[request.programme.code])
    words = {"title": gettext("Bring in outlines"), "submit": gettext("Draw them")}
    return ask(request, Outlines, do, back=back, up=gettext("Places"), **words)


def _ask_about(request: Request, found: Place, form: Any, do: Any, title: str, **page: Any) -> HttpResponse:
    words = {"title": title, "lead": found.name, "up": found.name, "submit": gettext("Save"), "done": gettext("Saved.")}
    return ask(request, form, do, back=_address(request, found), **words, **page)


def _address(request: Request, found: Place) -> str:
    return reverse("places:place", args=[request.programme.code, found.code])
