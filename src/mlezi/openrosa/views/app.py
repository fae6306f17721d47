"""What the phone app asks besides what every OpenRosa client asks."""

from __future__ import annotations

import base64

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from mlezi.openrosa import answers, offering, problems, recovery
from mlezi.openrosa.answers import phone
from mlezi.openrosa.views.entering import caller
from mlezi.people.actions import devices
from mlezi.plumbing import clock


@phone
@require_safe
def offered(request: HttpRequest, **address: str) -> HttpResponseBase:
    """Everything by its hash; 304 when nothing changed since the answer the phone names."""
    who = caller(request, address)
    return answers.marked_json(request, offering.Offer(who).as_json())


@phone
@require_POST
def recover(request: HttpRequest, **address: str) -> HttpResponseBase:
    """The key of a phone whose PIN was forgotten, for whoever holds a code made today for the same person."""
    who = caller(request, address, sending=True)
    at = clock.now()
    if who.device is None:
        raise problems.OldCode
    recovery.check_fresh(who.device, at)
    person, sealed = recovery.asked(request.body)
    if person != f"{who.programme.code}.{who.person.uid}":
        raise problems.NotSealedForUs
    key = recovery.opened(sealed, person)
    devices.note_recovered(device=who.device, by=who.person, at=at)
    return JsonResponse({"key": base64.b64encode(key).decode()})
