"""Pages of one thing: a facility, a person, a competency, an encounter, a form record and its bytes."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from mlezi.office import asking, finding, problems
from mlezi.office.pictures import encounter, facility, person, record
from mlezi.office.pictures.asked import Asked
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P


@needs(P.SEE_PLACES)
def facility_page(request: Request, code: str) -> HttpResponse:
    asked = asking.about(request, code, default="90d")
    context = facility.page(asked, asking.today_of(request))
    return render(
        request, "office/facility.html", context | {"asked": asked, "filters": asking.filters(request, asked)}
    )


@needs(P.SEE_PEOPLE)
def person_page(request: Request, uid: UUID) -> HttpResponse:
    asked = _without_place(request)
    who = finding.person(request.scope, uid, request.programme.pk)
    return render(request, "office/person.html", person.page(asked, who, asking.today_of(request)) | {"asked": asked})


@needs(P.SEE_RATINGS)
def competency(request: Request, uid: UUID, competency: int) -> HttpResponse:
    asked = _without_place(request)
    who = finding.person(request.scope, uid, request.programme.pk)
    if who.pk not in request.scope.persons:
        raise problems.NoSuchRecord
    context = person.history(asked, who, competency) | {"asked": asked, "today": asking.today_of(request)}
    return render(request, "office/competency.html", context)


@needs(P.SEE_ENCOUNTERS)
def encounter_page(request: Request, uid: UUID) -> HttpResponse:
    asked = _without_place(request)
    one = encounter.found(request.scope, uid)
    return render(
        request, "office/encounter.html", encounter.page(asked, one, asking.today_of(request)) | {"asked": asked}
    )


@needs(P.SEE_ENCOUNTERS)
def record_page(request: Request, uid: UUID) -> HttpResponse:
    asked = _without_place(request)
    one = finding.record(request.person, request.programme, uid)
    return render(request, "office/record.html", record.page(asked, one) | {"asked": asked})


@needs(P.SEE_ENCOUNTERS)
def record_bytes(request: Request, uid: UUID) -> HttpResponse:
    """The very bytes, for whoever may read all of them; the masked text for others."""
    one = finding.record(request.person, request.programme, uid)
    shown = record.page(_without_place(request), one)
    content = shown["text"].encode() if shown["is_masked"] else bytes(one.xml)
    name = f"{one.pk}{'-masked' if shown['is_masked'] else ''}.xml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/xml; charset=utf-8", headers=headers)


def _without_place(request: Request) -> Asked:
    """What is asked on a page that is about one thing: the whole programme, now."""
    return asking.everything(request)
