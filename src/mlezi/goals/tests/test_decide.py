"""What was agreed is open until somebody says otherwise; the newest word holds."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mlezi.goals import actions, problems, queries
from mlezi.goals.models import ActionDecision
from mlezi.places.scope import Scope
from mlezi.testing.makers.records import Records

NOON = datetime(2026, 3, 9, 9, tzinfo=UTC)


@pytest.fixture
def agreed(world):
    return Records(world.programme).action(world.igoma, date(2026, 3, 1), date(2026, 3, 8), owner=world.baraka)


@pytest.fixture
def here(world):
    place = world.igoma
    return Scope(ranges=((place.path, place.path_to),), programmes=frozenset({world.programme.pk}))


def test_nobody_decided_so_it_is_open_and_overdue_after_its_day(agreed, here):
    seen = queries.visible_to(here)

    assert [a.pk for a in queries.still_open(seen)] == [agreed.pk]
    assert list(queries.overdue(seen, on=date(2026, 3, 8))) == []
    assert [a.pk for a in queries.overdue(seen, on=date(2026, 3, 9))] == [agreed.pk]


def test_the_newest_decision_holds(agreed, here, world):
    for n, outcome in enumerate(["done", "reopened", "done"]):
        actions.decide(action_id=agreed.pk, outcome=outcome, by=world.chiku, at=NOON + timedelta(hours=n), scope=here)

    assert not queries.still_open(queries.visible_to(here)).exists()
    assert [d.outcome for d in queries.decisions(agreed)] == ["done", "reopened", "done"]
    assert {d.decided_on for d in queries.decisions(agreed)} == {NOON.date()}, "the day it was said, not today"


def test_the_same_word_twice_is_one_decision(agreed, here, world):
    for _ in range(2):
        actions.decide(action_id=agreed.pk, outcome="done", by=world.chiku, at=NOON, scope=here)

    assert ActionDecision.objects.count() == 1


def test_daudi_cannot_decide_what_he_cannot_see(agreed, world):
    far = Scope(ranges=((world.zambia.path, world.zambia.path_to),), programmes=frozenset({world.other.pk}))

    with pytest.raises(problems.NoSuchAction):
        actions.decide(action_id=agreed.pk, outcome="done", by=world.daudi, at=NOON, scope=far)


def test_a_word_nobody_knows_is_refused(agreed, here, world):
    with pytest.raises(problems.UnknownOutcome):
        actions.decide(action_id=agreed.pk, outcome="finished", by=world.chiku, at=NOON, scope=here)
