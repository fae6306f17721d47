"""The door of whoever was asked to answer and has no account: a link, or a short code typed in.

The bytes go the same way as a phone's. The link works once; the same record sent again is answered as before.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from mlezi.instruments.models import FormFile, Submission
from mlezi.openrosa import answers, asking, taking
from mlezi.openrosa.body import spooled
from mlezi.plumbing import clock
from mlezi.plumbing.problems import NotFound, Problem
from mlezi.programmes.doors import Request, needs, public
from mlezi.programmes.permissions import Permission
from mlezi.surveys.actions.asking import language_of
from mlezi.surveys.models import Invitation
from mlezi.surveys.queries import answering, waiting


@public
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Type in the code from a message or a sheet."""
    if request.method != "POST":
        return render(request, "openrosa/enter_code.html", {})
    code = request.POST.get("code", "").strip()[:40]
    try:
        asking.found(request, code)
    except Problem as problem:
        return render(
            request, "openrosa/enter_code.html", {"trouble": str(problem), "code": code}, status=problem.status
        )
    return redirect("asked:page", code)


@public
@never_cache
@require_safe
@ensure_csrf_cookie
def page(request: HttpRequest, code: str) -> HttpResponse:
    invitation = asking.found(request, code)
    _speak_to(request, invitation)
    if request.GET.get("sent") or (invitation.is_used and not request.GET.get("again")):
        return render(request, "openrosa/answered.html", {"title": asking.title(invitation)})
    answering.must_be_open(invitation, on=clock.today(invitation.programme.time_zone))
    return render(request, "openrosa/asked.html", asking.page(invitation, code))


@public
@require_safe
def file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    version = answering.version_of(asking.found(request, code))
    fixed = FormFile.objects.filter(form_version=version, name=name).first()
    if fixed is None:
        raise NotFound
    return HttpResponse(bytes(fixed.content), content_type="application/octet-stream")


@public
@require_http_methods(["PUT"])
def submission(request: HttpRequest, code: str) -> HttpResponseBase:
    try:
        with taking.shielded(), spooled(request) as body:
            return taking.answer(asking.take(asking.found(request, code), body, Submission.Source.WEB))
    except Problem as problem:
        return answers.problem(problem)


@needs(Permission.MANAGE_PEOPLE)
@require_safe
@ensure_csrf_cookie
def sheet(request: Request, invitation: str) -> HttpResponse:
    """Type in somebody's paper sheet: the record is theirs, and says that it came on paper."""
    found = _mine(request, invitation)
    return render(request, "openrosa/sheet.html", asking.page(found, "", programme=request.programme))


@needs(Permission.MANAGE_PEOPLE)
@require_http_methods(["PUT"])
def sheet_submission(request: Request, invitation: str) -> HttpResponseBase:
    try:
        with taking.shielded(), spooled(request) as body:
            return taking.answer(asking.take(_mine(request, invitation), body, Submission.Source.PAPER))
    except Problem as problem:
        return answers.problem(problem)


def _mine(request: Request, invitation: str) -> Invitation:
    found: Invitation | None = waiting.invitations(request.programme, request.scope).filter(pk=invitation).first()
    if found is None:
        raise NotFound
    return found


def _speak_to(request: HttpRequest, invitation: Invitation) -> None:
    """In the language the person chose here, else the first of theirs."""
    if not request.COOKIES.get("language"):
        translation.activate(language_of(invitation.person))
