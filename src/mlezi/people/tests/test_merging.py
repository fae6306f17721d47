"""Merges keep history, and can be undone."""

from datetime import date

import pytest

from mlezi.audit.models import Event
from mlezi.pairing import actions as pairs
from mlezi.pairing.models import Pairing
from mlezi.people import problems
from mlezi.people.actions import merging, persons
from mlezi.people.models import Account, Device, Person, Post
from mlezi.people.queries.persons import by_uid
from mlezi.programmes.actions import enrolments
from mlezi.programmes.models import Enrolment, RoleAssignment
from mlezi.testing import cast
from mlezi.testing.cast import MORNING, START

DAY = date(2026, 2, 1)


@pytest.fixture
def again(world):
    """Baraka a second time, as a phone wrote him down, with a mentor of his own."""
    row = cast.person("Baraka J", "nurse", at=world.igoma)
    persons.change(person=row, phone="0754", code="12", by=world.chiku, at=MORNING)
    enrolments.enrol(
        person=row, programme=world.programme, part="mentee", on=date(2025, 12, 1), by=world.chiku, at=MORNING
    )
    pairs.pair(guide=world.amina, learner=row, programme=world.programme, on=DAY, by=world.chiku, at=MORNING)
    row.refresh_from_db()
    return row


def everything():
    models = (Person, Post, Enrolment, RoleAssignment, Pairing, Account, Device)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def merge(world, again):
    return merging.merge(kept=world.baraka, absorbed=again, by=world.chiku, at=MORNING)


def test_what_people_made_goes_over_and_nothing_is_doubled(world, again):
    merge(world, again)

    assert Pairing.objects.get().learner == world.baraka
    assert {post.person_id for post in Post.objects.filter(place=world.igoma)} == {world.baraka.pk}
    enrolment = Enrolment.objects.get(part="mentee", to_on=None)
    assert (enrolment.person, enrolment.from_on) == (world.baraka, date(2025, 12, 1)), "the earlier beginning holds"
    world.baraka.refresh_from_db()
    assert (world.baraka.phone, world.baraka.code) == ("0754", "12")
    assert by_uid([again.uid]) == {again.uid: world.baraka}


def test_undoing_leaves_no_trace(world, again):
    before = everything()
    decided = merge(world, again)

    merging.undo(merge=decided, by=world.chiku, at=MORNING)

    assert everything() == before
    assert Event.objects.filter(name__in=["people.merged", "people.unmerged"]).count() == 2


def test_undoing_keeps_what_somebody_did_since(world, again):
    decided = merge(world, again)
    pairs.end(pairing=Pairing.objects.get(), on=DAY, by=world.chiku, at=MORNING, reason="moved")
    persons.change(person=world.baraka, phone="0799", by=world.chiku, at=MORNING)

    merging.undo(merge=decided, by=world.chiku, at=MORNING)

    pair = Pairing.objects.get()
    assert (pair.learner, pair.to_on) == (again, DAY)
    assert Person.objects.get(pk=world.baraka.pk).phone == "0799"


def test_two_accounts_become_one_that_works(world, again):
    merge(world, again)

    assert Account.objects.get(person=world.baraka).is_active
    assert not Account.objects.get(person=again).is_active


@pytest.mark.parametrize("which", ["itself", "merged before"])
def test_what_cannot_be_merged_says_why(world, again, which):
    merge(world, again)
    other = world.amina if which == "itself" else again

    with pytest.raises(problems.CannotMerge):
        merging.merge(kept=world.amina, absorbed=other, by=world.chiku, at=MORNING)


def test_merges_in_a_chain_lead_to_the_last_and_are_undone_from_the_end(world, again):
    first = merge(world, again)
    third = cast.person("Baraka Joseph", at=world.igoma)
    second = merging.merge(kept=third, absorbed=world.baraka, by=world.chiku, at=MORNING)
    assert by_uid([again.uid]) == {again.uid: third}

    merging.undo(merge=second, by=world.chiku, at=MORNING)
    merging.undo(merge=first, by=world.chiku, at=MORNING)
    with pytest.raises(problems.CannotUnmerge):
        merging.undo(merge=first, by=world.chiku, at=MORNING)

    assert RoleAssignment.objects.filter(person=world.baraka, from_on=START, role="mentee").exists()
