"""Transfers and leaving keep their dates; nobody loses their history."""

from datetime import date

import pytest

from mlezi.people import problems
from mlezi.people.actions import persons, posts
from mlezi.people.models import Post
from mlezi.people.queries.persons import post_on
from mlezi.testing.cast import MORNING

APRIL = date(2026, 4, 1)


def test_a_transfer_ends_the_post_the_day_before(world):
    posts.transfer(person=world.baraka, place=world.kisesa, on=APRIL, by=world.chiku, at=MORNING)

    assert post_on(world.baraka, date(2026, 3, 31)).place == world.igoma
    assert post_on(world.baraka, APRIL).place == world.kisesa
    assert Post.objects.get(person=world.baraka, place=world.igoma).reason == "transfer"


def test_a_transfer_to_where_they_work_is_no_transfer(world):
    with pytest.raises(problems.AlreadyWorksThere):
        posts.transfer(person=world.baraka, place=world.igoma, on=APRIL, by=world.chiku, at=MORNING)


def test_leaving_keeps_the_last_day_and_why(world):
    posts.leave(person=world.baraka, on=APRIL, reason="studies", by=world.chiku, at=MORNING)

    post = Post.objects.get(person=world.baraka)
    assert (post.to_on, post.reason) == (APRIL, "studies")
    assert post_on(world.baraka, date(2026, 4, 2)) is None
    with pytest.raises(problems.HasNoPost):
        posts.leave(person=world.baraka, on=date(2026, 5, 1), reason="studies", by=world.chiku, at=MORNING)


def test_nobody_leaves_before_they_came(world):
    with pytest.raises(problems.EndsBeforeItBegan):
        posts.leave(person=world.baraka, on=date(2025, 1, 1), reason="studies", by=world.chiku, at=MORNING)


def test_whoever_left_may_come_back(world):
    posts.leave(person=world.baraka, on=APRIL, reason="leave", by=world.chiku, at=MORNING)
    posts.come_back(person=world.baraka, place=world.igoma, on=date(2026, 6, 1), by=world.chiku, at=MORNING)

    assert post_on(world.baraka, date(2026, 5, 1)) is None
    assert post_on(world.baraka, date(2026, 6, 1)).place == world.igoma


def test_a_new_cadre_holds_for_the_post_that_runs(world):
    persons.change(person=world.baraka, cadre="clinical_officer", by=world.chiku, at=MORNING)

    assert Post.objects.get(person=world.baraka).cadre == "clinical_officer"


def test_a_staff_number_belongs_to_one_person(world):
    persons.change(person=world.baraka, code="77", by=world.chiku, at=MORNING)

    with pytest.raises(problems.CodeTaken, match="77 already belongs to Baraka"):
        persons.add(name="Somebody", code="77", by=world.chiku, at=MORNING)
