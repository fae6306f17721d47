"""Who is calling, from either address: `/phone/<programme>/…` or `/phone/key/<token>/…`."""

from __future__ import annotations

from contextlib import suppress

from django.db import DatabaseError
from django.http import HttpRequest

from mlezi.openrosa import answers, gate, taking
from mlezi.openrosa.gate import Caller


def caller(request: HttpRequest, address: dict[str, str], *, sending: bool = False) -> Caller:
    """Let the caller in and speak their language. `address` names a programme or a token. Raises `TurnedAway`."""
    with taking.shielded():
        if "token" in address:
            found = gate.by_token(address["token"], sending=sending)
        else:
            found = gate.by_password(request, address["programme"], sending=sending)
    answers.speak_to(found.person)
    with suppress(DatabaseError):  # a full disk must not keep a phone from being answered
        taking.note_contact(found, request)
    return found
