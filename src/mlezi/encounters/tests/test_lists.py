"""What a phone's list of meetings holds, and for whom."""

import csv
from io import StringIO
from uuid import uuid4

import pytest

from mlezi.encounters.models import EncounterType, PlannedEncounter
from mlezi.instruments import media
from mlezi.plumbing import clock
from mlezi.testing.cast import MORNING


@pytest.fixture
def plan(world):
    kind = EncounterType.objects.create(programme=world.programme, code="visit", mode="visit")
    return PlannedEncounter.objects.create(
        uid=uuid4(), programme=world.programme, type=kind, place=world.igoma, lead=world.amina,
        planned_on=clock.today(), created_at=MORNING,
    )  # fmt: skip


def rows(world, name, person, programme=None):
    text = media.written(name, programme or world.programme, person).decode()
    return list(csv.DictReader(StringIO(text)))


def test_a_mentor_carries_the_visits_she_is_to_hold(world, plan):
    (row,) = rows(world, "my_encounters.csv", world.amina)

    assert row["name"] == str(plan.pk)
    assert (row["kind"], row["state"], row["place"]) == ("visit", "planned", str(world.igoma.uid))


def test_a_cancelled_plan_leaves_the_phone(world, plan):
    plan.cancelled_on = clock.today()
    plan.save()

    assert rows(world, "my_encounters.csv", world.amina) == []


@pytest.mark.parametrize("name", ["my_encounters.csv", "my_actions.csv", "people.csv", "places.csv"])
def test_daudi_gets_nothing_of_this_programme(world, plan, name):
    own = {str(world.daudi.uid)}

    assert {row["name"] for row in rows(world, name, world.daudi)} <= own


def test_people_are_those_who_may_answer(world):
    assert {row["label"] for row in rows(world, "people.csv", world.chiku)} == {"Chiku", "Amina", "Baraka"}


def test_places_are_those_of_ones_part_of_the_tree(world):
    assert {row["label"] for row in rows(world, "places.csv", world.baraka)} == {"Igoma Dispensary"}
