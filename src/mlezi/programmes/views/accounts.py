"""Accounts made for people."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mlezi.people.actions import accounts
from mlezi.people.models import Person
from mlezi.plumbing import clock
from mlezi.programmes import problems, queries
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import people


@needs(P.MANAGE_PEOPLE)
@never_cache
@require_POST
def link(request: Request, uid: UUID) -> HttpResponse:
    """The link is shown this once; the page is kept by nobody."""
    person = _reachable(request, uid)
    uid_part, token = accounts.sign_in_link(person=person, by=request.person, at=clock.now())
    address = request.build_absolute_uri(reverse("office:enter", args=[uid_part, token]))
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    return render(request, "programmes/link.html", {"person": person, "address": address, "holds": days})


@needs(P.MANAGE_PEOPLE)
@require_POST
def close(request: Request, uid: UUID) -> HttpResponse:
    person = _reachable(request, uid)
    accounts.close(person=person, by=request.person, at=clock.now())
    return redirect("people:person", request.programme.code, person.uid)


@needs(P.MANAGE_PEOPLE)
@require_POST
def reopen(request: Request, uid: UUID) -> HttpResponse:
    person = _reachable(request, uid)
    accounts.reopen(person=person, by=request.person, at=clock.now())
    return redirect("people:person", request.programme.code, person.uid)


def _reachable(request: Request, uid: UUID) -> Person:
    """Nobody opens an account that may more than their own: a link would let them in through it."""
    person = people.one(request.scope, request.programme, uid)
    if queries.may_more(person, than=request.person):
        raise problems.MayMoreThanYou(person=person)
    return person
