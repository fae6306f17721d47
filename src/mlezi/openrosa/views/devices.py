"""Phones: enrol one (the code is shown once), see when each was heard, sign one off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mlezi.openrosa import problems, qr, queries
from mlezi.people.actions import devices
from mlezi.people.models import Device, Person
from mlezi.plumbing import addresses, clock
from mlezi.plumbing.problems import NotFound
from mlezi.plumbing.tables import Column, Filter, Table
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission
from mlezi.programmes.problems import MayMoreThanYou
from mlezi.programmes.queries import may_more

SKEW = 300  # seconds by which a phone's clock may be wrong before anybody is told


def _clock(row: Device) -> str:
    skew = row.clock_skew_seconds
    if skew is None:
        return ""
    if abs(skew) < SKEW:
        return str(_("right"))
    text = _("{minutes} min ahead") if skew > 0 else _("{minutes} min behind")
    return str(text).format(minutes=abs(skew) // 60)


PHONES = Table(
    name="phones",
    columns=(
        Column("person", _("Person"), lambda row: row.person.name, sort=("person__name",)),
        Column("name", _("Phone"), lambda row: row.name, sort=("name",)),
        Column("seen", _("Last heard"), lambda row: row.last_seen_at, sort=("last_seen_at",)),
        Column("sent", _("Records sent"), lambda row: row.n_sent, numeric=True, sort=("n_sent",)),
        Column("unsent", _("Says it holds"), lambda row: row.unsent, numeric=True, sort=("unsent",)),
        Column("clock", _("Its clock"), _clock, sort=("clock_skew_seconds",)),
        Column("enrolled", _("Enrolled"), lambda row: row.enrolled_at, sort=("enrolled_at",)),
        Column(
            "state",
            _("State"),
            lambda row: _("signed off") if row.revoked_at else _("in use"),
            badge=True,
            sort=("revoked_at",),
        ),
    ),
    filters=(
        Filter(
            "state",
            _("State"),
            lambda request: [("used", _("in use")), ("off", _("signed off")), ("all", _("all"))],
            lambda rows, value: rows if value == "all" else rows.filter(revoked_at__isnull=value == "used"),
            default="used",
        ),
    ),
    search=("person__name", "name"),
    sort="person",
    empty=_("Enrol a phone, and its owner can fetch forms and send records."),
)


@needs(Permission.MANAGE_DEVICES)
@require_safe
def page(request: Request) -> HttpResponse:
    rows = queries.phones(request.programme, request.scope)
    people = queries.fillers(request.programme, request.scope, on=clock.today(request.programme.time_zone))
    in_use = [row for row in rows if row.revoked_at is None]
    return PHONES.answer(request, rows, "openrosa/devices.html", people=people.order_by("name"), in_use=in_use)


@needs(Permission.MANAGE_DEVICES)
@require_POST
@never_cache
def enrol(request: Request) -> HttpResponse:
    people = queries.fillers(request.programme, request.scope, on=clock.today(request.programme.time_zone))
    person = people.filter(pk=_number(request.POST.get("person", ""))).first()
    if person is None:
        messages.error(request, str(problems.NoSuchFiller()))
        return redirect("openrosa:devices", request.programme.code)
    _check_rights(request, person)
    name = request.POST.get("name", "").strip()[:100] or str(_("Phone"))
    device, token = devices.enrol(
        person=person, programme_code=request.programme.code, name=name, by=request.person, at=clock.now()
    )
    return _shown(request, device, token)


@needs(Permission.MANAGE_DEVICES)
@require_POST
@never_cache
def renew(request: Request, uid: UUID) -> HttpResponse:
    """A new code for the same phone, when the first was lost or seen by others."""
    device = _found(request, uid)
    _check_rights(request, device.person)
    return _shown(request, device, devices.renew(device=device, by=request.person, at=clock.now()))


@needs(Permission.MANAGE_DEVICES)
@require_POST
def revoke(request: Request, uid: UUID) -> HttpResponse:
    device = devices.revoke(device=_found(request, uid), by=request.person, at=clock.now())
    messages.success(request, str(_("{phone} is signed off. What it sent stays.")).format(phone=device.name))
    return redirect("openrosa:devices", request.programme.code)


def _check_rights(request: Request, person: Person) -> None:
    """Whoever makes the code could use it, and a phone carries the lists of its person."""
    if may_more(person, than=request.person):
        raise MayMoreThanYou(person=person)


def _shown(request: Request, device: Device, token: str) -> HttpResponse:
    """The only page that ever shows the token."""
    address = addresses.outside(request, f"/phone/key/{token}")
    settings_text = qr.settings_text(address=address, name=_title(request))
    path = f"{reverse('field:page')}#enrol={token}"  # what follows # is never sent or logged
    link = addresses.outside(request, path)
    context = {
        "device": device,
        "address": address,
        "link": link,
        "app_code": _drawn(link, _("QR code that opens the app on the phone of {name}"), device),
        "collect_code": _drawn(settings_text, _("QR code for ODK Collect on the phone of {name}"), device),
        "unreachable": addresses.is_local(address),
        "is_plain": link.startswith("http://") and not addresses.is_local(address),
    }
    return render(request, "openrosa/enrolled.html", context)


def _drawn(text: str, title: object, device: Device) -> str:
    return mark_safe(qr.drawing(text, title=str(title).format(name=device.person.name)))  # noqa: S308 - drawn by us


def _title(request: Request) -> str:
    titles = request.programme.title or {}
    return str(titles.get("en") or next(iter(titles.values()), request.programme.code))


def _found(request: Request, uid: UUID) -> Device:
    device = queries.phones(request.programme, request.scope).filter(pk=uid).first()
    if device is None:
        raise NotFound
    return device


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0
