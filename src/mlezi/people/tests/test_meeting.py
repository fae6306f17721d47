"""People written down on a visit: once, however often the record is read."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from mlezi.people.actions import Met, note_met, persons
from mlezi.people.models import Person, Post
from mlezi.testing.cast import MORNING

UID = UUID("11111111-1111-4111-8111-111111111111")
RECORD = UUID("22222222-2222-4222-8222-222222222222")


def somebody(world, **changes):
    return replace(
        Met(UID, " Grace  Mushi ", RECORD, date(2026, 3, 2), "nurse", "0754 123 456", world.igoma), **changes
    )


def test_the_same_record_read_again_changes_nothing(world):
    for _ in range(3):
        found = note_met(people=[somebody(world), somebody(world)], at=MORNING)

    grace = Person.objects.get(uid=UID)
    assert found == {UID: grace}
    assert (grace.name, grace.phone, grace.created_by_submission) == ("Grace Mushi", "0754123456", RECORD)
    assert Post.objects.get(person=grace).place == world.igoma


def test_an_edited_record_corrects_the_name_until_somebody_did_by_hand(world):
    note_met(people=[somebody(world)], at=MORNING)
    note_met(people=[somebody(world, name="Grace Msuya")], at=MORNING)
    assert Person.objects.get(uid=UID).name == "Grace Msuya"

    persons.change(person=Person.objects.get(uid=UID), name="Grace Mushi-Msuya", by=world.chiku, at=MORNING)
    note_met(people=[somebody(world)], at=MORNING)

    assert Person.objects.get(uid=UID).name == "Grace Mushi-Msuya"


def test_a_form_cannot_rename_somebody_it_did_not_create(world):
    note_met(people=[somebody(world, uid=world.amina.uid, name="Not Amina")], at=MORNING)

    world.amina.refresh_from_db()
    assert world.amina.name == "Amina"


def test_who_has_no_name_is_called_by_their_uid(world):
    note_met(people=[somebody(world, name="", place=None)], at=MORNING)

    assert Person.objects.get(uid=UID).name == "11111111"
