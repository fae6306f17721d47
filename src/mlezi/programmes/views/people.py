"""People as those see them who keep them in order: list, facts, posts, taking part."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mlezi.people.actions import persons, posts
from mlezi.people.models import Person
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.plumbing.tables import Column, Filter, Table
from mlezi.plumbing.words import worded
from mlezi.programmes import problems, queries
from mlezi.programmes.actions import enrolments
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.forms.people import Ending, Enrolling, Leaving, NewPerson, PersonFacts, Transfer
from mlezi.programmes.models import Enrolment
from mlezi.programmes.permissions import ROLES
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import cadres
from mlezi.programmes.queries import people as listed

PARTS = {"mentee": _("mentee"), "mentor": _("mentor"), "registered": _("on the register")}


def _parts(row: Any) -> str:
    running = [str(PARTS[one.part]) for one in row.parts if one.to_on is None]
    return ", ".join(dict.fromkeys(running)) or (gettext("no longer") if row.parts else "")


def _since(row: Any) -> Any:
    return row.parts[0].from_on if row.parts else None


def _takes_part(rows: Any, chosen: str) -> Any:
    """What somebody is in another programme is not asked here."""
    here = Enrolment.objects.filter(person=OuterRef("pk"), programme__code=OuterRef("of"))
    if chosen == "left":
        return rows.filter(Exists(here), ~Exists(here.filter(to_on=None)))
    return rows.filter(Exists(here.filter(part=chosen, to_on=None)))


def _cadres(request: HttpRequest) -> list[tuple[str, str]]:
    programme = request.programme  # type: ignore[attr-defined]
    return [
        ("", gettext("all")),
        *((one["code"], worded(one["title"])) for one in programme.blueprint.get("cadres", [])),
    ]


PEOPLE = Table(
    name="people",
    columns=(
        Column(
            "name",
            _("Name"),
            lambda row: row.name,
            link=lambda row: _of(row.of, row) if row.is_kept else "",
            sort=("name",),
        ),
        Column("code", _("Staff number"), lambda row: row.code, sort=("code",)),
        Column("cadre", _("Cadre"), lambda row: row.cadre, sort=("cadre",)),
        Column("place", _("Works at"), lambda row: row.place_name, sort=("place_name",)),
        Column("district", _("Lies in"), lambda row: row.district_name, sort=("district_name",)),
        Column("part", _("Takes part as"), _parts),
        Column("since", _("Since"), _since),
        Column("phone", _("Telephone"), lambda row: row.phone),
        Column("email", _("E-mail"), lambda row: row.email, in_page=False),
        Column("languages", _("Languages"), lambda row: ", ".join(row.languages), in_page=False),
        Column("account", _("Account"), lambda row: row.has_account, in_page=False),
        Column("uid", _("Identifier"), lambda row: str(row.uid), in_page=False),
    ),
    filters=(
        Filter(
            "part",
            _("Takes part as"),
            lambda request: [("", _("all")), *PARTS.items(), ("left", _("no longer"))],
            _takes_part,
        ),
        Filter("cadre", _("Cadre"), _cadres, lambda rows, chosen: rows.filter(cadre=chosen)),
    ),
    search=("name", "code", "phone", "place_name", "district_name"),
    sort="name",
    empty=_("Bring in a list of people, or add the first."),
)


@needs(P.SEE_PEOPLE)
@require_safe
def listing(request: Request) -> HttpResponse:
    manages = P.MANAGE_PEOPLE in request.permissions
    rows = listed.listed(request.scope, request.programme, keeps=manages)
    table = cadres.named_in(PEOPLE, request.programme)
    return table.answer(request, rows, "programmes/people.html", manages=manages)


@needs(P.MANAGE_PEOPLE)
@require_safe
def person(request: Request, uid: UUID) -> HttpResponse:
    found = listed.one(request.scope, request.programme, uid)
    context = {
        "person": found,
        "cadre": cadres.title(request.programme, found.cadre),
        "posts": found.posts.select_related("place__parent").order_by("-from_on", "-id"),
        "enrolments": Enrolment.objects.filter(person=found, programme=request.programme).order_by("-from_on"),
        "roles": [gettext(ROLES[one.role].title) for one in queries.roles_of(found, request.programme)],
        "account": getattr(found, "account", None),
        "merges": found.merges_kept.filter(undone_at=None).select_related("absorbed"),
    }
    return render(request, "programmes/person.html", context)


@needs(P.MANAGE_PEOPLE)
def add(request: Request) -> HttpResponse:
    def do(given: dict[str, Any]) -> str:
        part, on = given.pop("part"), given["from_on"]
        made = persons.add(by=request.person, at=clock.now(), **given)
        enrolments.enrol(person=made, programme=request.programme, part=part, on=on, by=request.person, at=clock.now())
        return _of(request.programme.code, made)

    form = partial(NewPerson, programme=request.programme, scope=request.scope)
    back = reverse("people:list", args=[request.programme.code])
    words = {"title": gettext("Add a person"), "submit": gettext("Add"), "done": gettext("Added.")}
    return ask(request, form, do, back=back, up=gettext("People"), initial=_today(request, "from_on"), **words)


@needs(P.MANAGE_PEOPLE)
def edit(request: Request, uid: UUID) -> HttpResponse:
    found = listed.one(request.scope, request.programme, uid)

    def do(given: dict[str, Any]) -> None:
        persons.change(person=found, by=request.person, at=clock.now(), **given)

    initial = {name: getattr(found, name) for name in ("name", "code", "cadre", "phone", "email", "note")}
    initial["languages"] = ", ".join(found.languages)
    form = partial(PersonFacts, programme=request.programme)
    return _ask_about(request, found, form, do, gettext("Correct the facts"), initial=initial)


@needs(P.MANAGE_PEOPLE)
def transfer(request: Request, uid: UUID) -> HttpResponse:
    found = listed.one(request.scope, request.programme, uid)

    def do(given: dict[str, Any]) -> None:
        posts.transfer(person=found, by=request.person, at=clock.now(), **given)

    form = partial(Transfer, scope=request.scope)
    return _ask_about(request, found, form, do, gettext("They work somewhere else"), initial=_today(request))


@needs(P.MANAGE_PEOPLE)
def leave(request: Request, uid: UUID) -> HttpResponse:
    found = listed.one(request.scope, request.programme, uid)

    def do(given: dict[str, Any]) -> None:
        ends_part, on, reason = given.pop("ends_part"), given["on"], given["reason"]
        posts.leave(person=found, by=request.person, at=clock.now(), **given)
        if ends_part:
            _end_parts(request, found, on, reason)

    return _ask_about(request, found, Leaving, do, gettext("They left"), initial={**_today(request), "ends_part": True})


@needs(P.MANAGE_PEOPLE)
def come_back(request: Request, uid: UUID) -> HttpResponse:
    found = listed.one(request.scope, request.programme, uid)

    def do(given: dict[str, Any]) -> None:
        posts.come_back(person=found, by=request.person, at=clock.now(), **given)

    form = partial(Transfer, scope=request.scope)
    return _ask_about(request, found, form, do, gettext("They came back"), initial=_today(request))


@needs(P.MANAGE_PEOPLE)
def enrol(request: Request, uid: UUID) -> HttpResponse:
    found = listed.one(request.scope, request.programme, uid)

    def do(given: dict[str, Any]) -> None:
        enrolments.enrol(person=found, programme=request.programme, by=request.person, at=clock.now(), **given)

    form = partial(Enrolling, programme=request.programme)
    return _ask_about(request, found, form, do, gettext("They take part"), initial=_today(request))


@needs(P.MANAGE_PEOPLE)
def end(request: Request, uid: UUID) -> HttpResponse:
    found = listed.one(request.scope, request.programme, uid)

    def do(given: dict[str, Any]) -> None:
        if not _end_parts(request, found, given["on"], given["reason"]):
            raise problems.TakesNoPart(person=found)

    return _ask_about(request, found, Ending, do, gettext("They no longer take part"), initial=_today(request))


def _end_parts(request: Request, found: Person, on: Any, reason: str) -> int:
    running = Enrolment.objects.filter(person=found, programme=request.programme, to_on=None)
    for enrolment in running:
        enrolments.end(enrolment=enrolment, on=on, reason=reason, by=request.person, at=clock.now())
    return len(running)


def _ask_about(
    request: Request, found: Person, form: Any, do: Any, title: str, *, initial: dict[str, Any]
) -> HttpResponse:
    words = {"title": title, "lead": found.name, "up": found.name, "submit": gettext("Save"), "done": gettext("Saved.")}
    return ask(request, form, do, back=_of(request.programme.code, found), initial=initial, **words)


def _today(request: Request, field: str = "on") -> dict[str, Any]:
    return {field: clock.today(request.programme.time_zone)}


def _of(programme: str, found: Person) -> str:
    return reverse("people:person", args=[programme, found.uid])
