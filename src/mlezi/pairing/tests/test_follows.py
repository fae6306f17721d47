"""What follows for pairs from what happened elsewhere, through the worker."""

from datetime import date
from uuid import uuid4

from mlezi.audit import worker
from mlezi.audit.models import Event
from mlezi.instruments.models import Submission
from mlezi.pairing import actions, tasks
from mlezi.pairing.models import Pairing
from mlezi.people.actions import Met, note_met
from mlezi.programmes.actions import enrolments
from mlezi.programmes.models import Enrolment
from mlezi.testing.cast import MORNING

DAY = date(2026, 3, 2)


def test_the_pairs_of_who_no_longer_takes_part_end_that_day(world):
    actions.pair(guide=world.amina, learner=world.baraka, programme=world.programme, on=DAY, by=world.chiku, at=MORNING)
    enrolment = Enrolment.objects.get(person=world.baraka)
    enrolments.end(enrolment=enrolment, on=date(2026, 4, 1), reason="studies", by=world.chiku, at=MORNING)

    while worker.run_once():
        pass

    pair = Pairing.objects.get()
    assert (pair.to_on, pair.reason) == (date(2026, 4, 1), "studies")


def met_by(world, sender):
    record = Submission.objects.create(
        programme=world.programme,
        form_id="visit",
        instance_id=str(uuid4()),
        root_id=str(uuid4()),
        xml=b"<a/>",
        sha256="",
        size=4,
        received_at=MORNING,
        sender=sender,
    )
    uid = uuid4()
    known = note_met(people=[Met(uid, "Grace", record.pk, DAY, "nurse", "", world.igoma)], at=MORNING)
    enrolments.note_met(programme=world.programme, people=[enrolments.Joined(known[uid], DAY, record.pk)])
    return Event(subject_id=str(record.pk)), known[uid]


def test_who_was_met_first_by_a_mentor_is_paired_with_them_once(world):
    event, grace = met_by(world, world.amina)
    for _ in range(2):
        tasks.pair_newcomers([event])

    assert Pairing.objects.get().guide == world.amina
    assert Pairing.objects.get().learner == grace


def test_a_coordinator_who_types_a_record_in_mentors_nobody(world):
    event, _ = met_by(world, world.chiku)
    tasks.pair_newcomers([event])

    assert not Pairing.objects.exists()
