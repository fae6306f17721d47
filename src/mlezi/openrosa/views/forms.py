"""What phones fetch: the list of forms, each form, and the files it needs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from mlezi.instruments import media
from mlezi.instruments.models import FormFile, FormVersion
from mlezi.instruments.queries import offered
from mlezi.openrosa import answers, listing, problems
from mlezi.openrosa.answers import phone
from mlezi.openrosa.gate import Caller
from mlezi.openrosa.views.entering import caller


@phone
@require_safe
def form_list(request: HttpRequest, **address: str) -> HttpResponseBase:
    who = caller(request, address)
    versions = listing.versions(who, request.GET.get("formID", "").replace("\0", ""))
    return answers.document("formlist.xml", {"forms": listing.forms(request, who, versions)})


@phone
@require_safe
def form(request: HttpRequest, version: int, **address: str) -> HttpResponseBase:
    """The form exactly as published: its hash in the list is of these bytes."""
    found = _version(caller(request, address), version)
    return HttpResponse(bytes(found.xml), content_type=answers.XML)


@phone
@require_safe
def manifest(request: HttpRequest, version: int, **address: str) -> HttpResponseBase:
    who = caller(request, address)
    files = listing.files(request, who, _version(who, version))
    return answers.document("manifest.xml", {"files": files})


@phone
@require_safe
def file(request: HttpRequest, version: int, name: str, **address: str) -> HttpResponseBase:
    """A file published with the form, or one of the lists made for this person."""
    who = caller(request, address)
    found = _version(who, version)
    fixed = FormFile.objects.filter(form_version=found, name=name).first()
    if fixed is not None:
        return HttpResponse(bytes(fixed.content), content_type="application/octet-stream")
    if not media.offered(name) or name not in offered.needed_files(found):
        raise problems.NotHere
    return HttpResponse(media.written(name, who.programme, who.person), content_type="text/csv; charset=utf-8")


@phone
@require_safe
def integrity(request: HttpRequest, name: str, **address: str) -> HttpResponseBase:
    """Whether entities the phone holds have left the list: `?id=` with commas."""
    who = caller(request, address)
    if not media.offered(name):
        raise problems.NotHere
    ids = list(dict.fromkeys(filter(None, request.GET.get("id", "").replace("\0", "").split(","))))[:5000]
    gone = media.gone(name, ids, who.programme, who.person)
    return answers.document("integrity.xml", {"entities": gone.items()})


def _version(who: Caller, pk: int) -> FormVersion:
    found = offered.of_programme(who.programme).filter(pk=pk).first()
    if found is None:
        raise problems.NotHere
    return found
