"""How alike two names are, for people of East and Southern Africa. Pure; proposes, never decides.

Spelling varies with the clerk: r and l, z and s, j and y, doubled letters, a vowel after a final consonant
(Paul, Paulo), ph and f, ch and sh. Names come in any order, and one may be left out.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

LETTERS = (
    ("ph", "f"),
    ("ch", "s"),
    ("sh", "s"),
    ("th", "t"),
    ("dh", "s"),
    ("gh", "g"),
    ("kh", "h"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("z", "s"),
    ("r", "l"),
    ("j", "i"),
    ("y", "i"),
    ("w", "u"),
    ("v", "f"),
    ("e", "i"),
    ("o", "u"),
)
ALIKE = 0.86  # from here on two names are proposed as one


@lru_cache(maxsize=2**17)  # the names of a country: each is compared with those of everybody at the same place
def folded(name: str) -> tuple[str, ...]:
    """The parts of a name with their spellings made one, in order of the alphabet."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(sorted(filter(None, (_part(part) for part in re.findall(r"[a-z']+", plain)))))


def _part(part: str) -> str:
    part = part.replace("'", "")
    for written, kept in LETTERS:
        part = part.replace(written, kept)
    part = re.sub(r"(.)\1+", r"\1", part)
    return re.sub(r"[aiu]+$", "", part) if len(part) > 3 else part


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the mean likeness of the parts of the shorter name with their best partners in the longer.

    A name of one part says little: it is told from a longer one with a deduction.
    """
    shorter, longer = sorted((folded(one), folded(other)), key=lambda parts: (len(parts), parts))
    if not shorter:
        return 0.0
    left = list(longer)
    total = 0.0
    for part in shorter:
        best = max(left, key=lambda candidate: _alike(part, candidate))
        total += _alike(part, best)
        left.remove(best)
    mean = total / len(shorter)
    return mean * (0.85 if len(shorter) == 1 < len(longer) else 1.0)


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:  # an initial
        return 0.9 if one[0] == other[0] else 0.0
    first, second = sorted((one, other))  # the matcher minds the order; likeness must not
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
