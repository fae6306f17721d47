"""A kept answer is what would be computed afresh, whatever changed meanwhile; it is made again where it must be."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlezi.encounters.actions import planning
from mlezi.encounters.models import Encounter, EncounterType
from mlezi.evaluation import answers, areas, engines, figures, rollups, versions
from mlezi.evaluation.ask import Question
from mlezi.evaluation.indicators import BY_CODE, INDICATORS
from mlezi.evaluation.queries import rules
from mlezi.evaluation.tasks import people_changed
from mlezi.goals import actions as goals
from mlezi.goals.models import AgreedAction
from mlezi.people.actions import persons, posts
from mlezi.places import actions as places
from mlezi.places.scope import Scope
from mlezi.plumbing.bulk import Difference, Table
from mlezi.programmes.actions import enrolments, sites
from mlezi.programmes.models import Enrolment
from mlezi.resources import actions as resources
from mlezi.resources.models import Need
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import busy as maker

QUARTER = (date(2026, 1, 1), date(2026, 4, 1))
KEPT = [indicator for indicator in INDICATORS if indicator.is_kept]


@pytest.fixture
def busy(db, settings, tmp_path, monkeypatch):
    settings.KEEP_ANSWERS = True
    monkeypatch.setattr(answers, "WORTH", 0)
    settings.CACHES = {
        **settings.CACHES,
        "answers": {**settings.CACHES["answers"], "LOCATION": tmp_path},
    }
    made = maker.make(encounters=60)
    made.records.keeps_rollups = True
    versions.raise_everywhere()
    return made


def scope_of(busy, *places_):
    return Scope(tuple((one.path, one.path_to) for one in places_), frozenset({busy.world.programme.pk}))


def scopes(busy):
    world = busy.world
    return (
        scope_of(busy, world.mwanza),
        scope_of(busy, world.magu),
        scope_of(busy, world.igoma, busy.facilities[3]),
        Scope(persons=frozenset({busy.mentees[1].pk}), programmes=frozenset({world.programme.pk})),
    )


def asked(busy, code, scope, by=None):
    start, end = QUARTER
    return figures.ask(code, programme=busy.world.programme.pk, start=start, end=end, scope=scope, by=by, reveal=True)


def afresh(busy, code, scope, by=None):
    question = Question(busy.world.programme.pk, *QUARTER, scope, rules(busy.world.programme.pk))
    return figures.answer(code, question, by=by, reveal=True, engine=engine(), read=engines.read)


def engine():
    from django.db import connection

    return connection.vendor


def differing(busy):
    """Where kept answers say otherwise than the records: every indicator by district, and parts of the country."""
    country, *narrow = scopes(busy)
    wrong = []
    for number, indicator in enumerate(KEPT):
        for scope, by in ((country, "district"), (narrow[number % len(narrow)], None)):
            kept, fresh = asked(busy, indicator.code, scope, by), afresh(busy, indicator.code, scope, by)
            if (kept.numbers, _parts(kept)) != (fresh.numbers, _parts(fresh)):
                wrong.append((indicator.code, by, number % len(narrow)))
    return wrong


def _parts(figure):
    """A part without anything is in neither or in both: an empty sum is no row of a rollup."""
    return {key: part for key, part in figure.parts.items() if part.of or part.missing}


# --- what may happen, each through the action or the derivation's follower ---


def visit(busy, n):
    place, day = busy.facilities[n % 12], QUARTER[0] + timedelta(days=n % 120)
    guests = (busy.mentees[n % 30], busy.mentees[(n + 7) % 30])
    meeting = busy.records.encounter(place, day, *guests, lead=busy.world.amina, topics=("labour",))
    follow(busy, meeting, "uid")


def visit_moves(busy, n):
    meeting = Encounter.objects.filter(programme=busy.world.programme, held_on__isnull=False).order_by("uid")[n % 20]
    before = row_of(meeting, "uid")
    meeting.place, meeting.held_on = busy.facilities[n % 12], meeting.held_on + timedelta(days=n % 50)
    meeting.save()
    table = Table(Encounter, owner="uid")
    rollups.follow(busy.world.programme, {table: Difference([before], [row_of(meeting, "uid")])})


def rating(busy, n):
    skill = busy.records.competency("labour", f"extra-{n}-{busy.records.uid().hex[:6]}")
    day = QUARTER[0] + timedelta(days=n % 90)
    busy.records.rating(busy.mentees[n % 30], skill, 1 + n % 4, day, place=busy.facilities[(n * 5) % 12])


def need(busy, n):
    follow(busy, busy.records.need(busy.facilities[n % 12], "gloves", QUARTER[0]), "place_id")


def need_met(busy, n):
    found = Need.objects.filter(programme=busy.world.programme).order_by("pk")[n % 15]
    everywhere = scope_of(busy, busy.world.mwanza)
    resources.decide(need_id=found.pk, outcome="met", by=busy.world.chiku, at=MORNING, scope=everywhere)


def action_done(busy, n):
    found = AgreedAction.objects.filter(programme=busy.world.programme).order_by("pk")[n % 15]
    everywhere = scope_of(busy, busy.world.mwanza)
    goals.decide(action_id=found.pk, outcome="done", by=busy.world.chiku, at=MORNING, scope=everywhere)


def plan(busy, n):
    planning.plan(
        programme=busy.world.programme,
        type=EncounterType.objects.get(programme=busy.world.programme, code="visit"),
        place=busy.facilities[n % 12],
        planned_on=QUARTER[0] + timedelta(days=n % 90),
        by=busy.world.chiku,
        at=MORNING,
    )


def transfer(busy, n):
    person, on = busy.mentees[n % 30], date(2026, 3, 1) + timedelta(days=n % 60)
    places_ = [busy.facilities[n % 12], busy.facilities[(n + 1) % 12]]
    there = set(person.posts.filter(to_on=None).values_list("place_id", flat=True))
    if there and not any(post.from_on and post.from_on >= on for post in person.posts.filter(to_on=None)):
        place = next(one for one in places_ if one.pk not in there)
        posts.transfer(person=person, place=place, on=on, by=busy.world.chiku, at=MORNING)


def new_cadre(busy, n):
    person = busy.mentees[n % 30]
    persons.change(person=person, cadre=("doctor", "nurse")[n % 2], by=busy.world.chiku, at=MORNING)
    people_changed([event for event in last_events()])


def last_events():
    from mlezi.audit.models import Event

    return list(Event.objects.filter(name="person.changed").order_by("-pk")[:1])


def leaves(busy, n):
    found = Enrolment.objects.filter(programme=busy.world.programme, part="mentee", to_on=None).order_by("pk")[n % 10]
    on = max(found.from_on, date(2026, 2, 1))
    enrolments.end(enrolment=found, on=on, reason="left", by=busy.world.chiku, at=MORNING)


def site(busy, n):
    place = places.add(
        name=f"New {n}", level=busy.world.igoma.level, parent=(busy.world.magu, busy.world.nyamagana)[n % 2],
        by=busy.world.chiku, at=MORNING, code=f"NEW{n}-{busy.records.uid().hex[:6]}",
    )  # fmt: skip
    sites.join(place=place, programme=busy.world.programme, on=QUARTER[0], by=busy.world.chiku, at=MORNING)


def place_moves(busy, n):
    place = busy.facilities[2 + n % 10]
    parent = busy.world.magu if place.parent_id == busy.world.nyamagana.pk else busy.world.nyamagana
    places.move(place=place, parent=parent, by=busy.world.chiku, at=MORNING)
    place.refresh_from_db()


CHANGES = (
    visit, visit_moves, rating, need, need_met, action_done, plan, transfer, new_cadre, leaves, site, place_moves,
)  # fmt: skip


def row_of(row, owner):
    table = Table(type(row), owner=owner)
    return table.row(*(getattr(row, column) for column in table.columns))


def follow(busy, row, owner):
    table = Table(type(row), owner=owner)
    rollups.follow(busy.world.programme, {table: Difference([], [row_of(row, owner)])})


def test_after_each_kind_of_change_no_kept_answer_is_old(busy):
    assert differing(busy) == []
    for change in CHANGES:
        change(busy, 3)

        assert differing(busy) == [], change.__name__


@pytest.mark.long
def test_whatever_changes_a_kept_answer_is_the_answer(busy):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 400)), min_size=1, max_size=4))
    def holds(changes):
        with transaction.atomic():
            for change, n in changes:
                change(busy, n)
            assert differing(busy) == []
            transaction.set_rollback(True)
        for place in busy.facilities:
            place.refresh_from_db()
        assert differing(busy) == []  # what was rolled back never counts

    holds()


def test_an_answer_is_computed_once_and_then_kept(busy, monkeypatch):
    scope = scope_of(busy, busy.world.mwanza)
    first = asked(busy, "needs_open", scope, "district")
    monkeypatch.setattr(engines, "read", fails)

    assert asked(busy, "needs_open", scope, "district").parts == first.parts
    monkeypatch.setattr(answers, "MEMORY", answers.Memory(100))
    assert asked(busy, "needs_open", scope, "district").parts == first.parts  # another process finds it in the files


def fails(*args, **kwargs):
    raise AssertionError("this was to be kept")


def test_a_new_record_makes_only_its_district_be_asked_again(busy, monkeypatch):
    scope = scope_of(busy, busy.world.mwanza)
    asked(busy, "encounters_held", scope)
    visit(busy, 3)
    seen = []
    read = engines.read

    def watched(statement, given, **more):
        seen.append((given["path_from_0"], given["path_to_0"]))
        return read(statement, given, **more)

    monkeypatch.setattr(engines, "read", watched)
    asked(busy, "encounters_held", scope)

    own = {busy.facilities[3].parent_id} | areas.of_people([busy.mentees[3].pk, busy.mentees[10].pk])
    assert 0 < len(seen) <= len(own)
    assert (busy.world.mwanza.path, busy.world.mwanza.path_to) not in seen or len(own) > 1


def test_small_groups_are_hidden_from_one_and_shown_to_another_out_of_the_same_kept_answer(busy):
    scope, (start, end) = scope_of(busy, busy.world.mwanza), QUARTER
    common = {"programme": busy.world.programme.pk, "start": start, "end": end, "scope": scope, "by": "facility"}

    shown = figures.ask("participation", reveal=True, **common)
    hidden = figures.ask("participation", reveal=False, **common)

    assert not any(part.is_hidden for part in shown.parts.values())
    assert any(part.is_hidden for part in hidden.parts.values())


def test_an_answer_is_kept_for_its_scope_only(busy):
    country = asked(busy, "encounters_held", scope_of(busy, busy.world.mwanza)).value
    district = asked(busy, "encounters_held", scope_of(busy, busy.world.magu)).value
    nothing = asked(busy, "encounters_held", Scope()).value

    assert country > district > 0
    assert nothing is None


def test_answers_are_given_where_none_can_be_kept(busy, settings):
    settings.CACHES = {
        **settings.CACHES,
        "answers": {**settings.CACHES["answers"], "LOCATION": "/proc/nowhere"},
    }
    assert asked(busy, "needs_open", scope_of(busy, busy.world.mwanza)).value is not None


def test_versions_stay_the_same_when_they_are_added_up(busy):
    programme = busy.world.programme
    for n in range(versions.MANY + 5):
        versions.raise_areas(programme.pk, [n % 3])
    before = versions.now(programme.pk)

    versions.compact(programme)

    assert versions.now(programme.pk) == before
    assert versions.DataStep.objects.count() < 10


def test_phones_are_never_answered_from_memory():
    """A phone's last call is noted without an event."""
    assert {indicator.code for indicator in BY_CODE.values() if not indicator.is_kept} == {
        "silent_phones",
        "unsent_records",
    }
