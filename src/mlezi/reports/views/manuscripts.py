"""A manuscript's figures held against each other. Nothing of the text is kept."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mlezi.methods.manuscripts.finding import Verdict
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P
from mlezi.reports import manuscripts
from mlezi.reports.forms.manuscript import Manuscript


@needs(P.SEE_COUNTS)
def manuscript(request: Request) -> HttpResponse:
    form = Manuscript(request.POST, request.FILES) if request.method == "POST" else Manuscript()
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        lines = manuscripts.checked(*form.cleaned_data["pages"])
        worth_a_look = [one for one in lines if one.verdict is not Verdict.HOLDS]
        holding = [one for one in lines if one.verdict is Verdict.HOLDS]
        context |= {"summary": manuscripts.summary(lines), "worth_a_look": worth_a_look, "holding": holding}
    return render(request, "reports/manuscript.html", context)
