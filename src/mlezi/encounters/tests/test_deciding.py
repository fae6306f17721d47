"""What people decide about encounters holds, is seen, and outlives a rebuild."""

from datetime import UTC, date, datetime

import pytest

from mlezi.audit.actions import COMMAND_LINE
from mlezi.audit.models import Event
from mlezi.encounters import actions, problems, queries
from mlezi.encounters.models import Attendance, Encounter, EncounterDecision
from mlezi.instruments.actions import deriving
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of
from mlezi.testing import dump
from mlezi.testing.makers import meetings

EVENING = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
UID = meetings.uid("decided about")
P = Permission


def scope(world, name, permission=P.CORRECT_ENCOUNTERS):
    return scope_of(world.people[name], permission, programme=world.programme)


@pytest.fixture
def held(visits, world):
    answers = {"encounter": str(UID), "day": "2026-03-02", "minutes": "90", "place": "IGO"}
    answers["people"] = [{"mentee": str(world.baraka.uid)}]
    visits.send("visit", answers, at=EVENING, by=world.amina, name="decided")
    visits.derive(at=EVENING)
    return visits


def correct(world, field, value, by="chiku"):
    return actions.correct(
        encounter_uid=UID, field=field, value=value, by=world.people[by], at=LATER, scope=scope(world, by)
    )


@pytest.mark.parametrize(
    ("field", "value", "shows"),
    [
        ("held_on", "2026-03-01", lambda row: row.held_on == date(2026, 3, 1)),
        ("minutes", "45", lambda row: (row.minutes, row.minutes_from) == (45, "decided")),
        ("place", "KIS", lambda row: row.place.code == "KIS"),
        ("held", "yes", lambda row: row.cancelled_because == ""),
    ],
)
def test_a_correction_prevails(held, world, field, value, shows):
    correct(world, field, value)

    assert shows(Encounter.objects.get())
    assert Event.objects.filter(name="encounter.corrected", by_name="Chiku").count() == 1


def test_a_correction_can_be_taken_back(held, world):
    correct(world, "minutes", "45")
    correct(world, "minutes", "")

    assert Encounter.objects.get().minutes == 90
    assert EncounterDecision.objects.count() == 2


def test_the_same_word_twice_is_one(held, world):
    assert correct(world, "minutes", "45").pk == correct(world, "minutes", "45").pk


@pytest.mark.parametrize(("field", "value"), [("held_on", "soon"), ("minutes", "-1"), ("place", "XX"), ("lead", "?")])
def test_nonsense_is_refused_with_a_hint(held, world, field, value):
    with pytest.raises(problems.BadValue):
        correct(world, field, value)


def test_not_everything_can_be_corrected(held, world):
    with pytest.raises(problems.NotCorrectable, match="minutes"):
        correct(world, "n_participants", "40")


def test_a_void_encounter_counts_nowhere_and_can_be_restored(held, world):
    actions.void(encounter_uid=UID, by=world.chiku, at=LATER, scope=scope(world, "chiku"), note="typed in twice")

    assert Encounter.objects.get().cancelled_because == "void"
    assert not Attendance.objects.exists()
    assert not queries.held(queries.visible_to(scope(world, "chiku", P.SEE_ENCOUNTERS))).exists()

    actions.restore(encounter_uid=UID, by=world.chiku, at=LATER.replace(day=2), scope=scope(world, "chiku"))
    assert Attendance.objects.count() == 2


def test_a_rebuild_keeps_what_people_decided(held, world):
    correct(world, "held_on", "2026-03-01")
    correct(world, "place", "KIS")
    before = dump.derived(), dump.states()

    done = deriving.rebuild(programme=world.programme, by=COMMAND_LINE, at=LATER)

    assert done.n_written == 0
    assert (dump.derived(), dump.states()) == before


@pytest.mark.parametrize("name", ["daudi", "eliya", "amina"])
def test_only_those_who_may_can_decide(held, world, name):
    with pytest.raises(problems.NoSuchEncounter):
        correct(world, "minutes", "45", by=name)


