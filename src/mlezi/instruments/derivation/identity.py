"""Which encounter a record is about, and the ids of what is derived from it. Pure."""

from __future__ import annotations

from hashlib import sha1
from uuid import UUID

from mlezi.formats import answers
from mlezi.formats.facts import Facts
from mlezi.instruments.vocabulary import TERMS

_MARKS = 5 << 76 | 0b10 << 62  # version and variant of a UUIDv5
_KEPT = ~(0xF << 76 | 0b11 << 62) & (1 << 128) - 1
ABOUT_A_MEETING = frozenset(
    name for name, term in TERMS.items() if term.about in {"encounter", "participant"} and name != "encounter"
)


IDENTIFYING = ABOUT_A_MEETING | {"encounter"}  # all that `encounter_of` looks at


def derived_id(namespace: UUID, *parts: object) -> UUID:
    """UUIDv5 of parts joined by "|": submission root, question path, repeat key, and a choice if need be."""
    text = "|".join(map(str, parts))
    number = int.from_bytes(sha1(namespace.bytes + text.encode(), usedforsecurity=False).digest()[:16], "big")
    return UUID(int=number & _KEPT | _MARKS)


def encounter_of(facts: Facts, root_id: str, *, namespace: UUID, is_meeting: bool) -> UUID | None:
    """The encounter's uid: the plan's, else the device's, else one made from the record itself.

    `is_meeting` says that the form feeds a type of encounter. An id that is no UUID still ties records
    together. None: the record is about no encounter.
    """
    for term in ("encounter.planned", "encounter"):
        for fact in facts.having(term):
            return answers.uid(fact.value) or derived_id(namespace, "encounter", fact.value)
    if facts.having("encounter.type") or (is_meeting and any(fact.term in ABOUT_A_MEETING for fact in facts)):
        return derived_id(namespace, root_id, "encounter")
    return None


def states_an_encounter(facts: Facts) -> bool:
    """Whether the record itself says which encounter it is about."""
    return bool(facts.having("encounter", "encounter.planned"))


def also_called(facts: Facts) -> UUID | None:
    """The device's uid of an encounter that goes by its plan's: other forms may know only this one."""
    if not facts.having("encounter.planned"):
        return None
    fact = facts.first("encounter")
    return answers.uid(fact.value) if fact else None
