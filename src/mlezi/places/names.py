"""Names and codes of places. A name is compared without regard to capitals, accents and signs."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 and O, no 1, I and L, no U: read aloud without mistakes


def bare(name: str) -> str:
    """ "St. Mary's  Clinic" and "st marys clinic" are the same name."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w\s]+", "", plain).split())


def is_code(code: str) -> bool:
    """Letters, digits, dot, dash and underscore: what stands in an address as it is."""
    return bool(re.fullmatch(r"[\w.-]{1,60}", code))


def minted(fingerprint: Iterable[object], *, start: str, taken: set[str]) -> str:
    """A short code that the same place gets again on another installation; longer when it is taken."""
    digest = int.from_bytes(hashlib.sha256("|".join(str(part) for part in fingerprint).encode()).digest(), "big")
    letters = ""
    while digest:
        digest, rest = divmod(digest, len(ALPHABET))
        letters += ALPHABET[rest]
    length = 5
    while (code := f"{prefix(start)}{letters[:length]}") in taken:
        length += 1
    return code


def prefix(start: str) -> str:
    """The three letters and the dash that codes under a place begin with."""
    return ("".join(sign for sign in bare(start).upper() if sign.isascii() and sign.isalnum())[:3] or "P") + "-"
