"""Giving texts to coders, saying *done*, and who is here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.narratives import problems
from mlezi.narratives.models import Coding, Presence, Reading, Source
from mlezi.people.models import Person

AWAY_AFTER = timedelta(seconds=60)


@transaction.atomic
def give(*, source: Source, coders: Sequence[Person], blind: bool, by: Person, at: datetime) -> None:
    """Ask these people to code a text; blind ones see each other's codings when all are done."""
    held = Source.objects.select_for_update().get(pk=source.pk)
    if held.released_at is None:
        raise problems.NotReleased
    held.is_blind = blind
    held.save(update_fields=["is_blind"])
    for coder in coders:
        reading, _ = Reading.objects.get_or_create(source=held, coder=coder, defaults={"asked_at": at})
        if reading.asked_at is None:
            reading.asked_at = at
            reading.save(update_fields=["asked_at"])
    kept = [coder.pk for coder in coders]
    Reading.objects.filter(source=held, asked_at__isnull=False).exclude(coder__in=kept).update(asked_at=None)
    audit.record("source.given", held, by=by, at=at, facts={"coders": kept, "blind": blind})


@transaction.atomic
def done(*, source: Source, by: Person, at: datetime) -> Reading:
    """This coder is done with the text. Without a coding it says: read, and nothing applies."""
    held = Source.objects.select_for_update().get(pk=source.pk)
    reading, _ = Reading.objects.select_for_update().get_or_create(source=held, coder=by, defaults={"begun_at": at})
    if reading.done_at is not None:
        return reading
    n = Coding.objects.filter(source=held, version=held.current_id, coder=by, removed_at=None).count()
    reading.done_at, reading.n_codings, reading.nothing_applies = at, n, n == 0
    reading.begun_at = reading.begun_at or at
    reading.save()
    audit.record("source.read", held, by=by, at=at, facts={"n": n})
    return reading


@transaction.atomic
def reopen(*, source: Source, by: Person, at: datetime) -> Reading:
    """Go on coding after having said done; not once the coders have seen each other. Raises `CannotReopen`."""
    held = Source.objects.select_for_update().get(pk=source.pk)
    reading = Reading.objects.select_for_update().filter(source=held, coder=by).first()
    if reading is None or reading.done_at is None:
        raise problems.NothingToUndo
    if (held.is_blind and _saw_each_other(held)) or held.settled_at is not None:
        raise problems.CannotReopen
    reading.done_at, reading.nothing_applies = None, False
    reading.save(update_fields=["done_at", "nothing_applies"])
    audit.record("source.reopened", held, by=by, at=at)
    return reading


def _saw_each_other(source: Source) -> bool:
    """Whether all who had been asked were done at one time. Who is asked after that makes nothing unseen."""
    asked = list(Reading.objects.filter(source=source, asked_at__isnull=False))
    latest = max((one.done_at for one in asked if one.done_at), default=None)
    then = [one for one in asked if latest and one.asked_at and one.asked_at <= latest]
    return len(then) > 1 and all(one.done_at for one in then)


def be_here(source: Source, person: Person, at: datetime, position: int = 0) -> None:
    """Note that somebody has the text open. Nothing anybody decided: not audited, and forgotten soon."""
    Presence.objects.update_or_create(source=source, person=person, defaults={"at": at, "position": position})


def others_here(source: Source, person: Person, at: datetime) -> list[Presence]:
    """Who else has the text open now."""
    rows = Presence.objects.filter(source=source, at__gt=at - AWAY_AFTER).exclude(person=person)
    return list(rows.select_related("person").order_by("person__name"))
