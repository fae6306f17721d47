"""Accounts made for people, and the phones of a programme."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mlezi.people.actions import accounts
from mlezi.people.actions import devices as phones
from mlezi.people.models import Person
from mlezi.people.queries.devices import enrolled
from mlezi.plumbing import clock
from mlezi.plumbing.problems import NotFound
from mlezi.plumbing.tables import Column, Table
from mlezi.plumbing.words import badge
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


DEVICES = Table(
    name="phones",
    columns=(
        Column("name", _("Phone"), lambda row: row.name),
        Column("person", _("Of"), lambda row: row.person.name, sort=("person__name",)),
        Column("enrolled", _("Since"), lambda row: row.enrolled_at, sort=("enrolled_at",)),
        Column("seen", _("Last heard"), lambda row: row.last_seen_at, sort=("last_seen_at",)),
        Column("sent", _("Records sent"), lambda row: row.n_sent, sort=("n_sent",), numeric=True),
        Column("unsent", _("Still on the phone"), lambda row: row.unsent, sort=("unsent",), numeric=True),
        Column("skew", _("Clock off by (s)"), lambda row: row.clock_skew_seconds, numeric=True),
        Column(
            "state",
            _("State"),
            lambda row: str(_("revoked") if row.revoked_at else _("may send")),
            show=lambda row: badge(_("revoked") if row.revoked_at else _("may send"), "" if row.revoked_at else "good"),
            sort=("revoked_at",),
        ),
    ),
    search=("name", "person__name"),
    sort="person",
    empty=_("Enrol a phone by letting it read a QR code."),
)


@needs(P.MANAGE_DEVICES)
@require_safe
def devices(request: Request) -> HttpResponse:
    rows = enrolled(request.programme.code, request.scope)
    return DEVICES.answer(request, rows, "programmes/devices.html", phones=rows.filter(revoked_at=None))


@needs(P.MANAGE_DEVICES)
@require_POST
def revoke(request: Request) -> HttpResponse:
    rows = enrolled(request.programme.code, request.scope)
    found = next((row for row in rows if str(row.pk) == request.POST.get("phone")), None)
    if found is None:
        raise NotFound
    phones.revoke(device=found, by=request.person, at=clock.now())
    return redirect("people:devices", request.programme.code)
