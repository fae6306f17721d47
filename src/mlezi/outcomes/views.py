"""Outcomes of people and their times in employment: lists, one typed in."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mlezi.outcomes import actions, queries
from mlezi.outcomes.forms import NewOutcome
from mlezi.people.models import Post
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.plumbing.tables import Column, Table
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import cadres
from mlezi.programmes.queries.participants import participants

OUTCOMES = Table(
    name="person-outcomes",
    columns=(
        Column("person", _("Person"), lambda row: row.person.name, sort=("person__name",)),
        Column("kind", _("Kind"), lambda row: row.kind.replace("_", " "), sort=("kind",)),
        Column("label", _("Title"), lambda row: row.label, sort=("label",)),
        Column("day", _("Day"), lambda row: row.on_day, sort=("on_day",)),
        Column("due", _("Due"), lambda row: row.due_on, sort=("due_on",)),
        Column("value", _("Value"), lambda row: row.value, sort=("value",), numeric=True),
        Column("unit", _("Unit"), lambda row: row.unit),
        Column("source", _("From"), lambda row: gettext("a form") if row.submission_id else gettext("typed or a list")),
    ),
    search=("person__name", "kind", "label"),
    sort="-day",
    empty=_("Bring in a list of what became of people, type one in, or let a form ask for it."),
)
REASONS = dict(Post.Reason.choices)
EMPLOYMENT = Table(
    name="employment",
    columns=(
        Column("person", _("Person"), lambda row: row.person.name, sort=("person__name",)),
        Column("place", _("Facility"), lambda row: row.place.name, sort=("place__name",)),
        Column("cadre", _("Cadre"), lambda row: row.cadre, sort=("cadre",)),
        Column("begin", _("From"), lambda row: row.from_on, sort=("from_on",)),
        Column("end", _("To"), lambda row: row.to_on, sort=("to_on",)),
        Column("reason", _("Why it ended"), lambda row: REASONS.get(row.reason, row.reason)),
    ),
    search=("person__name", "place__name"),
    sort="-begin",
    empty=_("Bring in a list of who worked where, from when to when."),
)


@needs(P.MANAGE_PEOPLE)
@require_safe
def listing(request: Request) -> HttpResponse:
    rows = queries.outcomes(request.scope, request.programme)
    return OUTCOMES.answer(request, rows, "outcomes/list.html", of="person_outcomes")


@needs(P.MANAGE_PEOPLE)
@require_safe
def employment(request: Request) -> HttpResponse:
    rows = queries.employment(request.scope, request.programme)
    return cadres.named_in(EMPLOYMENT, request.programme).answer(request, rows, "outcomes/list.html", of="employment")


@needs(P.MANAGE_PEOPLE)
def new(request: Request) -> HttpResponse:
    people = {one.pk: one for one in participants(request.scope, request.programme).order_by("name")}

    def do(asked: dict[str, Any]) -> None:
        person = people[asked.pop("person")]
        actions.note(programme=request.programme, person=person, by=request.person, at=clock.now(), **asked)

    choices = [(pk, one.name) for pk, one in people.items()]
    return ask(
        request, partial(NewOutcome, people=choices), do,
        back=reverse("person_outcomes:list", args=[request.programme.code]),
        title=gettext("Write down an outcome"), submit=gettext("Write down"), up=gettext("Outcomes of people"),
        done=gettext("Written down."),
    )  # fmt: skip
