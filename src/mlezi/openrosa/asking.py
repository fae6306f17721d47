"""What the door of an invitation needs: who is let in, the page's words, and where the record goes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse

from mlezi.instruments import filling, refusals
from mlezi.instruments.actions import receiving
from mlezi.instruments.arrivals import Arrival, Receipt
from mlezi.instruments.models import Submission
from mlezi.instruments.queries import forms
from mlezi.instruments.unpacking import Body
from mlezi.plumbing import clock
from mlezi.programmes.models import Programme
from mlezi.surveys import declared, problems
from mlezi.surveys.actions import answering as actions
from mlezi.surveys.models import Invitation
from mlezi.surveys.queries import answering

MOST, WITHIN = 20, 600  # wrong codes from one address, in seconds


def found(request: HttpRequest, code: str) -> Invitation:
    """The invitation a code opens. Raises `NoSuchInvitation`, or `TooManyTries` for an address that guesses."""
    tries = f"wrong codes from {request.META.get('REMOTE_ADDR', '')}".replace(" ", "-")
    if cache.get(tries, 0) >= MOST:
        raise problems.TooManyTries
    try:
        return answering.by_code(code)
    except problems.NoSuchInvitation:
        if not cache.add(tries, 1, WITHIN):
            cache.incr(tries)
        raise


def title(invitation: Invitation) -> str:
    return forms.title(answering.version_of(invitation).form)


def page(invitation: Invitation, code: str, *, programme: Programme | None = None) -> dict[str, Any]:
    """What the page shows. With `programme` it is typed in from paper by somebody of the programme."""
    version = answering.version_of(invitation)
    known = declared.instruments(invitation.programme).get(invitation.instrument)
    linkage = known.linkage if known else declared.IDENTIFIED
    client = Submission.Source.PAPER if programme else Submission.Source.WEB
    is_identified = linkage == declared.IDENTIFIED
    config = filling.invited(
        version=version,
        xml=answering.filled_beforehand(
            version, wave=invitation.wave, respondent=str(invitation.person.uid) if is_identified else ""
        ),
        key=str(invitation.person.uid) if is_identified else uuid4().hex,
        client=client,
        urls=_urls(invitation, code, programme),
    )
    return {
        "config": config,
        "title": forms.title(version.form),
        "invitation": invitation,
        "linkage": linkage,
        "can_fill": "field" in version.clients,
    }


def _urls(invitation: Invitation, code: str, programme: Programme | None) -> dict[str, str]:
    if programme is None:
        done = f"{reverse('asked:page', args=[code])}?sent=1"
        return {
            "send": reverse("asked:submission", args=[code]),
            "file": reverse("asked:file", args=[code, "NAME"]),
            "done": done,
        }
    send = reverse("surveys_desk:sheet_submission", args=[programme.code, invitation.pk])
    return {
        "send": send,
        "file": reverse("desk:file", args=[programme.code, 0, "NAME"]),
        "done": reverse("surveys:due", args=[programme.code]),
    }


def take(invitation: Invitation, body: Body, source: str) -> Receipt:
    at = clock.now()
    if body.xml is None:
        arrival = Arrival(invitation.programme, b"", body.files, None, None, source, at=at, raw=body.raw)
        return receiving.refuse(arrival=arrival, refusal=refusals.no_record(body.trouble))
    return actions.receive(invitation=invitation, xml=body.xml, files=body.files, raw=body.raw, source=source, at=at)
