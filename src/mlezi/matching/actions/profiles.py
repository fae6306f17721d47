"""What people say about themselves for matching, and what is brought in for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.matching import problems, slots
from mlezi.matching.models import Preference, Profile, RecordEntry, Terms
from mlezi.people.models import Person
from mlezi.programmes.models import Programme


@transaction.atomic
def describe(*, person: Person, by: audit.Actor, at: datetime, **values: Any) -> Profile:
    """Set fields of somebody's profile; what is not named stays. Raises `UnknownSlot`."""
    for code in values.get("slots", ()):
        if code not in slots.CODES:
            raise problems.UnknownSlot(slot=code)
    Person.objects.select_for_update().get(pk=person.pk)
    profile, _made = Profile.objects.update_or_create(person=person, defaults={**values, "changed_at": at})
    audit.record("profile.described", profile, by=by, at=at, facts={"changed": sorted(values)})
    return profile


@transaction.atomic
def agree(*, person: Person, programme: Programme, by: audit.Actor, at: datetime, **values: Any) -> Terms:
    """Set what somebody offers or needs in a programme; what is not named stays."""
    Person.objects.select_for_update().get(pk=person.pk)
    terms, _made = Terms.objects.update_or_create(
        person=person, programme=programme, defaults={**values, "changed_at": at}
    )
    audit.record("terms.agreed", terms, by=by, at=at, facts={"changed": sorted(values)})
    return terms


@transaction.atomic
def open_up(*, person: Person, is_open: bool, by: audit.Actor, at: datetime, away_until: date | None = None) -> Profile:
    """Say that one takes people, or takes nobody (until a day)."""
    return describe(person=person, by=by, at=at, is_open=is_open, away_until=away_until)


@transaction.atomic
def prefer(
    *, person: Person, other: Person, programme: Programme, rank: int | None, by: audit.Actor, at: datetime
) -> Preference:
    """Wish for somebody (1 first), or, with no rank, ask not to be paired with them. The latest word holds."""
    row, _made = Preference.objects.update_or_create(
        person=person, other=other, programme=programme, defaults={"rank": rank, "said_at": at}
    )
    # Said in confidence: the record says that something was said, not about whom.
    audit.record("preference.said", programme, by=by, at=at)
    return row


@transaction.atomic
def forget(*, person: Person, other: Person, programme: Programme, by: audit.Actor, at: datetime) -> None:
    Preference.objects.filter(person=person, other=other, programme=programme).delete()
    audit.record("preference.forgotten", programme, by=by, at=at)


@transaction.atomic
def add_record(
    *, person: Person, entries: Sequence[Mapping[str, Any]], source: str, by: audit.Actor, at: datetime
) -> tuple[int, int]:
    """Bring in lines of a track record: (new ones, ones known before). The same line twice is one."""
    Person.objects.select_for_update().get(pk=person.pk)
    known = set(RecordEntry.objects.filter(person=person).values_list("kind", "title"))
    new = {}
    for entry in entries:
        key = (str(entry["kind"]), str(entry["title"])[:500])
        if key not in known:
            new[key] = RecordEntry(person=person, source=source, added_at=at, **{**entry, "title": key[1]})
    RecordEntry.objects.bulk_create(new.values(), batch_size=200)
    audit.record("track_record.added", person, by=by, at=at, facts={"source": source, "new": len(new)})
    return len(new), len(entries) - len(new)


@transaction.atomic
def say_wishes(
    *, person: Person, programme: Programme, said: Mapping[Person, str], by: audit.Actor, at: datetime
) -> None:
    """All wishes of one page at once: "1", "2", "3", "no" (not with them), or empty to take a wish back."""
    for other, word in said.items():
        if word == "no":
            prefer(person=person, other=other, programme=programme, rank=None, by=by, at=at)
        elif word in ("1", "2", "3"):
            prefer(person=person, other=other, programme=programme, rank=int(word), by=by, at=at)
        elif Preference.objects.filter(person=person, other=other, programme=programme).exists():
            forget(person=person, other=other, programme=programme, by=by, at=at)
