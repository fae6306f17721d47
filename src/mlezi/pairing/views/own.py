"""The pages of a pair's own two people: where they stand, what they hand over, what a sponsor did."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mlezi.pairing import actions, problems, queries
from mlezi.pairing.forms import ACTS, KINDS, STEP_HINTS, STEPS, Act, Farewell, Outcome
from mlezi.pairing.models import Pairing, Phase
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.programmes.doors import Request, takes_part


def _own(request: Request, uid: UUID) -> Pairing:
    found = queries.own(request.person, request.programme).filter(uid=uid).first()
    if found is None:
        raise problems.NoSuchPairing
    return found


@takes_part
@require_safe
def one(request: Request, uid: UUID) -> HttpResponse:
    pair = _own(request, uid)
    step = queries.step_of(pair)
    is_guide = pair.guide_id == request.person.pk
    order = list(STEPS)
    context = {
        "pair": pair,
        "other": pair.learner if is_guide else pair.guide,
        "is_guide": is_guide,
        "words": KINDS[pair.kind],
        "steps": [(code, STEPS[code], STEP_HINTS[code], order.index(code) <= order.index(step)) for code in order],
        "step": step,
        "left": queries.left_for(pair, request.person),
        "acts": [(act, ACTS[act.what]) for act in pair.acts.all()],
    }
    return render(request, "pairing/one.html", context)


@takes_part
@require_POST
def move_on(request: Request, uid: UUID) -> HttpResponse:
    step = request.POST.get("step", "")
    today = clock.today(request.programme.time_zone)
    pair = _own(request, uid)
    if step in Phase.Step.values:
        actions.move_on(pairing=pair, step=step, on=today, by=request.person, at=clock.now())
        messages.success(request, gettext("Noted."))
    return redirect("pairing:one", request.programme.code, pair.uid)


@takes_part
def farewell(request: Request, uid: UUID) -> HttpResponse:
    pair = _own(request, uid)

    def do(given: dict[str, Any]) -> None:
        text = given.pop("text")
        actions.end(pairing=pair, by=request.person, at=clock.now(), **given)
        if text:
            actions.hand_over(pairing=pair, text=text, by=request.person, at=clock.now())

    words = {"title": gettext("End this relationship"), "submit": gettext("End it"), "done": gettext("Ended.")}
    words["lead"] = gettext("People change places, goals are reached. You can be paired again at any time.")
    initial = {"on": clock.today(request.programme.time_zone)}
    return ask(request, Farewell, do, back=_address(pair), up=gettext("Us two"), initial=initial, **words)


@takes_part
def act(request: Request, uid: UUID) -> HttpResponse:
    pair = _own(request, uid)
    if pair.guide_id != request.person.pk:
        raise problems.NoSuchPairing

    def do(given: dict[str, Any]) -> None:
        actions.note_act(pairing=pair, by=request.person, at=clock.now(), **given)

    words = {"title": gettext("What I did as a sponsor"), "submit": gettext("Keep"), "done": gettext("Kept.")}
    initial = {"on": clock.today(request.programme.time_zone)}
    return ask(request, Act, do, back=_address(pair), up=gettext("Us two"), initial=initial, **words)


@takes_part
def outcome(request: Request, uid: UUID, act: UUID) -> HttpResponse:
    pair = _own(request, uid)
    found = pair.acts.filter(uid=act).first()
    if found is None:
        raise problems.NoSuchPairing

    def do(given: dict[str, Any]) -> None:
        actions.note_outcome(act=found, by=request.person, at=clock.now(), **given)

    words = {"title": gettext("What came of it"), "submit": gettext("Keep"), "done": gettext("Kept.")}
    initial = {"on": clock.today(request.programme.time_zone)}
    return ask(request, Outcome, do, back=_address(pair), up=gettext("Us two"), initial=initial, **words)


def _address(pair: Pairing) -> str:
    return reverse("pairing:one", args=[pair.programme.code, pair.uid])
