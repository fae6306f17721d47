"""The random sample: draw a month, and write down what each facility says."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mlezi.encounters import actions, period, queries, trust
from mlezi.encounters.doubts import limits
from mlezi.encounters.models import SampleCheck
from mlezi.plumbing import clock
from mlezi.plumbing.problems import Problem
from mlezi.plumbing.tables import Column, Filter, Table
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission

ANSWERS = {
    SampleCheck.Answer.OPEN: _("still to ask"),
    SampleCheck.Answer.CONFIRMED: _("confirmed"),
    SampleCheck.Answer.DENIED: _("denied"),
    SampleCheck.Answer.UNREACHABLE: _("nobody reached"),
}


def _answers(_request: HttpRequest) -> list[tuple[str, Any]]:
    return [("", _("all")), *ANSWERS.items()]


CHECKS = Table(
    "sample",
    (
        Column("period", _("Month"), lambda row: row.period, sort=("period",)),
        Column("place", _("Facility"), lambda row: row.place.name if row.place else "", sort=("place__name",)),
        Column("answer", _("Answer"), lambda row: ANSWERS[row.answer], badge=True, sort=("answer",)),
        Column("answered", _("Asked on"), lambda row: row.answered_at, sort=("answered_at",)),
        Column("by", _("Asked by"), lambda row: row.answered_by_name, sort=("answered_by_name",)),
        Column("probability", _("Drawn with probability"), lambda row: round(row.probability, 3), numeric=True),
        Column("seed", _("Seed"), lambda row: row.seed, in_page=False),
        Column("encounter", _("Encounter"), lambda row: str(row.encounter_uid), in_page=False),
    ),
    (Filter("answer", _("Answer"), _answers, lambda rows, value: rows.filter(answer=value) if value else rows),),
    search=("place__name", "period"),
    empty=_("No sample was drawn yet. A coordinator draws one for each month."),
)


@needs(Permission.SEE_TRUST)
@require_safe
def page(request: Request) -> HttpResponse:
    rows = queries.checks_visible_to(request.scope).filter(programme=request.programme)
    may_ask = Permission.CONFIRM_SAMPLE in request.permissions
    to_ask = list(rows.filter(answer=SampleCheck.Answer.OPEN)[:20]) if may_ask else []
    context: dict[str, Any] = {
        "to_ask": _told(request, to_ask),
        "answers": [item for item in ANSWERS.items() if item[0] != SampleCheck.Answer.OPEN],
        "may_draw": Permission.PLAN_VISITS in request.permissions,
        "months": [(f"{day:%Y-%m}", date_format(day, "F Y")) for day in period.months(clock.today(), n=6)[1:]],
    }
    return CHECKS.answer(request, rows, "encounters/sample.html", **context)


def _told(request: Request, checks: list[SampleCheck]) -> list[dict[str, Any]]:
    """Each open check with what the records say, to ask about."""
    there = trust.encounters_of(checks, request.scope)
    return [{"check": check, "encounter": there.get(check.encounter_uid)} for check in checks]


@needs(Permission.PLAN_VISITS)
@require_POST
def draw(request: Request) -> HttpResponse:
    back = redirect(reverse("encounters:sample", args=[request.programme.code]))
    try:
        month = date.fromisoformat(f"{request.POST.get('month', '')}-01")
        share = limits(request.programme).sample_share
        drawn = actions.draw(
            programme=request.programme, month=month, share=share, seed=secrets.randbelow(2**31),
            by=request.person, at=clock.now(),
        )  # fmt: skip
        messages.success(request, _("{n} encounters were drawn.").format(n=len(drawn)))
    except (ValueError, OverflowError):  # no month, or the last there is
        messages.error(request, _("Choose a month."))
    except Problem as problem:
        messages.error(request, str(problem))
    return back


@needs(Permission.CONFIRM_SAMPLE)
@require_POST
def answer(request: Request, check: int) -> HttpResponse:
    actions.confirm(
        check_id=check,
        answer=request.POST.get("answer", ""),
        note=request.POST.get("note", "").strip(),
        by=request.person,
        at=clock.now(),
        scope=request.scope,
    )
    messages.success(request, _("Written down."))
    return redirect(reverse("encounters:sample", args=[request.programme.code]))
