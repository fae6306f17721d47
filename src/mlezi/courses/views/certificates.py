"""Certificates: to print, as a badge, taken back, and checked by whoever holds one in their hand."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mlezi.courses import actions, paper, problems, queries
from mlezi.courses.models import Certificate
from mlezi.plumbing import clock
from mlezi.programmes.doors import Request, needs, public, takes_part
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of


@takes_part
@require_safe
def pdf(request: Request, uid: UUID) -> HttpResponse:
    found = _theirs(request, uid)
    name = f"certificate-{paper.spaced(found.code)}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(paper.printed(found), content_type="application/pdf", headers=headers)


@takes_part
@require_safe
def badge(request: Request, uid: UUID) -> HttpResponse:
    """Open Badges 3.0, signed: any wallet takes it, and any verifier checks it without asking us."""
    found = _theirs(request, uid)
    headers = {"Content-Disposition": f'attachment; filename="badge-{paper.spaced(found.code)}.json"'}
    body = json.dumps(found.badge, ensure_ascii=False, indent=2)
    return HttpResponse(body, content_type="application/ld+json", headers=headers)


@needs(Permission.MANAGE_PEOPLE)
@require_POST
def revoke(request: Request, uid: UUID) -> HttpResponse:
    found = _theirs(request, uid)
    because = request.POST.get("because", "").strip()
    today = clock.today(request.programme.time_zone)
    actions.revoke(certificate=found, because=because, on=today, by=request.person, at=clock.now())
    messages.success(request, gettext("The certificate is taken back."))
    return redirect("courses:run", request.programme.code, found.run.code)


def _theirs(request: Request, uid: UUID) -> Certificate:
    """One's own, or of a run that one holds."""
    found = queries.certificate_of(request.programme, uid)
    if found.person_id == request.person.pk:
        return found
    if Permission.MANAGE_PEOPLE not in request.permissions or not _holds(request, found):
        raise problems.NoSuchCourse
    return found


def _holds(request: Request, found: Certificate) -> bool:
    scope = scope_of(request.person, Permission.MANAGE_PEOPLE, programme=request.programme)
    return queries.runs(request.programme, scope).filter(pk=found.run_id).exists()


@public
@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Whether a certificate is genuine, and of what. Whose it is, it does not say: the name can be compared."""
    code, name = request.GET.get("code", "").strip()[:40], request.GET.get("name", "").strip()[:200]
    found = queries.by_code(code) if code else None
    today = clock.today()
    context = {
        "code": code,
        "name": name,
        "found": found,
        "is_void": found is not None and found.revoked_on is not None,
        "is_over": found is not None and found.valid_until is not None and found.valid_until < today,
        "matches": found is not None and paper.is_same_name(name, found.name),
        "certifies": paper.certified(found) if found else None,
    }
    return render(request, "courses/check.html", context)


@public
@require_safe
def revoked(request: HttpRequest) -> HttpResponse:
    """The list that badges name: 1EdTech's revocation list. No names, no reasons beyond what the standard asks."""
    items = [{"id": f"urn:uuid:{pk}", "revoked": True} for pk in queries.revoked()]
    address = request.build_absolute_uri()
    return JsonResponse({"id": address, "type": "1EdTechRevocationList", "revokedCredential": items})
