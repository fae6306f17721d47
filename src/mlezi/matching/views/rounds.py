"""The coordinator's pages: rounds, a new one, one with its scenarios side by side, and a further scenario."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mlezi.matching import settings
from mlezi.matching.actions import rounds as actions
from mlezi.matching.actions import scenarios
from mlezi.matching.forms.rounds import KINDS, Start, Weights
from mlezi.matching.pictures import compare, effect, equity, standing
from mlezi.matching.queries import identity, rounds, waiting
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P


@needs(P.MANAGE_PAIRINGS)
@require_safe
def listing(request: Request) -> HttpResponse:
    today = clock.today(request.programme.time_zone)
    context = {
        "rounds": [standing.of_round(row) for row in rounds.listed(request.programme)],
        "kinds": KINDS,
        "n_waiting": len(waiting.listed(request.scope, request.programme, on=today)),
        "policy": identity.policy_of(request.programme),
        "may_sign": P.MANAGE_PROGRAMME in request.permissions,
    }
    return render(request, "matching/rounds.html", context)


@needs(P.MANAGE_PAIRINGS)
def new(request: Request) -> HttpResponse:
    today = clock.today(request.programme.time_zone)
    usual = request.programme.blueprint.get("matching") or {}

    def do(given: dict[str, Any]) -> str:
        who = given.pop("who")
        found = rounds.candidates(request.scope, request.programme, given["kind"], on=given["from_on"])
        made = actions.start(
            programme=request.programme, by=request.person, at=clock.now(), mentors=found.mentors,
            mentees=found.waiting if who == "waiting" else found.everybody, replaces=who == "everybody", **given,
        )  # fmt: skip
        return reverse("matching:round", args=[request.programme.code, made.uid])

    words = {"title": gettext("A new round"), "submit": gettext("Make the round"), "up": gettext("Matching")}
    initial = {"from_on": today, "answer_days": usual.get("answer_days", 14), "kind": usual.get("kind", "mentor")}
    return ask(
        request, Start, do, back=reverse("matching:rounds", args=[request.programme.code]), initial=initial, **words
    )


@needs(P.MANAGE_PAIRINGS)
@require_safe
def one(request: Request, uid: UUID) -> HttpResponse:
    round_ = rounds.one(request.programme, uid)
    found = list(round_.scenarios.select_related("round__programme").order_by("-number"))
    shown = [row for row in found if row.is_done][: compare.AT_MOST][::-1]
    sees_counts = P.SEE_COUNTS in request.permissions
    context = {
        "round": round_,
        "kind": KINDS[round_.kind],
        "scenarios": [(row, compare.address(row)) for row in shown],
        "others": [(row, compare.address(row)) for row in found if row not in shown],
        "comparison": compare.side_by_side(shown) + (equity.gaps(round_, shown) if sees_counts else []),
        "standing": standing.of_round(round_),
        "is_collected": identity.is_collected(request.programme),
        "policy": identity.policy_of(request.programme),
    }
    return render(request, "matching/round.html", context)


@needs(P.MANAGE_PAIRINGS)
def another(request: Request, uid: UUID) -> HttpResponse:
    round_ = rounds.one(request.programme, uid)
    last = round_.scenarios.order_by("-number").first()
    start = settings.from_json(last.settings if last else round_.settings)
    policy = identity.policy_of(request.programme)
    may_use = policy is not None and policy.use == identity.Use.WHERE_ASKED
    form = Weights(request.POST or None, start=start, may_use_identity=may_use)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        if "look" not in request.POST:
            title = form.cleaned_data["title"] or gettext("Another way")
            made = scenarios.ask(round_=round_, title=title, chosen=form.settings(), by=request.person, at=clock.now())
            return redirect(compare.address(made))
        shown = effect.of(round_, form.settings())
    context = {"round": round_, "form": form, "policy": policy, **shown}
    return render(request, "matching/weights.html", context, status=400 if form.errors else 200)
