"""Signing in as somebody of the demonstration. In any other installation these addresses do not exist."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mlezi.audit.actions import MACHINE
from mlezi.office import touring
from mlezi.office.pictures import start
from mlezi.people.actions import accounts
from mlezi.plumbing import clock
from mlezi.plumbing.problems import NotFound
from mlezi.programmes.doors import public


@public
@require_POST
def enter(request: HttpRequest, role: str) -> HttpResponse:
    guide = touring.guide()
    person = guide.somebody(role) if guide and role in start.STEPS else None
    if person is None:
        raise NotFound
    logout(request)  # whoever was signed in before
    account = accounts.open_account(person=person, by=MACHINE, at=clock.now())
    first = reverse("office:home", args=[start.made_up_programme(person).code])
    answer: HttpResponse = perform_login(request, account, email_verification="none", redirect_url=first)
    request.session["tour"] = role
    return answer


@public
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """How far the demo's year has come in: a piece of the start page that asks for itself again."""
    if touring.guide() is None:
        raise NotFound
    return render(request, "office/parts/loading.html", {"loading": start.loading()})
