"""Codes in links: short enough for a text message, made again from a secret, never stored.

A code is ten signs of an alphabet without I, L, O and U (Crockford's base 32): 50 bits. It is a keyed hash of the
invitation and how often it was renewed; the database holds only a hash of it, so that a copy of the database opens
no door.
"""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_SAID = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V", "-": "", " ": ""})


def code_of(invitation_id: UUID, generation: int) -> str:
    """The code of an invitation: the same each time it is asked for."""
    words = f"invitation|{invitation_id}|{generation}".encode()
    number = int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), words, "sha256")[:8], "big")
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in range(LENGTH))


def spaced(code: str) -> str:
    """As people read it out: K7QM2-XNP4R."""
    return f"{code[:5]}-{code[5:]}"


def hashed(text: str) -> str:
    """What is stored and looked for, whichever way the code was typed. Empty text gives a hash nobody has."""
    plain = text.upper().translate(_SAID)
    return hashlib.sha256(f"invitation|{plain}".encode()).hexdigest()
