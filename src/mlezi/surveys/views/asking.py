"""The due list: ask people, remind them, take a link back, settle what was answered twice."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mlezi.formats import answers, csv
from mlezi.plumbing import addresses, clock
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission
from mlezi.surveys import actions, problems
from mlezi.surveys.models import Filled, Invitation, Standing
from mlezi.surveys.queries import waiting
from mlezi.surveys.queries.titles import spelled, titles_of, waves_of

MOST = 500  # lines on one page
SHEET = (
    gettext_noop("Person"),
    gettext_noop("Phone"),
    gettext_noop("E-mail"),
    gettext_noop("Line"),
    gettext_noop("Link"),
    gettext_noop("Code"),
)


@needs(Permission.MANAGE_PEOPLE)
@require_safe
def due(request: Request) -> HttpResponse:
    today = clock.today(request.programme.time_zone)
    actions.bring_up_to_date(programme=request.programme, on=today, by=request.person, at=clock.now())
    rows = waiting.invitations(request.programme, request.scope)
    remind = waiting.to_remind(request.programme, on=today).values("pk")
    context = {
        "groups": [
            _group("ask", _titled(request, waiting.to_ask(rows, on=today))),
            _group("remind", _titled(request, rows.filter(pk__in=remind))),
        ],
        "missed": waiting.missed(rows, on=today).count(),
        "mails": bool(settings.MAIL_FROM),
        "coming": _titled(request, rows.filter(due_on__gt=today))[:20],
    }
    return render(request, "surveys/due.html", context)


def _group(verb: str, rows: list[Any]) -> dict[str, Any]:
    return {"verb": verb, "rows": rows[:MOST], "n": len(rows), "more": max(0, len(rows) - MOST)}


def _titled(request: Request, rows: Any) -> list[Any]:
    titles, waves = titles_of(request.programme), waves_of(request.programme)
    found = list(rows.order_by("due_on", "person__name"))
    for row in found:
        row.title = titles.get(row.instrument) or spelled(row.instrument)
        row.wave_title = waves.get(row.wave) or spelled(row.wave)
    return found


@needs(Permission.MANAGE_PEOPLE)
@require_POST
@never_cache
def send(request: Request, verb: str) -> HttpResponse:
    """The lines to send, one a person. Nothing leaves by itself but e-mail, where that is set up."""
    ids = _chosen(request)
    given: dict[str, Any] = {
        "programme": request.programme,
        "ids": ids,
        "base": addresses.outside(request, ""),
        "on": clock.today(request.programme.time_zone),
        "by": request.person,
        "at": clock.now(),
    }
    lines = actions.ask(channel=_channel(request), **given) if verb == "ask" else actions.remind(**given)
    if not lines:
        messages.info(request, gettext("Nobody was chosen."))
        return redirect("surveys:due", request.programme.code)
    return _lines(request, lines, mails=bool(settings.MAIL_FROM))


def _lines(request: Request, lines: list[Any], *, mails: bool) -> HttpResponse:
    enter = addresses.outside(request, reverse("asked:enter"))
    context = {"lines": lines, "mails": mails, "enter": enter, "sheet": _sheet(lines)}
    return render(request, "surveys/lines.html", context)


def _sheet(lines: list[Any]) -> str:
    """The lines as a CSV inside the page: no second request, which would have to hold links in its answer again."""
    header = [gettext(one) for one in SHEET]
    rows = [
        (line.person.name, line.person.phone, line.person.email or "", line.text, line.link, line.code)
        for line in lines
    ]
    return base64.b64encode(csv.write(header, rows)).decode()


def _chosen(request: Request) -> list[UUID]:
    """Only people within the scope can be chosen."""
    rows = waiting.invitations(request.programme, request.scope)
    asked = {text for text in request.POST.getlist("invitation") if len(text) == 36}
    return [pk for pk in rows.values_list("pk", flat=True) if str(pk) in asked]


def _channel(request: Request) -> str:
    told = request.POST.get("channel", "")
    return told if told in Invitation.Channel.values and told else Invitation.Channel.LINK.value


@needs(Permission.MANAGE_PEOPLE)
@require_POST
@never_cache
def change(request: Request, invitation: UUID, verb: str) -> HttpResponse:
    found = waiting.invitations(request.programme, request.scope).filter(pk=invitation).first()
    if found is None:
        raise problems.NoSuchInvitation
    at, today = clock.now(), clock.today(request.programme.time_zone)
    if verb == "renew":
        line = actions.renew(invitation=found, base=addresses.outside(request, ""), by=request.person, at=at)
        return _lines(request, [line], mails=False)
    if verb == "revoke":
        actions.revoke(invitation=found, on=today, by=request.person, at=at)
    else:
        actions.mark_answered(invitation=found, on=today, by=request.person, at=at)
    messages.success(request, gettext("Written down."))
    return redirect(reverse("surveys:invitation", args=[request.programme.code, invitation]))


@needs(Permission.MANAGE_PEOPLE)
@require_safe
def invitation(request: Request, invitation: UUID) -> HttpResponse:
    found: Any = waiting.invitations(request.programme, request.scope).filter(pk=invitation).first()
    if found is None:
        raise problems.NoSuchInvitation
    found.title = titles_of(request.programme).get(found.instrument, found.instrument)
    return render(request, "surveys/invitation.html", {"invitation": found, **_filled(found)})


def _filled(found: Invitation) -> dict[str, Any]:
    """What came in this wave, and which of it stands."""
    slot = {"programme": found.programme, "instrument": found.instrument, "wave": found.wave}
    rows = Filled.objects.filter(**slot, occasion=found.occasion, person=found.person).order_by("received_at")
    standing = Standing.objects.filter(filled_id__in=rows.values("pk")).first()
    told = [{"row": row, "stands": standing is not None and standing.filled_id == row.pk} for row in rows]
    return {"filled": told, "standing": standing}


@needs(Permission.MANAGE_PEOPLE)
@require_POST
def decide(request: Request, standing: UUID) -> HttpResponse:
    row = Standing.objects.filter(programme=request.programme, pk=standing).first()
    chosen = answers.uid(request.POST.get("filled", ""))
    filled = Filled.objects.filter(programme=request.programme, pk=chosen).first() if chosen else None
    people = waiting.invitations(request.programme, request.scope).values("person")
    if row is None or filled is None or not people.filter(person=filled.person).exists():
        raise problems.NoSuchInvitation
    actions.decide(
        programme=request.programme, standing_id=row.pk, filled_id=filled.pk, by=request.person, at=clock.now()
    )
    messages.success(request, gettext("Written down."))
    return redirect("surveys:tracker", request.programme.code)
