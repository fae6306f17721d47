"""Who supports whom, from when to when, and what it lets the guide see."""

from datetime import date

import pytest

from mlezi.pairing import actions, problems, queries
from mlezi.pairing.actions import Encountered
from mlezi.programmes import queries as programmes
from mlezi.programmes.permissions import Permission as P
from mlezi.testing import cast
from mlezi.testing.cast import MORNING

DAY = date(2026, 3, 2)


def pair(world, guide, learner):
    return actions.pair(guide=guide, learner=learner, programme=world.programme, on=DAY, by=world.chiku, at=MORNING)


def test_a_pair_opens_the_learners_ratings_to_the_guide_while_it_runs(world):
    made = pair(world, world.amina, world.baraka)
    assert programmes.may(world.amina, P.SEE_RATINGS, programme=world.programme, about=world.baraka, on=DAY)

    actions.end(pairing=made, on=DAY, by=world.chiku, at=MORNING, reason="moved")

    assert not programmes.may(
        world.amina, P.SEE_RATINGS, programme=world.programme, about=world.baraka, on=date(2026, 3, 3)
    )


def test_a_pair_is_made_once_and_never_with_oneself(world):
    pair(world, world.amina, world.baraka)

    with pytest.raises(problems.AlreadyPaired):
        pair(world, world.amina, world.baraka)
    with pytest.raises(problems.NotThemselves):
        pair(world, world.amina, world.amina)


def test_whom_a_mentor_met_first_is_theirs_unless_somebody_decided_otherwise(world):
    grace = cast.person("Grace", at=world.igoma)
    met = [Encountered(world.amina, grace, DAY), Encountered(world.eliya, grace, DAY)]

    assert actions.note_met(programme=world.programme, pairs=met) == 1
    assert [guide.name for guide in queries.guides_of(grace, world.programme, DAY)] == ["Amina"]
    (made,) = queries.running_of(grace, world.programme, part="mentee")
    actions.end(pairing=made, on=DAY, by=world.chiku, at=MORNING)
    assert actions.note_met(programme=world.programme, pairs=met) == 0


def test_daudi_sees_no_pairs(world):
    pair(world, world.amina, world.baraka)
    theirs = programmes.scope_of(world.chiku, P.SEE_PEOPLE, programme=world.programme, on=DAY)
    his = programmes.scope_of(world.daudi, P.SEE_PEOPLE, programme=world.programme, on=DAY)

    assert queries.visible_to(theirs, world.programme).count() == 1
    assert not queries.visible_to(his, world.programme)
