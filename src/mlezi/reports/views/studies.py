"""Studies of a programme: the list, a report, one analysis looked at more closely, the records behind."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mlezi.instruments.queries.submissions import n_not_worked_out
from mlezi.plumbing import clock
from mlezi.plumbing.problems import NotAllowed, NotFound
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P
from mlezi.reports import quoting, seeing, showing
from mlezi.reports.study import documents
from mlezi.studies import freezing, queries


@needs(P.SEE_STUDIES)
@require_safe
def listing(request: Request) -> HttpResponse:
    seeing.whole(request)
    rows = showing.listed(request.programme)
    may_design = P.DESIGN_STUDIES in request.permissions
    return render(request, "reports/studies.html", {"studies": rows, "may_design": may_design})


@needs(P.SEE_STUDIES)
@require_safe
def report(request: Request, code: str) -> HttpResponse:
    seeing.whole(request)
    study = queries.study(request.programme, code)
    return render(request, "reports/report.html", showing.report(study, request))


@needs(P.SEE_STUDIES)
@require_safe
def download(request: Request, code: str, kind: str) -> HttpResponse:
    seeing.whole(request)
    if kind not in documents.KINDS:
        raise NotFound
    snapshot = showing.snapshot(queries.study(request.programme, code))
    content = documents.made(kind, showing.told(snapshot, request))
    headers = {"Content-Disposition": f'attachment; filename="{code}.{kind}"'}
    return HttpResponse(content, content_type=documents.KINDS[kind], headers=headers)


@needs(P.DESIGN_STUDIES)
@require_POST
def freeze(request: Request, code: str) -> HttpResponse:
    seeing.whole(request)
    study = queries.study(request.programme, code)
    showing.results(freezing.freeze(study=study, by=request.person, at=clock.now()))
    messages.success(request, gettext("Frozen and analysed."), extra_tags="good")
    if n := n_not_worked_out(request.programme):
        said = gettext("Records that are not worked out yet: {n}. They are left out; freeze again in a moment.")
        messages.warning(request, said.format(n=n), extra_tags="wait")
    return redirect("studies:report", request.programme.code, code)


@needs(P.SEE_STUDIES)
@require_safe
def look(request: Request, code: str, analysis: str) -> HttpResponse:
    seeing.whole(request)
    snapshot = showing.snapshot(queries.study(request.programme, code))
    return render(request, "reports/look.html", showing.closer(snapshot, analysis, request))


@needs(P.SEE_STUDIES)
@require_safe
def behind(request: Request, code: str, analysis: str) -> HttpResponse:
    seeing.whole(request)
    snapshot = showing.snapshot(queries.study(request.programme, code))
    table, rows, context = showing.behind(snapshot, analysis, request)
    return table.answer(request, rows, "reports/behind.html", **context)


@needs(P.SEE_STUDIES)
@require_safe
def quotes(request: Request, code: str, analysis: str) -> HttpResponse:
    """The words behind a theme of the report, for those who may read texts."""
    seeing.whole(request)
    if P.READ_TEXTS not in request.permissions:
        raise NotAllowed(needed=P.READ_TEXTS.value)
    snapshot = showing.snapshot(queries.study(request.programme, code))
    page = quoting.shown(snapshot, analysis, request)
    return render(request, "reports/quotes.html", page | {"study_title": showing.title(snapshot)})
