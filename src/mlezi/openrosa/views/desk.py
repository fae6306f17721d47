"""The same door for somebody at a desk, known by their session instead of a token.

Records come by PUT: sending one twice is the same as sending it once, and the form token is then
looked for in the header alone, so that the body stays unread until it is spooled.
"""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from mlezi.instruments import media
from mlezi.instruments.models import FormFile, FormVersion, Submission
from mlezi.instruments.queries import offered
from mlezi.openrosa import answers, taking
from mlezi.openrosa.body import spooled
from mlezi.openrosa.gate import Caller
from mlezi.plumbing.problems import NotFound, Problem
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission

CLIENTS = (Submission.Source.WEB, Submission.Source.PAPER)


@needs(Permission.LOG_ENCOUNTERS)
@require_safe
def form(request: Request, version: int) -> HttpResponse:
    return HttpResponse(bytes(_version(request, version).xml), content_type=answers.XML)


@needs(Permission.LOG_ENCOUNTERS)
@require_safe
def file(request: Request, version: int, name: str) -> HttpResponse:
    """A file published with the form, or one of the lists made for this person."""
    found = _version(request, version)
    fixed = FormFile.objects.filter(form_version=found, name=name).first()
    if fixed is not None:
        return HttpResponse(bytes(fixed.content), content_type="application/octet-stream")
    if not media.offered(name) or name not in offered.needed_files(found):
        raise NotFound
    return HttpResponse(media.written(name, request.programme, request.person), content_type="text/csv; charset=utf-8")


@needs(Permission.LOG_ENCOUNTERS)
@require_safe
def made_list(request: Request, name: str) -> HttpResponse:
    """A list made for this person, whatever form asks: for trying one that is not published yet."""
    if not media.offered(name):
        raise NotFound
    return HttpResponse(media.written(name, request.programme, request.person), content_type="text/csv; charset=utf-8")


@needs(Permission.LOG_ENCOUNTERS)
@require_http_methods(["PUT"])
def submission(request: Request) -> HttpResponseBase:
    if request.headers.get("Mlezi-Client") not in CLIENTS:
        return answers.said("Send this from the form's own page.", status=400, nature="submit_error")
    caller = Caller(request.programme, request.person, None, f"/{request.programme.code}/desk")
    try:
        with taking.shielded(), spooled(request) as body:
            return taking.answer(taking.take(caller, request, body))
    except Problem as problem:
        return answers.problem(problem)


def _version(request: Request, pk: int) -> FormVersion:
    found = offered.of_programme(request.programme).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
