"""Reads about records that arrived."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from mlezi.audit.models import Event
from mlezi.instruments.models import Submission
from mlezi.instruments.queries.reach import within
from mlezi.instruments.vocabulary import is_of_the_pair, terms_of
from mlezi.people.models import Person
from mlezi.places.scope import NOTHING, Scope
from mlezi.plumbing.bulk import chunks
from mlezi.plumbing.problems import NotFound
from mlezi.programmes.models import Programme


def missing_files(submission: Submission) -> list[str]:
    """Names of files the record speaks of that have not come. No flag of a sender is believed."""
    if not submission.expected_files:
        return []
    here = set(submission.attachments.values_list("name", flat=True))
    return [name for name in submission.expected_files if name not in here]


def own_record(programme: Programme, person: Person, pk: UUID, *, others: Scope = NOTHING) -> Submission:
    """A record as it stands now, whole, which its sender may correct.

    `others`: also those of others that this scope covers, unless their form asks for what stays with a person
    and their mentor.
    Raises `NotFound` for a record that is not theirs, and for one that a correction has replaced.
    """
    rows = Submission.objects.filter(programme=programme, is_current=True).exclude(form_version=None)
    rows = rows.filter(Q(sender=person) | within(programme, others)) if others.ranges else rows.filter(sender=person)
    found = rows.filter(pk=pk).select_related("form_version__form").first()
    if found is None or (found.sender_id != person.pk and _is_of_a_pair(found)):
        raise NotFound
    return found


def _is_of_a_pair(record: Submission) -> bool:
    among = terms_of(record.form_version.meanings if record.form_version else {})
    return any(is_of_the_pair(term, among) for term in among)


OWN_DAYS = 90  # how far back a person's own records are listed beside a form


def own_latest(programme: Programme, form_id: str, person: Person, *, at: datetime) -> list[Submission]:
    """The last ten records that this person sent on this form, as they stand now."""
    rows = Submission.objects.filter(
        programme=programme,
        received_at__gt=at - timedelta(days=OWN_DAYS),
        form_id=form_id,
        sender=person,
        is_current=True,
    )
    return list(rows.exclude(form_version=None).defer("xml").order_by("-received_at")[:10])


def n_not_worked_out(programme: Programme) -> int:
    """How many records came in and mean nothing yet: a worker will see to them in a moment."""
    waiting = Event.objects.filter(waits=True, name="submission.received").values_list("subject_id", flat=True)
    new = Submission.objects.filter(programme=programme, state=Submission.State.RECEIVED, is_current=True)
    return sum(new.filter(pk__in=some).count() for some in chunks(list(waiting)))
