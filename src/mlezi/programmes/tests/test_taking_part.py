"""Enrolment brings the role and takes it away; who was taken out stays out."""

import sys
from datetime import date
from uuid import UUID

import pytest

from mlezi.places.scope import Scope
from mlezi.programmes import problems, queries
from mlezi.programmes.actions import enrolments, roles, shares, sites
from mlezi.programmes.actions.enrolments import Joined
from mlezi.programmes.models import Enrolment
from mlezi.programmes.permissions import Permission as P
from mlezi.testing import cast
from mlezi.testing.cast import MORNING

DAY = date(2026, 3, 2)
RECORD = UUID("22222222-2222-4222-8222-222222222222")


def test_enrolling_brings_the_role(world):
    grace = cast.person("Grace", at=world.igoma)
    enrolments.enrol(person=grace, programme=world.programme, part="mentor", on=DAY, by=world.chiku, at=MORNING)

    assert [role.role for role in queries.roles_of(grace, world.programme, on=DAY)] == ["mentor"]
    with pytest.raises(problems.AlreadyEnrolled):
        enrolments.enrol(person=grace, programme=world.programme, part="mentor", on=DAY, by=world.chiku, at=MORNING)


def test_the_end_of_taking_part_ends_the_role(world):
    enrolment = Enrolment.objects.get(person=world.baraka)
    enrolments.end(enrolment=enrolment, on=DAY, reason="left", by=world.chiku, at=MORNING)

    assert queries.roles_of(world.baraka, world.programme, on=DAY)
    assert not queries.roles_of(world.baraka, world.programme, on=date(2026, 3, 3))


def test_who_was_met_is_enrolled_once_and_stays_out_when_taken_out(world):
    grace = cast.person("Grace", at=world.igoma)
    joined = [Joined(grace, DAY, RECORD), Joined(world.baraka, DAY, RECORD)]

    assert enrolments.note_met(programme=world.programme, people=joined) == 1
    enrolment = Enrolment.objects.get(person=grace)
    enrolments.end(enrolment=enrolment, on=DAY, reason="mistake", by=world.chiku, at=MORNING)

    assert enrolments.note_met(programme=world.programme, people=joined) == 0


def test_participants_are_seen_by_those_who_oversee_where_they_work(world):
    scope = queries.scope_of(world.eliya, P.SEE_PEOPLE, programme=world.programme, on=DAY)
    seen = {person.name for person in queries.participants(scope, world.programme, on=DAY)}
    all_ = queries.scope_of(world.chiku, P.SEE_PEOPLE, programme=world.programme, on=DAY)

    assert seen == {"Amina", "Baraka", "Eliya"}
    assert {person.name for person in queries.participants(all_, world.programme, on=DAY)} == {
        *seen,
        "Chiku",
        "Farida",
        "Neema",
    }


def test_daudi_sees_no_participants(world):
    scope = queries.scope_of(world.daudi, P.SEE_PEOPLE, programme=world.programme, on=DAY)

    assert not queries.participants(scope, world.programme, on=DAY)


def test_a_role_is_held_once(world):
    with pytest.raises(problems.AlreadyHasRole):
        roles.assign(
            person=world.chiku,
            programme=world.programme,
            role="coordinator",
            place=world.mwanza,
            on=DAY,
            by=world.farida,
            at=MORNING,
        )
    with pytest.raises(problems.NoSuchRole):
        roles.assign(person=world.chiku, programme=world.programme, role="king", on=DAY, by=world.farida, at=MORNING)


def test_nobody_is_made_overseer_of_less_than_the_blueprint_says(world):
    world.programme.blueprint = {"places": {"oversight": "district"}}
    given = {"role": "overseer", "programme": world.programme, "on": DAY, "by": world.chiku, "at": MORNING}

    with pytest.raises(problems.OverseesTooLittle, match="“district” or above"):
        roles.assign(person=world.amina, place=world.igoma, **given)

    assert roles.assign(person=world.amina, place=world.igoma.parent, **given)


def test_only_ratings_and_coaching_can_be_shared(world):
    give = {"person": world.baraka, "programme": world.programme, "to": world.eliya, "at": MORNING}
    first = shares.give(**give, permission=P.SEE_RATINGS)

    assert shares.give(**give, permission=P.SEE_RATINGS) == first
    with pytest.raises(problems.NotShareable):
        shares.give(**give, permission=P.MANAGE_PEOPLE)


def test_a_site_joins_and_leaves(world):
    with pytest.raises(problems.AlreadySite):
        sites.join(place=world.igoma, programme=world.programme, on=DAY, by=world.chiku, at=MORNING)
    leave = {"place": world.igoma, "programme": world.programme, "on": DAY, "by": world.chiku, "at": MORNING}
    assert sites.leave(**leave).to_on == DAY
    with pytest.raises(problems.NoSite):
        sites.leave(**leave)

    assert sites.join(place=world.igoma, programme=world.programme, on=date(2026, 5, 1), by=world.chiku, at=MORNING)


def test_who_sees_everywhere_sees_whom_they_would_find_by_place(world, monkeypatch):
    moved, gone, nowhere = (
        cast.person(name, at=at) for name, at in (("Grace", world.igoma), ("Hawa", world.kisesa), ("Imani", None))
    )
    for one in (moved, gone, nowhere):
        enrolments.enrol(person=one, programme=world.programme, part="mentee", on=DAY, by=world.chiku, at=MORNING)
    gone.posts.update(to_on=DAY)
    scope = Scope((("/", "0"),), frozenset({world.programme.pk}))
    enrolled = Enrolment.objects.filter(part="mentee", programme=world.programme)

    def found():
        everybody, mentees = (
            queries.participants(scope, world.programme, on=date(2026, 4, 1), enrolled=rows)
            for rows in (None, enrolled)
        )
        return sorted(everybody.values_list("name", flat=True)), sorted(mentees.values_list("name", flat=True))

    at_once = found()
    monkeypatch.setattr(sys.modules[queries.participants.__module__], "is_everywhere", lambda scope: False)
    by_place = found()

    assert at_once == by_place
    assert {"Grace", "Hawa", "Imani"} <= set(at_once[1])
    assert world.chiku.name in set(at_once[0]) - set(at_once[1])
