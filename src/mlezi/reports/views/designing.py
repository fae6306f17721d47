"""The study designer, and the plan as text with its amendments."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from mlezi.narratives import readiness
from mlezi.plumbing.problems import Problem
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P
from mlezi.reports import planning, seeing
from mlezi.reports.forms.designing import Design, PlanText
from mlezi.studies import queries


@needs(P.DESIGN_STUDIES)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    seeing.whole(request)
    titles = planning.topics(request.programme)
    form = Design(request.POST or None, programme=request.programme, titles=titles)
    if request.method == "POST" and form.is_valid():
        try:
            study = planning.designed(form.wanted(), form.known, request)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, gettext("The plan is kept. Read it once more below."), extra_tags="good")
            return redirect("studies:plan", request.programme.code, study.code)
    missing = readiness.missing(request.programme.blueprint.get("readiness", ()))
    page = {"form": form, "missing": missing}
    return render(request, "reports/design.html", page, status=200 if not form.errors else 422)


@needs(P.DESIGN_STUDIES)
@require_http_methods(["GET", "POST"])
def plan(request: Request, code: str) -> HttpResponse:
    seeing.whole(request)
    study = queries.study(request.programme, code)
    form = PlanText(request.POST or None, initial={"plan": planning.as_text(study)})
    if request.method == "POST" and form.is_valid():
        try:
            planning.rewritten(study, form.cleaned_data["plan"], form.cleaned_data["why"], request)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, gettext("The plan is kept."), extra_tags="good")
            return redirect("studies:plan", request.programme.code, code)
    return render(
        request, "reports/plan.html", planning.page(study) | {"form": form}, status=422 if form.errors else 200
    )
