"""The coordinator's lists beside the rounds: who waits, how active mentors are, how requests were answered."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mlezi.matching import problems
from mlezi.matching.actions import answering, profiles, rematching
from mlezi.matching.forms.mine import DECLINED
from mlezi.matching.forms.people import Facts, Leaving
from mlezi.matching.pictures import compare
from mlezi.matching.pictures import mentors as pictures
from mlezi.matching.queries import own, rounds, waiting
from mlezi.people.problems import NoSuchPerson
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.plumbing.tables import Column, Filter, Table
from mlezi.plumbing.words import badge
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import participants

WAITING = Table(
    name="waiting",
    columns=(
        Column("name", _("Mentee"), lambda row: row.person.name),
        Column("since", _("Waits since"), lambda row: row.since),
        Column("days", _("Days"), lambda row: row.days, numeric=True),
        Column("left_out", _("Rounds left out"), lambda row: row.left_out, numeric=True),
        Column("no_shows", _("Did not turn up"), lambda row: row.no_shows, numeric=True),
    ),
    search=("name",),
    empty=_("Nobody waits: every mentee has somebody or a request that is not answered yet."),
)


@needs(P.MANAGE_PAIRINGS)
@require_safe
def waits(request: Request) -> HttpResponse:
    rows = waiting.listed(request.scope, request.programme, on=clock.today(request.programme.time_zone))
    return WAITING.answer(request, rows, "matching/waiting.html")


MENTORS = Table(
    name="mentors",
    columns=(
        Column("name", _("Mentor"), lambda row: row.person.name, link=lambda row: row.address),
        Column("state", _("State"), lambda row: row.words, show=lambda row: badge(row.words, row.tone)),
        Column("last", _("Last met somebody"), lambda row: row.last_on),
        Column("here", _("Mentees here"), lambda row: row.here, numeric=True),
        Column("places", _("Places here"), lambda row: row.places, numeric=True),
        Column("held", _("People in all"), lambda row: row.held, numeric=True),
        Column("open", _("Requests open"), lambda row: row.open, numeric=True),
        Column("unanswered", _("Never answered"), lambda row: row.unanswered, numeric=True),
        Column("oriented", _("Oriented"), lambda row: row.oriented_on),
        Column(
            "leaves",
            _("When they leave"),
            lambda row: gettext("Find others") if row.here else "",
            show=pictures.leaving,
            in_file=False,
        ),
    ),
    filters=(
        Filter(
            "state",
            _("State"),
            lambda request: [("", _("all")), ("silent", _("silent")), ("open", _("with room"))],
            lambda row, chosen: row.is_silent if chosen == "silent" else row.tone == "good",
        ),
    ),
    search=("name",),
    sort="name",
    empty=_("Enrol people as mentors first."),
)


@needs(P.MANAGE_PAIRINGS)
def facts(request: Request, who: UUID) -> HttpResponse:
    found = participants(request.scope, request.programme).filter(uid=who).first()
    if found is None:
        raise NoSuchPerson

    def do(given: dict[str, Any]) -> None:
        profile = {name: given.pop(name) for name in ("line_manager", "oriented_on") if name in given}
        profiles.describe(person=found, by=request.person, at=clock.now(), **profile)
        profiles.agree(person=found, programme=request.programme, by=request.person, at=clock.now(), **given)

    parts = own.parts(found, request.programme)
    form = partial(Facts, scope=request.scope, programme=request.programme, person=found, parts=parts)
    words = {"title": found.name, "lead": gettext("What the next round should know."), "submit": gettext("Save")}
    back = reverse("matching:mentors", args=[request.programme.code])
    return ask(request, form, do, back=back, up=gettext("Mentors"), initial=own.facts(found, request.programme),
               done=gettext("Kept."), **words)  # fmt: skip


@needs(P.MANAGE_PAIRINGS)
def leaves(request: Request, who: UUID) -> HttpResponse:
    found = participants(request.scope, request.programme).filter(uid=who).first()
    if found is None:
        raise NoSuchPerson

    def do(given: dict[str, Any]) -> str:
        made = rematching.replace_mentor(
            mentor=found, programme=request.programme, scope=request.scope, by=request.person, at=clock.now(), **given
        )
        return compare.address(made)

    words = {"title": gettext("When {name} leaves").format(name=found.name), "submit": gettext("Find others")}
    lead = gettext("The best other mentor with a place for each of their mentees; all other pairs stay as they are.")
    back = reverse("matching:mentors", args=[request.programme.code])
    initial = {"last_on": clock.today(request.programme.time_zone)}
    return ask(request, Leaving, do, back=back, up=gettext("Mentors"), lead=lead, initial=initial, **words)


@needs(P.MANAGE_PAIRINGS)
@require_safe
def mentors(request: Request) -> HttpResponse:
    return MENTORS.answer(request, pictures.listed(request.scope, request.programme), "matching/mentors.html")


ANSWERS = {
    "": (_("not answered yet"), "wait"),
    "accepted": (_("accepted"), "good"),
    "declined": (_("declined"), "late"),
    "expired": (_("ran out of time"), "late"),
    "withdrawn": (_("taken back"), ""),
}


def _reason(row: Any) -> str:
    return " ".join(str(part) for part in (DECLINED.get(row.reason, ""), row.note) if part)


REQUESTS = Table(
    name="requests",
    columns=(
        Column("mentor", _("Mentor"), lambda row: row.mentor.name, sort=("mentor__name",)),
        Column("mentee", _("Mentee"), lambda row: row.mentee.name, sort=("mentee__name",)),
        Column(
            "answer",
            _("Answer"),
            lambda row: str(ANSWERS[row.answer][0]),
            show=lambda row: badge(*ANSWERS[row.answer]),
            sort=("answer",),
        ),
        Column("by", _("To answer by"), lambda row: row.expires_on, sort=("expires_on",)),
        Column("at", _("Answered"), lambda row: row.answered_at and row.answered_at.date(), sort=("answered_at",)),
        Column("why", _("Why"), _reason),
    ),
    filters=(
        Filter(
            "answer",
            _("Answer"),
            lambda request: [("", _("all")), ("open", ANSWERS[""][0]), *((k, v[0]) for k, v in ANSWERS.items() if k)],
            lambda rows, chosen: rows.filter(answer="" if chosen == "open" else chosen),
        ),
    ),
    search=("mentor__name", "mentee__name"),
    sort="mentor",
    empty=_("Nothing was published in this round yet."),
)


@needs(P.MANAGE_PAIRINGS)
@require_safe
def requests(request: Request, uid: UUID) -> HttpResponse:
    round_ = rounds.one(request.programme, uid)
    rows = rounds.requests(round_, request.scope)
    return REQUESTS.answer(request, rows, "matching/requests.html", round=round_)


@needs(P.MANAGE_PAIRINGS)
@require_POST
def take_back(request: Request, uid: UUID, asked: UUID) -> HttpResponse:
    round_ = rounds.one(request.programme, uid)
    found = rounds.requests(round_, request.scope).filter(uid=asked).first()
    if found is None:
        raise problems.NoSuchRound
    answering.withdraw(request=found, by=request.person, at=clock.now(), reason="coordinator")
    messages.success(request, gettext("Taken back."))
    return redirect(reverse("matching:requests", args=[request.programme.code, uid]))
