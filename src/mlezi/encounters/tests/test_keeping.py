"""A plan bears whether its encounter was held, however either comes, changes or goes."""

from datetime import UTC, date, datetime

import pytest

from mlezi.audit.actions import COMMAND_LINE
from mlezi.encounters import actions
from mlezi.encounters.models import EncounterType, PlannedEncounter
from mlezi.instruments.actions import deriving
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of
from mlezi.testing.makers import meetings

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def plan(world):
    def plan_(name):
        return actions.plan(
            programme=world.programme, type=EncounterType.objects.get(code="visit"), place=world.igoma,
            planned_on=date(2026, 3, 2), by=COMMAND_LINE, at=MORNING, uid=meetings.uid(name),
        )  # fmt: skip

    return plan_


def held(visits, world, name, minutes="60", **more):
    visit = {"encounter": str(meetings.uid(name)), "day": "2026-03-02", "minutes": minutes, "place": "IGO"}
    visits.send("visit", visit | more, at=MORNING, by=world.amina, name=name)
    visits.derive(at=MORNING)


def kept(name):
    return PlannedEncounter.objects.values_list("was_held", "held_minutes").get(pk=meetings.uid(name))


def test_it_is_held_once_a_record_says_so_and_not_when_that_is_void(visits, world, plan):
    plan("first")
    plan("second")
    assert kept("first") == (False, None)

    held(visits, world, "first", minutes="45")
    assert kept("first") == (True, 45)
    assert kept("second") == (False, None)

    may = scope_of(world.chiku, Permission.CORRECT_ENCOUNTERS, programme=world.programme)
    actions.void(encounter_uid=meetings.uid("first"), by=world.chiku, at=MORNING, scope=may)
    visits.derive(at=MORNING)
    assert kept("first") == (False, None)


def test_a_plan_that_comes_after_its_record(visits, world, plan):
    held(visits, world, "first", minutes="30")
    plan("first")

    assert kept("first") == (True, 30)


def test_all_are_put_right_when_everything_is_derived_again(visits, world, plan):
    plan("first")
    plan("second")
    held(visits, world, "first", minutes="45")
    PlannedEncounter.objects.update(was_held=True, held_minutes=7)

    deriving.rebuild(programme=world.programme, by=COMMAND_LINE, at=MORNING)

    assert (kept("first"), kept("second")) == ((True, 45), (False, None))
