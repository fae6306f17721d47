"""What follows for pairs when somebody stops taking part, or was first met on a visit. Safe to run twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from mlezi.audit.actions import MACHINE
from mlezi.audit.models import Event
from mlezi.instruments.models import Submission
from mlezi.pairing import actions, queries
from mlezi.pairing.actions import Encountered
from mlezi.plumbing import clock
from mlezi.programmes.models import Enrolment, Programme


def end_pairs(events: Sequence[Event]) -> None:
    """Whoever stopped as a mentor guides nobody, and whoever stopped as a mentee is guided by nobody."""
    ended = Enrolment.objects.filter(pk__in=[event.subject_id for event in events]).exclude(to_on=None)
    for enrolment in ended.select_related("person", "programme"):
        assert enrolment.to_on is not None
        for pairing in queries.running_of(enrolment.person, enrolment.programme, part=enrolment.part):
            on = max(enrolment.to_on, pairing.from_on)
            actions.end(pairing=pairing, on=on, by=MACHINE, at=clock.now(), reason=enrolment.reason)


def pair_newcomers(events: Sequence[Event]) -> None:
    """Whom a mentor wrote down for the first time on a visit is theirs until a coordinator decides otherwise."""
    records = Submission.objects.filter(pk__in=[event.subject_id for event in events]).exclude(sender=None)
    guides = {record.pk: record.sender for record in records.select_related("sender")}
    joined = Enrolment.objects.filter(created_by_submission__in=list(guides), to_on=None, part="mentee")
    pairs: dict[Programme, list[Encountered]] = defaultdict(list)
    for enrolment in joined.select_related("person", "programme"):
        guide = guides[enrolment.created_by_submission] if enrolment.created_by_submission else None
        if guide and queries.is_mentor(guide, enrolment.programme, enrolment.from_on):
            pairs[enrolment.programme].append(Encountered(guide, enrolment.person, enrolment.from_on))
    for programme, met in pairs.items():
        actions.note_met(programme=programme, pairs=met)