def plan(world, on=date(2026, 3, 2), uid=UID):
    type_ = world.programme.encounter_types.get()
    return actions.plan(
        programme=world.programme, type=type_, place=world.igoma, planned_on=on, by=world.chiku, at=EVENING,
        lead=world.amina, uid=uid,
    )  # fmt: skip


def status(world, on, name="chiku"):
    plans = queries.plans_visible_to(scope(world, name, P.PLAN_VISITS))
    return [(row.status, row.because) for row in queries.with_status(plans, on=on)]


def test_what_became_of_a_plan_is_derived(visits, world):
    plan(world)
    assert status(world, date(2026, 3, 1)) == [("due", "")]
    assert status(world, date(2026, 3, 9)) == [("missed", "")]

    visits.send("visit", {"planned": str(UID), "held": "no", "because": "weather"}, at=EVENING, name="not held")
    visits.derive(at=EVENING)
    assert status(world, date(2026, 3, 9)) == [("cancelled", "weather")]
    encounter = Encounter.objects.get()
    assert (encounter.place, encounter.planned_uid) == (world.igoma, UID)

    answers = {"planned": str(UID), "held": "yes", "day": "2026-03-05"}
    visits.send("visit", answers, at=EVENING.replace(day=6), name="held after all", replaces="not held", by=world.amina)
    visits.derive(at=EVENING.replace(day=6))
    assert status(world, date(2026, 3, 9)) == [("held", "")]
    with pytest.raises(problems.AlreadyHeld):
        actions.cancel(
            uid=UID,
            because="weather",
            by=world.chiku,
            at=LATER,
            on=LATER.date(),
            scope=scope(world, "chiku", P.PLAN_VISITS),
        )


def test_a_plan_is_cancelled_with_its_reason(world, visits):
    plan(world)
    may = scope(world, "chiku", P.PLAN_VISITS)
    for _ in range(2):
        actions.cancel(uid=UID, because="transport", by=world.chiku, at=EVENING, on=date(2026, 3, 1), scope=may)

    assert status(world, date(2026, 3, 1)) == [("cancelled", "transport")]
    assert Event.objects.filter(name="encounter.cancelled").count() == 1


def test_daudi_sees_no_plan_of_theirs(world, visits):
    plan(world)
    daudi = scope_of(world.daudi, P.PLAN_VISITS, programme=world.other)

    assert not queries.plans_visible_to(daudi).exists()
    with pytest.raises(problems.NoSuchPlan):
        actions.change(uid=UID, by=world.daudi, at=LATER, scope=daudi, planned_on=date(2026, 4, 1))


def test_a_sample_is_drawn_once_and_confirmed(held, world):
    (check,) = actions.draw(
        programme=world.programme, month=date(2026, 3, 1), share=0.05, seed=7, by=world.chiku, at=LATER
    )
    assert (check.probability, check.place) == (1.0, world.igoma)
    with pytest.raises(problems.DrawnBefore):
        actions.draw(programme=world.programme, month=date(2026, 3, 9), share=0.05, seed=8, by=world.chiku, at=LATER)

    may = scope(world, "eliya", P.CONFIRM_SAMPLE)
    actions.confirm(check_id=check.pk, answer="confirmed", by=world.eliya, at=LATER, scope=may)
    check.refresh_from_db()
    assert (check.answer, check.answered_by_name) == ("confirmed", "Eliya")

    daudi = scope_of(world.daudi, P.CONFIRM_SAMPLE, programme=world.other)
    assert not queries.checks_visible_to(daudi).exists()
    with pytest.raises(problems.NoSuchCheck):
        actions.confirm(check_id=check.pk, answer="denied", by=world.daudi, at=LATER, scope=daudi)


def test_an_empty_month_cannot_be_drawn(held, world):
    with pytest.raises(problems.NothingToDraw):
        actions.draw(programme=world.programme, month=date(2026, 4, 1), share=0.5, seed=7, by=world.chiku, at=LATER)
