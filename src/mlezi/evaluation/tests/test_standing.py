"""An installation that updates over other rollups never shows empty or wrong large figures, and mends itself."""

from datetime import date

import pytest

from mlezi.audit import worker
from mlezi.audit.actions import MACHINE
from mlezi.audit.models import Event
from mlezi.cli import doctor
from mlezi.encounters.models import Encounter
from mlezi.evaluation import actions, figures, makers, rollups, standing, tasks
from mlezi.evaluation.models import LevelCube, MeetingMonth, PersonMonth, RatingSpell, RollupState
from mlezi.evaluation.tests.test_rollups import held
from mlezi.people.actions import persons
from mlezi.places import actions as places
from mlezi.places.scope import Scope
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import busy as maker

QUICK = ("dose_hours", "participation", "at_level")


@pytest.fixture
def busy(db):
    made = maker.make(encounters=40)
    rollups.rebuild(made.world.other)
    return made


def asked(busy):
    world = busy.world
    scope = Scope(((world.mwanza.path, world.mwanza.path_to),), frozenset({world.programme.pk}))
    period = {"start": date(2026, 1, 1), "end": date(2026, 10, 1)}
    return [
        figures.ask(code, programme=world.programme.pk, scope=scope, by="cadre", reveal=True, **period).parts
        for code in QUICK
    ]


def as_before_an_update():
    """Rollups that nobody made yet, over records that are there."""
    RollupState.objects.all().delete()
    for model in makers.MAKERS:
        model.objects.all().delete()


def test_figures_are_right_although_rollups_are_empty(busy):
    expected = asked(busy)
    as_before_an_update()

    assert asked(busy) == expected
    assert busy.world.programme in standing.outdated()


def test_figures_are_right_although_rollups_are_of_another_definition(busy, monkeypatch):
    expected = asked(busy)
    PersonMonth.objects.update(minutes=1)
    monkeypatch.setattr(makers, "fingerprint", lambda vendor: "another")

    assert asked(busy) == expected
    assert busy.world.programme in standing.outdated()


def test_after_a_facility_moved_to_another_district_figures_are_right_and_rollups_are_made_again(busy):
    world = busy.world
    moved = Encounter.objects.filter(programme=world.programme, place__parent=world.nyamagana, held_on__isnull=False)
    place = moved.first().place
    places.move(place=place, parent=world.magu, by=MACHINE, at=MORNING)

    assert world.programme in standing.outdated(), "what tells districts apart is read no more"
    worker.drain()

    assert not standing.outdated()
    followed = held()
    rollups.rebuild(world.programme)
    assert held() == followed
    place.refresh_from_db()
    assert place.district_id == world.magu.pk
    assert MeetingMonth.objects.filter(place=world.magu).exists()


def test_the_worker_makes_them_again_by_itself_and_tells_how_far(busy):
    whole = held()
    as_before_an_update()
    actions.note_outdated(by=MACHINE, at=MORNING)
    actions.note_outdated(by=MACHINE, at=MORNING)  # a second worker starts

    worker.drain()

    assert held() == whole
    assert standing.outdated() == []
    state = RollupState.objects.get(programme=busy.world.programme)
    assert state.n_done == state.n_total > 1


def test_what_is_derived_while_they_are_made_is_in_them(busy):
    as_before_an_update()
    standing.begin(busy.world.programme, 3, at=MORNING)
    busy.records.keeps_rollups = True
    told = []

    def meanwhile(done, total):
        told.append((done, total))
        if done == 1:
            meeting = busy.records.encounter(busy.facilities[0], date(2026, 2, 2), busy.mentees[0])
            busy.records.seat(meeting, busy.mentees[1])

    actions.remake_rollups(busy.world.programme, tell=meanwhile)
    followed = held()
    rollups.rebuild(busy.world.programme)

    assert followed == held()
    assert told[-1][0] == told[-1][1]


def test_the_doctor_says_so(busy):
    as_before_an_update()

    (finding,) = doctor._rollups()

    assert finding.state == "look"
    assert busy.world.programme.code in finding.says


def test_a_new_cadre_moves_a_persons_ratings_in_the_cube(busy):
    person = RatingSpell.objects.filter(programme=busy.world.programme, place__isnull=False).first().person
    persons.change(person=person, cadre="anaesthetist", by=busy.world.chiku, at=MORNING)

    tasks.people_changed(Event.objects.filter(name="person.changed"))
    followed = sorted(LevelCube.objects.values_list("place", "topic", "cadre", "rated", "passed"))
    rollups.rebuild(busy.world.programme)

    assert followed == sorted(LevelCube.objects.values_list("place", "topic", "cadre", "rated", "passed"))
    assert LevelCube.objects.filter(cadre="anaesthetist").exists()


def test_a_rebuild_makes_them_whole(busy):
    as_before_an_update()

    rollups.rebuild(busy.world.programme)

    assert standing.is_current(busy.world.programme.pk)
