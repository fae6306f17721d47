"""Mentors due a refresher."""

from datetime import UTC, date, datetime

from mlezi.encounters import refreshers
from mlezi.encounters.models import EncounterType
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of
from mlezi.testing.makers import forms, meetings

NOON = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def declare(visits, world):
    world.programme.blueprint = {
        "encounters": [{"code": "refresher", "counts_as": ["refresher"], "refresh_days": 180}, {"code": "visit"}]
    }
    world.programme.save()
    EncounterType.objects.create(programme=world.programme, code="refresher", mode="workshop", forms=["training"])
    table = meetings.VISIT.replace("| visit   | Visit ", "| training | Training ")
    visits.forms["training"] = forms.published(world.programme, table, form_id="training")


def due(world, on, name="chiku", programme=None):
    programme = programme or world.programme
    scope = scope_of(world.people[name], Permission.SEE_PEOPLE, programme=programme)
    found = refreshers.standing(scope, programme, on=on)
    return [(one.mentor.name, one.last_on, one.due_on, one.is_due(on)) for one in found]


def test_a_mentor_never_trained_is_due_from_the_beginning(visits, world):
    declare(visits, world)

    assert due(world, date(2026, 3, 1)) == [("Amina", None, date(2026, 1, 1), True)]


def test_training_holds_for_as_long_as_the_blueprint_says(visits, world):
    declare(visits, world)
    answers = {"encounter": str(meetings.uid("training")), "day": "2026-03-02", "lead": str(world.chiku.uid)}
    answers["people"] = [{"mentee": str(world.amina.uid)}]
    visits.send("training", answers, at=NOON, by=world.chiku)
    visits.derive(at=NOON)

    assert due(world, date(2026, 8, 28)) == [("Amina", date(2026, 3, 2), date(2026, 8, 29), False)]
    assert due(world, date(2026, 8, 29))[0][3]


def test_daudi_sees_none_of_them(visits, world):
    declare(visits, world)

    assert due(world, date(2026, 3, 1), "daudi", world.other) == []
    assert due(world, date(2026, 3, 1), "daudi") == []
