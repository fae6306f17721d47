"""What each of the cast may see, as one value."""

from datetime import date

from mlezi.places.models import Place
from mlezi.programmes import queries, scopes
from mlezi.programmes.models import RoleAssignment, Share
from mlezi.programmes.permissions import Permission as P
from mlezi.testing.cast import MORNING, START

DAY = date(2026, 3, 2)


def seen(scope):
    return set(Place.objects.filter(scope.where(path="path", programme=None)).values_list("code", flat=True))


def test_an_overseer_sees_the_district_and_nothing_beside_it(world):
    scope = queries.scope_of(world.eliya, P.SEE_PLACES, programme=world.programme, on=DAY)

    assert seen(scope) == {"NYA", "IGO"}
    assert not queries.may(world.eliya, P.SEE_PLACES, programme=world.programme, place=world.kisesa, on=DAY)


def test_daudi_has_nothing_in_a_programme_that_is_not_his(world):
    for permission in P:
        assert queries.scope_of(world.daudi, permission, programme=world.programme, on=DAY).sees_nothing
    assert [one.code for one in queries.programmes_of(world.daudi, on=DAY)] == ["choma"]


def test_nobody_sees_nothing(world):
    assert queries.scope_of(None, P.SEE_COUNTS, programme=world.programme).sees_nothing
    assert not queries.programmes_of(None)


def test_a_role_that_ended_gives_nothing_the_day_after(world):
    RoleAssignment.objects.filter(person=world.eliya).update(to_on=DAY)

    assert queries.may(world.eliya, P.SEE_COUNTS, programme=world.programme, on=DAY)
    assert not queries.may(world.eliya, P.SEE_COUNTS, programme=world.programme, on=date(2026, 3, 3))


def test_an_overseer_sees_no_ratings_but_their_own(world):
    scope = queries.scope_of(world.eliya, P.SEE_RATINGS, programme=world.programme, on=DAY)

    assert scope.ranges == ()
    assert scope.persons == {world.eliya.pk}


def test_a_mentor_sees_the_records_of_whom_they_guide(world, monkeypatch):
    monkeypatch.setitem(scopes._FINDERS, "test", lambda guide, programme, on: [world.baraka.pk])

    scope = queries.scope_of(world.amina, P.SEE_RATINGS, programme=world.programme, on=DAY)
    of_a_mentee = queries.scope_of(world.baraka, P.SEE_RATINGS, programme=world.programme, on=DAY)

    assert scope.persons == {world.amina.pk, world.baraka.pk}
    assert of_a_mentee.persons == {world.baraka.pk}
    assert queries.may(world.amina, P.SEE_COACHING, programme=world.programme, about=world.baraka, on=DAY)
    assert not queries.may(world.chiku, P.SEE_COACHING, programme=world.programme, about=world.baraka, on=DAY)


def test_what_is_shared_is_seen_until_it_is_taken_back(world):
    share = Share.objects.create(
        programme=world.programme,
        person=world.baraka,
        shared_with=world.eliya,
        permission="SEE_RATINGS",
        given_at=MORNING,
    )
    before = queries.scope_of(world.eliya, P.SEE_RATINGS, programme=world.programme, on=DAY)
    share.withdrawn_at = MORNING
    share.save()
    after = queries.scope_of(world.eliya, P.SEE_RATINGS, programme=world.programme, on=DAY)

    assert world.baraka.pk in before.persons
    assert world.baraka.pk not in after.persons


def test_an_administrator_of_everything_reaches_every_programme(world):
    RoleAssignment.objects.create(person=world.farida, role="administrator", from_on=START)

    assert {one.code for one in queries.programmes_of(world.farida, on=DAY)} == {"mwanza", "choma"}
    assert queries.may(world.farida, P.MANAGE_DEVICES, programme=world.other, place=world.elsewhere, on=DAY)


def test_ranges_inside_one_another_become_one(world):
    RoleAssignment.objects.create(
        person=world.chiku, programme=world.programme, role="overseer", place=world.igoma, from_on=START
    )

    scope = queries.scope_of(world.chiku, P.SEE_PLACES, programme=world.programme, on=DAY)

    assert scope.ranges == ((world.mwanza.path, world.mwanza.path_to),)
