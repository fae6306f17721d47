"""Seals what people say of themselves: the row says neither whose it is nor what it says.

The key comes from the installation's secret. A copy of the database, an export or a backup without that secret shows
only noise. Nothing but `identity` opens an answer, and only to count or to match where the policy allows it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from mlezi.people.models import Person
from mlezi.programmes.models import Programme


def _key(purpose: str) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", settings.SECRET_KEY.encode(), f"mlezi identity {purpose}".encode(), 1)


def whose(person: Person, programme: Programme) -> str:
    """A keyed digest: finds somebody's row, and tells nobody without the key whose it is."""
    said = f"{programme.uid}:{person.uid}".encode()
    return hmac.new(_key("whose"), said, hashlib.sha256).hexdigest()


def seal(answer: dict[str, Any]) -> str:
    """Every answer is padded to the same length, so that the length says nothing either."""
    text = json.dumps(answer, sort_keys=True).encode().ljust(1024)
    return Fernet(base64.urlsafe_b64encode(_key("sealed"))).encrypt(text).decode()


def opened(sealed: str) -> dict[str, Any] | None:
    """None when it was sealed with another installation's key."""
    try:
        text = Fernet(base64.urlsafe_b64encode(_key("sealed"))).decrypt(sealed.encode())
    except InvalidToken:
        return None
    found: dict[str, Any] = json.loads(text)
    return found
