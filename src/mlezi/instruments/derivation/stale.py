"""Which records must be derived again when something they name changed: a person, a place, the blueprint."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import ForeignKey

from mlezi.audit.models import Event, ImportRow
from mlezi.audit.queries import about
from mlezi.formats import answers
from mlezi.instruments.derivation import awaiting, register, runner
from mlezi.instruments.models import Rebuild, Submission
from mlezi.people.models import Person
from mlezi.plumbing import clock
from mlezi.plumbing.bulk import chunks

PEOPLE = (
    "person.added",
    "person.changed",
    "person.transferred",
    "person.left",
    "person.came_back",
    "people.merged",
    "people.unmerged",
    "people.imported",
    "people.import_undone",
    "enrolment.begun",
    "enrolment.ended",
)
DECISIONS = (
    "encounter.planned",
    "encounter.replanned",
    "encounter.cancelled",
    "encounter.corrected",
    "encounter.voided",
)
OPEN_THEN = 20  # events
NAMING_PEOPLE = ("person", "kept", "absorbed")  # facts of events that hold a person's uid


def derive_named_in(events: Iterable[Event], *, at: datetime) -> None:
    """Derive whatever names the people these events are about, and whatever waited for somebody."""
    people = people_of(events)
    uids, submissions = touching(people)
    derive_touched(uids, submissions | awaiting.now_known(), at=at)


def derive_encounters_in(events: Iterable[Event], *, at: datetime) -> None:
    """Derive the encounters that these plans and decisions are about."""
    uids = {UUID(event.facts["encounter"]) for event in events if "encounter" in event.facts}
    derive_touched(uids, (), at=at)


def since(run: Rebuild) -> None:
    """Derive once more what people did while a rebuild ran, and a little before: a transaction that was open when it
    began has written events with lower numbers. Deriving twice changes nothing."""
    began = about("Rebuild", [run.pk]).filter(name="derivation.begun")
    first = began.order_by("id").values_list("id", flat=True).first() or 0
    events = Event.objects.filter(id__gt=first - OPEN_THEN).order_by("id")
    now = clock.now()
    derive_named_in(events.filter(name__in=PEOPLE), at=now)
    derive_encounters_in(events.filter(name__in=DECISIONS), at=now)


def derive_touched(uids: Collection[UUID], submission_ids: Collection[UUID], *, at: datetime) -> None:
    """Derive these encounters and these records again."""
    ids = set(submission_ids)
    for some in chunks(sorted(uids)):
        ids |= set(Submission.objects.filter(encounter_uid__in=some, is_current=True).values_list("pk", flat=True))
    runner.derive(ids, at=at)


def people_of(events: Iterable[Event]) -> set[int]:
    """Row ids of the people these events are about."""
    ids: set[int] = set()
    uids: set[UUID] = set()
    batches: set[UUID] = set()
    for event in events:
        if event.subject_kind == "Person":
            ids.add(int(event.subject_id))
        if event.subject_kind == "ImportBatch":
            batches.add(UUID(event.subject_id))
        uids |= {uid for name in NAMING_PEOPLE if (uid := answers.uid(str(event.facts.get(name, ""))))}
    for some in chunks(sorted(uids)):
        ids |= set(Person.objects.filter(uid__in=some).values_list("pk", flat=True))
    rows = ImportRow.objects.filter(batch_id__in=batches).exclude(outcome=ImportRow.Outcome.UNCHANGED)
    ids |= {int(pk) for pk in rows.values_list("subject_id", flat=True) if pk.isdecimal()}
    return ids


def touching(person_ids: Collection[int]) -> tuple[set[UUID], set[UUID]]:
    """Encounters, and records, of which any derived row names one of these people."""
    uids: set[UUID] = set()
    submissions: set[UUID] = set()
    for table in register.tables():
        to_people = [
            field.attname
            for field in table.model._meta.concrete_fields
            if isinstance(field, ForeignKey) and field.related_model is Person
        ]
        found = submissions if table.by_submission else uids
        for column in to_people:
            for some in chunks(sorted(person_ids)):
                rows = table.model._default_manager.filter(**{f"{column}__in": some})
                found |= {owner for owner in rows.values_list(table.owner, flat=True) if owner}
    for some in chunks(sorted(person_ids)):
        sent = Submission.objects.filter(sender_id__in=some, is_current=True)
        submissions |= set(sent.values_list("pk", flat=True))
    return uids, submissions
