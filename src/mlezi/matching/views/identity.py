"""The identity policy, what somebody says of themselves, and the equity page, which only counts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mlezi.matching.actions import identity as actions
from mlezi.matching.forms.identity import USES, Answer, Sign
from mlezi.matching.models import IdentityPolicy
from mlezi.matching.pictures import equity as pictures
from mlezi.matching.queries import identity, own, rounds
from mlezi.plumbing import clock
from mlezi.programmes.doors import Request, needs, takes_part
from mlezi.programmes.permissions import Permission as P


@needs(P.MANAGE_PROGRAMME)
def policy(request: Request) -> HttpResponse:
    usual = (request.programme.blueprint.get("matching") or {}).get("identity_policy", "not-collected")
    form = Sign(request.POST or None, initial={"use": usual})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.sign(
            programme=request.programme, use=given["use"], question=form.question(), wording=given["wording"],
            reason=given["reason"], by=request.person, at=clock.now(),
        )  # fmt: skip
        messages.success(request, gettext("Signed. It holds from now on."))
        return redirect("matching:policy", request.programme.code)
    signed = IdentityPolicy.objects.filter(programme=request.programme).select_related("signed_by")
    lines = [(row, USES[row.use]) for row in signed.order_by("-signed_at", "-id")]
    context = {"form": form, "signed": lines}
    return render(request, "matching/policy.html", context, status=400 if form.errors else 200)


@needs(P.SEE_COUNTS)
@require_safe
def equity(request: Request, uid: UUID) -> HttpResponse:
    round_ = rounds.one(request.programme, uid)
    found = identity.policy_of(request.programme)
    context = {"round": round_, "policy": found, "use": USES[found.use] if found else ""}
    if identity.is_collected(request.programme):
        context |= pictures.of_round(round_)
    return render(request, "matching/equity.html", context)


@takes_part
def mine(request: Request) -> HttpResponse:
    found = identity.policy_of(request.programme)
    back = reverse("matching:mine", args=[request.programme.code])
    if found is None or not identity.is_collected(request.programme):
        return render(request, "matching/identity.html", {"back": back})
    said = identity.own(request.person, request.programme)
    is_mentee = "mentee" in own.parts(request.person, request.programme)
    offered = list(found.question.get("answers", []))
    form = Answer(
        request.POST or None, title=found.question["title"], offered=offered,
        may_ask=is_mentee and found.use == identity.Use.WHERE_ASKED, initial=_initial(said, offered),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        actions.answer(
            person=request.person, programme=request.programme, says=form.says(),
            asks=form.cleaned_data.get("asks", ""), at=clock.now(), by=request.person,
        )  # fmt: skip
        messages.success(request, gettext("Kept, sealed."))
        return redirect(back)
    context = {"form": form, "policy": found, "use": USES[found.use], "has_answer": said is not None, "back": back}
    return render(request, "matching/identity.html", context, status=400 if form.errors else 200)


def _initial(said: dict[str, str] | None, offered: list[str]) -> dict[str, str]:
    if not said:
        return {}
    is_own = said["is"] not in offered
    return {"says": "" if is_own else said["is"], "own": said["is"] if is_own else "", "asks": said.get("asks", "")}


@takes_part
@require_POST
def withdraw(request: Request) -> HttpResponse:
    actions.withdraw(person=request.person, programme=request.programme, at=clock.now(), by=request.person)
    messages.success(request, gettext("Erased. Nothing of it is kept."))
    return redirect("matching:mine", request.programme.code)
