"""What people write above a column or on a sheet, and which of ours they mean: in English and in Swahili."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

SHEETS = {
    "mentees": ("mentee", "learners", "walezwa", "mlezwa", "wanafunzi"),
    "mentors": ("mentor", "guides", "coaches", "walezi", "mlezi", "washauri"),
    "settings": ("setting", "mipangilio"),
}
ALSO: Mapping[str, tuple[str, ...]] = {
    "name": ("full name", "names", "code", "jina", "jina kamili", "majina"),
    "latitude": ("lat", "latitudo"),
    "longitude": ("lon", "long", "lng", "longitudo"),
    "land": ("island", "kisiwa"),
    "languages": ("language", "lugha"),
    "free": ("availability", "free times", "shifts", "muda wa nafasi", "zamu"),
    "topics": ("topic", "interests", "mada"),
    "level": ("seniority", "career level", "ngazi"),
    "cadre": ("profession", "kada"),
    "wishes": ("wished for", "preferences", "matakwa"),
    "not_with": ("conflicts", "conflict", "si pamoja na"),
    "wants": ("mentors wanted", "anataka walezi"),
    "needs": ("need", "learning needs", "to learn", "mahitaji"),
    "waiting_days": ("days waiting", "waiting", "siku za kusubiri"),
    "manager": ("line manager", "supervisor", "msimamizi", "msimamizi wa kazi"),
    "current": ("current mentor", "present mentor", "mlezi wa sasa"),
    "earlier": ("earlier mentor", "earlier mentors", "previous mentor", "walezi wa awali"),
    "places": ("capacity", "max mentees", "number of mentees", "free places", "nafasi", "idadi ya nafasi"),
    "total": ("total places", "max total", "jumla ya nafasi"),
    "elsewhere": ("mentees elsewhere", "kwingine"),
    "skills": ("skill", "expertise", "competencies", "can teach", "ujuzi"),
    "value": ("thamani",),
}
CLOSE = 0.8


def plain(text: str) -> str:
    return re.sub(r"[\s_\-.]+", "_", text.strip().lower()).strip("_")


def meant(heading: str, known: Collection[str]) -> str | None:
    """The column of `known` that a heading names, in whatever case, spacing or language."""
    word = plain(heading)
    if word in known:
        return word
    return next((name for name in known if word in map(plain, ALSO.get(name, ()))), None)


def near(heading: str, known: Iterable[str]) -> str | None:
    """A column that was probably meant: the heading is a slip of the pen away from it."""
    words = {plain(word): name for name in known for word in (name, *ALSO.get(name, ()))}
    found = get_close_matches(plain(heading), words, n=1, cutoff=CLOSE)
    return words[found[0]] if found else None


def sheet(title: str, names: Iterable[str]) -> str | None:
    """The sheet among `names` that holds the mentees, mentors or settings."""
    return next((name for name in names if plain(name) in (title, *SHEETS[title])), None)
