"""Taking out what says who somebody is. Mlezi suggests, a person decides; the words as they came stay in a version
that only named roles read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.formats.turns import speaks_in_code
from mlezi.methods.coding.carrying import Edit
from mlezi.narratives import identifiers, problems
from mlezi.narratives.models import Redaction, Source, SourceVersion, Voice
from mlezi.narratives.versions import next_version
from mlezi.people.models import Person
from mlezi.programmes.models import Programme

LABELS = {"person": "name", "name": "name", "phone": "phone", "number": "number", "register": "number"}


@transaction.atomic
def suggest(*, source: Source, by: Actor, at: datetime) -> int:
    """Look through the current version and write down what may name somebody. How many wait for a decision.

    Words that somebody said name nobody are not asked about again.
    """
    held = Source.objects.select_for_update().get(pk=source.pk)
    version = held.current
    assert version is not None
    known = {(one.start, one.end) for one in version.redactions.all()}
    left = {words.casefold() for words in _decided(held, Redaction.State.KEPT).values_list("words", flat=True)}
    labels = {one.speaker: one.participant.label for one in held.voices.select_related("participant") if one.speaker}
    named = [name for name in labels if not speaks_in_code(name)]
    found = identifiers.find(version.text, names_of(held.programme), named)
    numbers = _numbered(trace.words for trace in found)
    for trace in found:
        if (trace.start, trace.end) not in known and trace.words.casefold() not in left:
            label = labels.get(trace.words) if trace.words in named else None
            Redaction.objects.create(
                version=version, start=trace.start, end=trace.end, kind=trace.kind, words=trace.words[:300],
                replacement=label or f"[{LABELS[trace.kind]} {numbers[trace.words.casefold()]}]",
            )  # fmt: skip
    return version.redactions.filter(state=Redaction.State.SUGGESTED).count()


def _decided(source: Source, state: str) -> QuerySet[Redaction]:
    return Redaction.objects.filter(version__source=source, state=state)


def _numbered(words: Iterable[str]) -> dict[str, int]:
    """A number for each name; *Rehema* has that of *Rehema Juma*."""
    found: dict[str, int] = {}
    said = list(dict.fromkeys(one.casefold() for one in words))
    whole = {part: one for one in said for part in one.split() if part != one}
    for one in said:
        found[one] = found.setdefault(whole.get(one, one), len(found) + 1)
    return found


@transaction.atomic
def follow(*, source: Source, before: SourceVersion, by: Actor, at: datetime) -> int:
    """Take what was decided about the words before an edit to the words after it, and look at what is new.

    How many wait. A text that was open waits again while something in its new words may name somebody.
    """
    held = Source.objects.select_for_update().get(pk=source.pk)
    version = held.current
    assert version is not None
    for row in before.redactions.filter(state=Redaction.State.ACCEPTED):
        for place in re.finditer(re.escape(row.words), version.text):
            Redaction.objects.get_or_create(
                version=version, start=place.start(), end=place.end(),
                defaults={"kind": row.kind, "words": row.words, "replacement": row.replacement, "state": row.state,
                          "decided_at": row.decided_at, "decided_by_name": row.decided_by_name},
            )  # fmt: skip
    waiting = suggest(source=held, by=by, at=at)
    if waiting and held.released_at is not None:
        held.released_at = None
        held.save(update_fields=["released_at"])
        audit.record("source.waits_again", held, by=by, at=at, facts={"n": waiting})
    return waiting


def names_of(programme: Programme) -> list[str]:
    """Names of people who take part in the programme, or hold a role in it."""
    people = Person.objects.filter(enrolments__programme=programme) | Person.objects.filter(roles__programme=programme)
    return sorted(set(people.values_list("name", flat=True)))


@transaction.atomic
def mark(*, version: SourceVersion, start: int, end: int, replacement: str, by: Actor, at: datetime) -> Redaction:
    """Mark a piece by hand that shall go. Raises `BadSpan`."""
    if not 0 <= start < end <= version.n_chars:
        raise problems.BadSpan(start=start, end=end, length=version.n_chars)
    made, _ = Redaction.objects.update_or_create(
        version=version, start=start, end=end,
        defaults={
            "kind": "by_hand", "words": version.text[start:end][:300], "replacement": replacement[:60] or "[…]",
            "state": Redaction.State.ACCEPTED, "decided_at": at, "decided_by_name": by.name,
        },
    )  # fmt: skip
    audit.record("redaction.marked", version.source, by=by, at=at, facts={"start": start, "end": end})
    return made


@transaction.atomic
def decide(*, redaction: Redaction, accept: bool, by: Actor, at: datetime, everywhere: bool = True) -> int:
    """Say whether a piece goes; `everywhere`: the same words in this version too. How many were decided."""
    rows = Redaction.objects.select_for_update().filter(version=redaction.version_id)
    rows = rows.filter(words__iexact=redaction.words) if everywhere else rows.filter(pk=redaction.pk)
    state = Redaction.State.ACCEPTED if accept else Redaction.State.KEPT
    n = rows.update(state=state, decided_at=at, decided_by_name=by.name)
    audit.record("redaction.decided", redaction.version.source, by=by, at=at, facts={"accepted": accept, "n": n})
    return n


@transaction.atomic
def release(*, source: Source, by: Actor, at: datetime) -> Source:
    """Open the text for coding: what was accepted goes, the rest stays.

    Raises `StillToDecide` while a suggestion waits, `ConsentMissing` while nobody wrote down that everybody agreed.
    """
    held = Source.objects.select_for_update().get(pk=source.pk)
    version = held.current
    assert version is not None
    waiting = version.redactions.filter(state=Redaction.State.SUGGESTED).count()
    if waiting:
        raise problems.StillToDecide(n=waiting)
    silent = held.voices.exclude(consent=Voice.Consent.GIVEN).select_related("participant")
    if silent:
        raise problems.ConsentMissing(labels=", ".join(one.participant.label for one in silent))
    accepted = _apart(list(version.redactions.filter(state=Redaction.State.ACCEPTED)))
    if accepted:
        edits = [Edit(one.start, one.end, one.replacement) for one in accepted]
        called = {one.words: one.replacement for one in accepted}
        next_version(held, edits, because=f"{len(edits)} identifiers taken out", by=by, at=at, redacts=True,
                     called=called)  # fmt: skip
    if held.released_at is None:
        held.released_at = at
        held.save(update_fields=["released_at"])
    audit.record("source.released", held, by=by, at=at, facts={"redacted": len(accepted)})
    return held


def _apart(rows: list[Redaction]) -> list[Redaction]:
    """Pieces that overlap: the earlier and longer one goes."""
    kept: list[Redaction] = []
    for row in sorted(rows, key=lambda one: (one.start, -one.end)):
        if not kept or row.start >= kept[-1].end:
            kept.append(row)
    return kept
