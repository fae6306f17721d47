"""What pages keep of many rows says at any time what the records say, whatever happens to them."""

from datetime import date, timedelta

import pytest

from mlezi.encounters.actions import planning
from mlezi.encounters.models import Encounter, EncounterType
from mlezi.evaluation import answers, rollups, versions
from mlezi.goals import actions as goals
from mlezi.goals.models import AgreedAction
from mlezi.office.period import Period
from mlezi.office.pictures import plan, reminders, sites
from mlezi.office.pictures.asked import Asked
from mlezi.pairing import actions as pairing
from mlezi.people.actions import persons, posts
from mlezi.places import actions as places
from mlezi.places.scope import Scope
from mlezi.plumbing.bulk import Difference, Table
from mlezi.programmes.actions import enrolments
from mlezi.programmes.actions import sites as taking_part
from mlezi.programmes.models import Enrolment
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import busy as maker

TODAY = date(2026, 6, 15)


@pytest.fixture
def busy(db, settings, tmp_path, monkeypatch):
    settings.KEEP_ANSWERS = True
    monkeypatch.setattr(answers, "WORTH", 0)
    settings.CACHES = {**settings.CACHES, "answers": {**settings.CACHES["answers"], "LOCATION": tmp_path}}
    made = maker.make(encounters=60)
    made.records.action(made.facilities[1], date(2026, 5, 1), date(2026, 5, 20), owner=made.mentees[0])
    versions.raise_everywhere()
    for learner, guide in zip(made.mentees[:12], mentors(made) * 2, strict=True):
        pairing.pair(guide=guide, learner=learner, programme=made.world.programme, on=date(2026, 1, 1),
                     by=made.world.chiku, at=MORNING)  # fmt: skip
    return made


def mentors(busy):
    rows = Enrolment.objects.filter(programme=busy.world.programme, part="mentor").order_by("pk")
    return [row.person for row in rows[:6]]


def told(busy, place):
    """What the pages of this part say: standings, reminders in words, and the plan with who would go."""
    world = busy.world
    scope = Scope(((place.path, place.path_to),), frozenset({world.programme.pk}))
    period = Period(date(2026, 6, 1), date(2026, 7, 1), "2026-06", "June")
    asked = Asked(world.programme, world.chiku, place, scope, period)
    return (
        list(sites.standings(world.programme, scope, on=TODAY)),
        [(one.name, one.text) for one in reminders.due(asked, TODAY)],
        [(one.place.code, one.mentor, one.priority) for one in plan.wanted(asked, TODAY)],
    )


def visit(busy):
    meeting = busy.records.encounter(busy.facilities[1], TODAY - timedelta(days=2), lead=mentors(busy)[2])
    table = Table(Encounter, owner="uid")
    row = table.row(*(getattr(meeting, column) for column in table.columns))
    rollups.follow(busy.world.programme, {table: Difference([], [row])})


def new_pair(busy):
    for learner in busy.mentees[12:20]:
        pairing.pair(guide=mentors(busy)[0], learner=learner, programme=busy.world.programme, on=date(2026, 2, 1),
                     by=busy.world.chiku, at=MORNING)  # fmt: skip


def pair_ends(busy):
    for held in mentors(busy)[0].guides.filter(to_on=None):
        pairing.end(pairing=held, on=TODAY - timedelta(days=1), by=busy.world.chiku, at=MORNING)


def transfer(busy):
    person = next(one for one in busy.mentees if one.posts.filter(to_on=None, place=busy.facilities[1]).exists())
    posts.transfer(person=person, place=busy.facilities[4], on=TODAY, by=busy.world.chiku, at=MORNING)


def renamed(busy):
    places.change(place=busy.facilities[3], name="Another name", by=busy.world.chiku, at=MORNING)
    persons.change(person=mentors(busy)[1], name="Zawadi", by=busy.world.chiku, at=MORNING)


def site_leaves(busy):
    world = busy.world
    taking_part.leave(
        place=busy.facilities[5], programme=world.programme, on=date(2026, 6, 1), by=world.chiku, at=MORNING
    )


def mentor_leaves(busy):
    for row in Enrolment.objects.filter(person=mentors(busy)[3], part="mentor", to_on=None):
        enrolments.end(enrolment=row, on=date(2026, 6, 1), reason="left", by=busy.world.chiku, at=MORNING)


def action_done(busy):
    everywhere = Scope(((busy.world.mwanza.path, busy.world.mwanza.path_to),), frozenset({busy.world.programme.pk}))
    late = AgreedAction.objects.get(owner=busy.mentees[0], due_on=date(2026, 5, 20))
    goals.decide(action_id=late.pk, outcome="done", by=busy.world.chiku, at=MORNING, scope=everywhere)


def planned(busy):
    kind = EncounterType.objects.get(programme=busy.world.programme, code="visit")
    on, lead = TODAY + timedelta(days=3), mentors(busy)[4]
    planning.plan(programme=busy.world.programme, type=kind, place=busy.facilities[2], planned_on=on, lead=lead,
                  by=busy.world.chiku, at=MORNING)  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [visit, new_pair, pair_ends, transfer, renamed, site_leaves, mentor_leaves, action_done, planned],
    ids=lambda change: change.__name__,
)
def test_it_is_new_at_once(busy, settings, change):
    country, district = busy.world.mwanza, busy.world.magu
    before = [told(busy, country), told(busy, district)]  # kept from here on
    assert [told(busy, country), told(busy, district)] == before

    change(busy)
    kept = [told(busy, country), told(busy, district)]
    settings.KEEP_ANSWERS = False
    assert kept == [told(busy, country), told(busy, district)]
    assert kept != before


def test_one_record_makes_nothing_old_but_its_district(busy, monkeypatch):
    told(busy, busy.world.mwanza)
    looked = []
    from mlezi.encounters import queries

    as_ever = queries.facilities
    monkeypatch.setattr(
        queries, "facilities", lambda scope, **more: looked.append(scope.ranges) or as_ever(scope, **more)
    )
    visit(busy)
    told(busy, busy.world.mwanza)

    district = busy.facilities[1].parent
    assert looked == [((district.path, district.path_to),)]
