"""What one phone fetches with its token, beside forms and lists."""

from __future__ import annotations

from contextlib import suppress

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from mlezi.field import queries, today
from mlezi.instruments.queries.receipts import MOST, receipts
from mlezi.openrosa import answers, gate, taking
from mlezi.openrosa.answers import phone
from mlezi.openrosa.gate import Caller
from mlezi.openrosa.offering import Offer
from mlezi.plumbing import clock

KEPT = "private, no-cache"  # by the browser, and asked after each time


@phone
@require_safe
def news(request: HttpRequest, token: str) -> HttpResponseBase:
    """The mark of everything a phone may fetch, and what became of the records `?sent=` names.

    One small answer to one small question: on a bad line most questions find nothing new.
    """
    who = _caller(request, token)
    sent = list(dict.fromkeys(filter(None, request.GET.get("sent", "").replace("\0", "").split(","))))[:MOST]
    # First what was read, then the lists: a phone lets its own row go when its record was read, so they must hold it.
    found = receipts(who.programme, sent) if sent else {}
    contents = {"offered": Offer(who).as_json(), "day": _day(who), "guidance": _guidance(who)}
    told = {name: answers.mark(content) for name, content in contents.items()}
    return JsonResponse({**told, "sent": {uid: one["state"] for uid, one in found.items()}})


@gzip_page
@phone
@require_safe
def day(request: HttpRequest, token: str) -> HttpResponseBase:
    """Who needs this person and what they carry, as JSON; nothing but a 304 when nothing changed."""
    return answers.marked_json(request, _day(_caller(request, token)), caching=KEPT)


@gzip_page
@phone
@require_safe
def guidance(request: HttpRequest, token: str) -> HttpResponseBase:
    """The list of what there is to read, with sizes."""
    return answers.marked_json(request, _guidance(_caller(request, token)), caching=KEPT)


@phone
@require_safe
def material(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    found = queries.material(_caller(request, token).programme, name)
    etag = f'"{found.sha256[:32]}"'
    whole = HttpResponse(bytes(found.content), content_type=found.kind, headers={"ETag": etag, "Cache-Control": KEPT})
    answer = get_conditional_response(request, etag=etag, response=whole) or whole
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox"  # opened by itself it may not act as our page
    return answer


def _caller(request: HttpRequest, token: str) -> Caller:
    """Raises `TurnedAway`."""
    with taking.shielded():
        found = gate.by_token(token)
    answers.speak_to(found.person)
    with suppress(DatabaseError):  # a full disk must not keep a phone from being answered
        taking.note_contact(found, request)
    return found


def _day(who: Caller) -> bytes:
    return today.as_json(today.pulled(who, clock.today(who.programme.time_zone)))


def _guidance(who: Caller) -> bytes:
    return today.as_json({"files": list(today.guidance(who.programme))})
