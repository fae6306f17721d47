"""One scenario: its answer as a picture, every pair with its reasons, the certificate, changes by hand, publishing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mlezi.matching import problems
from mlezi.matching.actions import publishing
from mlezi.matching.actions import scenarios as actions
from mlezi.matching.models import Proposal, Scenario
from mlezi.matching.pictures import answer, choosing, compare
from mlezi.matching.queries import identity, rounds
from mlezi.matching.sentences import instead, sentence, told
from mlezi.plumbing import clock
from mlezi.plumbing.problems import NotAllowed
from mlezi.plumbing.tables import Column, Table
from mlezi.plumbing.templatetags.furniture import hours
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P


@needs(P.MANAGE_PAIRINGS)
@require_safe
def one(request: Request, uid: UUID, number: int) -> HttpResponse:
    scenario = rounds.scenario(request.programme, uid, number)
    if not scenario.is_done:
        is_part = bool(request.headers.get("HX-Request"))
        return render(request, f"matching/{'parts/progress' if is_part else 'running'}.html", {"scenario": scenario})
    proposals = list(rounds.proposals(scenario, request.scope).order_by("mentor__name", "mentee__name"))
    loads = list(scenario.loads.select_related("mentor").order_by("mentor__name"))
    titles = answer.titles_of(request.programme)
    left = [(row.mentee, [sentence(one, titles) for one in row.reasons])
            for row in rounds.left_over(scenario, request.scope)]  # fmt: skip
    context = {
        "scenario": scenario,
        "few": _lines(request, scenario, proposals) if len(proposals) <= FEW else [],
        "figures": answer.figures(scenario),
        "map": answer.pairs_map(proposals, scenario),
        "quality": answer.quality(scenario),
        "load": answer.load(loads),
        "recruiting": answer.recruiting(loads),
        "left_over": left,
        "choices": scenario.choices.select_related("mentee", "mentor").order_by("id"),
        "may_publish": rounds.keeps_rounds(request.scope, request.programme),
        "n_new": scenario.summary["pairs"] - scenario.summary["kept"],
        "policy": identity.policy_of(request.programme),
    }
    return render(request, "matching/scenario.html", context)


FEW = 12
"""So many pairs are named on the scenario's own page."""


@dataclass(frozen=True)
class Line:
    """A pair in words."""

    pair: Proposal
    why: str
    address: str


PAIRS = Table(
    name="proposals",
    columns=(
        Column("mentee", _("Mentee"), lambda row: row.pair.mentee.name, link=lambda row: row.address),
        Column("mentor", _("Mentor"), lambda row: row.pair.mentor.name),
        Column("score", _("Points of 100"), lambda row: round(row.pair.score * 100), numeric=True),
        Column("way", _("The way"), lambda row: hours(row.pair.minutes)),
        Column("why", _("Why"), lambda row: row.why, prose=True),
    ),
    search=("mentee", "mentor"),
    sort="mentor",
)


@needs(P.MANAGE_PAIRINGS)
@require_safe
def pairs(request: Request, uid: UUID, number: int) -> HttpResponse:
    scenario = _done(request, uid, number)
    lines = _lines(request, scenario, rounds.proposals(scenario, request.scope))
    return PAIRS.answer(request, lines, "matching/pairs.html", scenario=scenario)


@needs(P.MANAGE_PAIRINGS)
@require_safe
def person(request: Request, uid: UUID, number: int, who: UUID) -> HttpResponse:
    scenario = _done(request, uid, number)
    context = {"scenario": scenario, **choosing.of_mentee(scenario, who, request.scope, typed=request.GET.get("q", ""))}
    return render(request, "matching/person.html", context)


@needs(P.MANAGE_PAIRINGS)
@require_POST
def choose(request: Request, uid: UUID, number: int, who: UUID) -> HttpResponse:
    scenario = _done(request, uid, number)
    mentee, mentor = choosing.both(scenario, who, request.POST.get("mentor", ""), request.scope)
    child = actions.change_by_hand(
        scenario=scenario, mentee=mentee, mentor=mentor, verb=request.POST.get("verb", "together"), by=request.person,
        at=clock.now(), note=request.POST.get("note", ""),
    )  # fmt: skip
    return redirect(compare.address(child))


@needs(P.MANAGE_PAIRINGS)
@require_safe
def certificate(request: Request, uid: UUID, number: int) -> HttpResponse:
    scenario = _done(request, uid, number)
    if request.GET.get("format") == "json" and not scenario.settings.get("use_identity"):
        answer_ = HttpResponse(bytes(scenario.result or b""), content_type="application/json")
        answer_["Content-Disposition"] = f'attachment; filename="certificate-{scenario.number}.json"'
        return answer_
    settings_ = json.dumps(scenario.settings, indent=1, sort_keys=True)
    context = {"scenario": scenario, "told": scenario.summary, "settings": settings_, "proof": compare.proof}
    return render(request, "matching/certificate.html", context)


@needs(P.MANAGE_PAIRINGS)
@require_POST
def stop(request: Request, uid: UUID, number: int) -> HttpResponse:
    scenario = rounds.scenario(request.programme, uid, number)
    actions.stop(scenario=scenario, by=request.person, at=clock.now())
    return redirect(compare.address(scenario))


@needs(P.MANAGE_PAIRINGS)
@require_POST
def publish(request: Request, uid: UUID, number: int) -> HttpResponse:
    if not rounds.keeps_rounds(request.scope, request.programme):
        raise NotAllowed(needed=P.MANAGE_PAIRINGS.value)
    scenario = rounds.scenario(request.programme, uid, number)
    made = publishing.publish(scenario=scenario, by=request.person, at=clock.now())
    said = ngettext("{n} request was sent.", "{n} requests were sent.", len(made)).format(n=len(made))
    messages.success(request, f"{said} {gettext('Mentors see them on their page.')}")
    return redirect("matching:round", request.programme.code, scenario.round.uid)


def _lines(request: Request, scenario: Scenario, rows: Iterable[Proposal]) -> list[Line]:
    titles = answer.titles_of(request.programme)
    return [
        Line(
            row,
            f"{told(row.reasons, titles)} {instead(row.reasons, titles)}".strip(),
            f"{compare.address(scenario)}{row.mentee.uid}/",
        )
        for row in rows
    ]


def _done(request: Request, uid: UUID, number: int) -> Scenario:
    scenario = rounds.scenario(request.programme, uid, number)
    if not scenario.is_done:
        raise problems.NotFinished(number=number)
    return scenario
