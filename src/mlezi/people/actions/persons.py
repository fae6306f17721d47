"""Persons: add, and correct what is known about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.people import problems
from mlezi.people.models import Person, Post
from mlezi.places.models import Place

FACTS = frozenset({"name", "cadre", "phone", "email", "languages", "code", "note"})


@transaction.atomic
def add(
    *,
    name: str,
    by: audit.Actor,
    at: datetime,
    cadre: str = "",
    phone: str = "",
    email: str = "",
    languages: Sequence[str] = (),
    code: str = "",
    note: str = "",
    uid: UUID | None = None,
    place: Place | None = None,
    from_on: date | None = None,
) -> Person:
    """Add a person, with the place where they work when it is known. Raises `NameMissing`, `CodeTaken`."""
    name = " ".join(name.split())
    if not name:
        raise problems.NameMissing
    _check_code(code, None)
    person = Person.objects.create(
        uid=uid or uuid4(),
        name=name,
        cadre=cadre,
        phone=tidy_phone(phone),
        email=email,
        languages=list(languages),
        code=code or None,
        note=note,
        created_at=at,
    )
    if place:
        Post.objects.create(person=person, place=place, cadre=cadre, from_on=from_on)
    audit.record("person.added", person, by=by, at=at, facts={"uid": str(person.uid)})
    return person


@transaction.atomic
def change(*, person: Person, by: audit.Actor, at: datetime, **facts: Any) -> Person:
    """Correct what is known about a person. Raises `NameMissing`, `CodeTaken`."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if "name" in facts:
        facts["name"] = " ".join(facts["name"].split())
        if not facts["name"]:
            raise problems.NameMissing
    if "phone" in facts:
        facts["phone"] = tidy_phone(facts["phone"])
    if "code" in facts:
        facts["code"] = facts["code"] or None
        _check_code(facts["code"] or "", person)
    changed = {key: value for key, value in facts.items() if key in FACTS and getattr(person, key) != value}
    if not changed:
        return person
    before = {key: getattr(person, key) for key in changed}
    for key, value in changed.items():
        setattr(person, key, value)
    person.save(update_fields=list(changed))
    if "cadre" in changed:
        Post.objects.filter(person=person, to_on=None).update(cadre=changed["cadre"])
    audit.record("person.changed", person, by=by, at=at, facts={"before": before, "changed": sorted(changed)})
    return person


def tidy_phone(phone: str) -> str:
    """Signs that people put between digits are dropped, so that one number is written one way."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")[:40]


def _check_code(code: str, person: Person | None) -> None:
    taken = Person.objects.filter(code=code).first() if code else None
    if taken and (person is None or taken.pk != person.pk):
        raise problems.CodeTaken(code=code, person=taken)
