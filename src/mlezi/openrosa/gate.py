"""Who is calling: a phone by the token in its address, or a person by name and password (Basic).

No session and no form token is looked at: a phone has neither. A wrong token is answered 403, because
a 401 makes phones ask their owner for a password that does not exist.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest

from mlezi.openrosa import problems
from mlezi.openrosa.holder import holder
from mlezi.people.models import Account, Device, Person
from mlezi.plumbing import clock
from mlezi.programmes.models import Programme, RoleAssignment
from mlezi.programmes.permissions import ROLES, Permission, Role
from mlezi.programmes.queries import runs_on

LOCAL = {"localhost", "127.0.0.1", "[::1]", "testserver"}
REMEMBERED = 600  # seconds that a right password is believed, so that it is not worked out for each request


@dataclass(frozen=True)
class Caller:
    """Who is at the door, for which programme. `base` is the address everything hangs under."""

    programme: Programme
    person: Person
    device: Device | None
    base: str


def by_token(token: str, *, sending: bool = False) -> Caller:
    """The phone that holds the token. Raises `TurnedAway`."""
    found = holder(token)
    if found is None:
        raise problems.UnknownToken
    if found.device.revoked_at is not None:
        raise problems.Revoked
    if found.programme is None:
        raise problems.UnknownToken
    _check_part(found.roles, found.programme, sending=sending)
    return Caller(found.programme, found.device.person, found.device, f"/phone/key/{token}")


def by_password(request: HttpRequest, programme_code: str, *, sending: bool = False) -> Caller:
    """The person whose name and password came along. Raises `Challenge` or another `TurnedAway`."""
    account = _account(request)
    programme = Programme.objects.defer("blueprint").filter(code=programme_code).first()
    if programme is None or account.person is None:
        raise problems.NoPart
    ever = RoleAssignment.objects.filter(Q(programme=programme) | Q(programme=None), person=account.person)
    _check_part(ever, programme, sending=sending)
    return Caller(programme, account.person, None, f"/phone/{programme.code}")


def _check_part(ever: Iterable[RoleAssignment], programme: Programme, *, sending: bool) -> None:
    """Somebody whose part has ended fetches nothing more, but what they still hold is taken in."""
    today = clock.today(programme.time_zone)
    held = {ROLES.get(role.role, Role) for role in ever if sending or runs_on(role, today)}
    if not any(role.allows(Permission.LOG_ENCOUNTERS) for role in held):
        raise problems.NoPart


def _account(request: HttpRequest) -> Account:
    name, password = _credentials(request)
    if not (request.is_secure() or request.get_host().rpartition(":")[0] in LOCAL or request.get_host() in LOCAL):
        raise problems.NotPrivate
    account = Account.objects.select_related("person").filter(username=name, is_active=True).first()
    if account and _remembered(account, password):
        return account
    try:
        found = get_adapter().authenticate(request, username=name, password=password)
    except ValidationError as error:  # too many wrong ones
        raise problems.TooMany from error
    if not isinstance(found, Account) or not found.is_active:
        raise problems.Challenge
    if is_mfa_enabled(found):
        raise problems.SecondFactor
    _remember(found, password)
    return found


def _credentials(request: HttpRequest) -> tuple[str, str]:
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        raise problems.Challenge
    try:
        text = base64.b64decode(value.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise problems.Challenge from error
    name, colon, password = text.partition(":")
    if not colon or not name or "\0" in text:
        raise problems.Challenge
    return name, password


_right: dict[str, float] = {}
_lock = Lock()


def _mark(account: Account, password: str) -> str:
    """Changes with the password kept for the account, so that a changed one is not believed."""
    whole = f"{settings.SECRET_KEY}\0{account.pk}\0{account.password}\0{password}"
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()


def _remembered(account: Account, password: str) -> bool:
    return _right.get(_mark(account, password), 0.0) > time.monotonic()


def _remember(account: Account, password: str) -> None:
    with _lock:
        if len(_right) > 5000:
            _right.clear()
        _right[_mark(account, password)] = time.monotonic() + REMEMBERED
