"""Who has which role, and what each role sees."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.plumbing.problems import NotFound
from mlezi.plumbing.tables import Column, Filter, Table
from mlezi.plumbing.words import badge
from mlezi.programmes import matrix, problems, queries
from mlezi.programmes.actions import roles
from mlezi.programmes.doors import Request, needs, takes_part
from mlezi.programmes.forms.roles import Assigning
from mlezi.programmes.permissions import ROLES
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries.assignments import listed


def _title(code: str) -> str:
    return gettext(ROLES[code].title) if code in ROLES else code


def _roles(request: HttpRequest) -> list[tuple[str, str]]:
    return [("", gettext("all")), *((code, gettext(role.title)) for code, role in ROLES.items())]


def _running(rows: Any, chosen: str) -> Any:
    today = clock.today()
    return rows.filter(queries.running_on(today)) if chosen == "now" else rows.exclude(queries.running_on(today))


ASSIGNMENTS = Table(
    name="roles",
    columns=(
        Column("person", _("Person"), lambda row: row.person.name, sort=("person__name",)),
        Column("role", _("Role"), lambda row: _title(row.role), sort=("role",)),
        Column(
            "place",
            _("Over"),
            lambda row: row.place.name if row.place else gettext("everything"),
            sort=("place__name",),
        ),
        Column("from", _("Since"), lambda row: row.from_on, sort=("from_on",)),
        Column("to", _("Until"), lambda row: row.to_on, sort=("to_on",)),
    ),
    filters=(
        Filter("role", _("Role"), _roles, lambda rows, chosen: rows.filter(role=chosen)),
        Filter(
            "held",
            _("Held"),
            lambda request: [("now", _("now")), ("past", _("in the past")), ("", _("ever"))],
            _running,
            default="now",
        ),
    ),
    search=("person__name", "place__name"),
    sort="person",
)


@needs(P.MANAGE_PROGRAMME)
@require_safe
def listing(request: Request) -> HttpResponse:
    rows = listed(request.scope, request.programme)
    running = [row for row in rows.filter(to_on=None).order_by("person__name") if row.role not in ("mentee", "mentor")]
    for row in running:
        row.words = f"{row.person.name}: {_title(row.role)}"  # type: ignore[attr-defined]
    return ASSIGNMENTS.answer(request, rows, "programmes/roles.html", running=running)


@needs(P.MANAGE_PROGRAMME)
def assign(request: Request) -> HttpResponse:
    def do(given: dict[str, Any]) -> None:
        wanted = ROLES[given["role"]]
        if not queries.may_give(request.person, wanted, programme=request.programme, place=given["place"]):
            raise problems.GivesMoreThanYouHave(role=gettext(wanted.title))
        roles.assign(programme=request.programme, by=request.person, at=clock.now(), **given)

    form = partial(Assigning, scope=request.scope, programme=request.programme)
    initial = {"on": clock.today(request.programme.time_zone)}
    words = {"title": gettext("Give a role"), "submit": gettext("Give it"), "done": gettext("Given.")}
    notes = [(gettext(role.title), gettext(role.sentence)) for role in ROLES.values()]
    back = reverse("programmes:roles", args=[request.programme.code])
    words |= {"up": gettext("Roles"), "notes_title": gettext("What the roles mean")}
    return ask(request, form, do, back=back, initial=initial, notes=notes, **words)


@needs(P.MANAGE_PROGRAMME)
@require_POST
def end(request: Request) -> HttpResponse:
    chosen = request.POST.get("assignment", "")
    found = listed(request.scope, request.programme).filter(pk=int(chosen) if chosen.isdecimal() else 0).first()
    if found is None:
        raise NotFound
    on = max(clock.today(request.programme.time_zone), found.from_on)
    roles.end(assignment=found, on=on, by=request.person, at=clock.now())
    return redirect("programmes:roles", request.programme.code)


def _cell(permission: P, code: str) -> object:
    reach = matrix.reach(ROLES[code], permission)
    words, tone = matrix.WORDS[reach]
    return badge(words, tone) if reach is not matrix.Reach.NOTHING else ""


def _column(code: str) -> Column:
    title = gettext(ROLES[code].title)
    words = lambda row: gettext(matrix.WORDS[matrix.reach(ROLES[code], row)][0])  # noqa: E731
    return Column(code, title, words, show=lambda row: _cell(row, code))


@takes_part
@require_safe
def who_sees_what(request: Request) -> HttpResponse:
    columns = [Column("what", gettext("What"), lambda row: gettext(row.value)), *(_column(code) for code in ROLES)]
    table = Table(name="who-sees-what", columns=tuple(columns), page_size=100)
    sentences = [(gettext(role.title), gettext(role.sentence)) for role in ROLES.values()]
    return table.answer(request, list(P), "programmes/who_sees_what.html", sentences=sentences)
