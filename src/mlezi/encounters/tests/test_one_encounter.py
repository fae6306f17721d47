"""Many records about one visit become one encounter."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mlezi.audit.actions import COMMAND_LINE
from mlezi.encounters.models import Attendance, Claim, CoveredTopic, Encounter, Note
from mlezi.instruments.actions import deriving
from mlezi.instruments.models import Awaited, Submission
from mlezi.people.models import Person
from mlezi.testing.makers import meetings

EVENING = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
UID = meetings.uid("first visit")


def visit(world, **more):
    return {
        "encounter": str(UID),
        "day": "2026-03-02",
        "minutes": "90",
        "place": "IGO",
        "topics": "newborn ipc",
        "people": [{"mentee": str(world.baraka.uid), "stayed": "60", "said": "Steady hands."}],
        **more,
    }


def test_a_visit_becomes_an_encounter(visits, world):
    visits.send("visit", visit(world), at=EVENING, by=world.amina)
    visits.derive(at=EVENING)

    encounter = Encounter.objects.get()
    assert encounter.uid == UID
    assert (encounter.type, encounter.mode, encounter.place) == (visits.visit, "visit", world.igoma)
    assert (encounter.held_on, encounter.minutes, encounter.minutes_from) == (date(2026, 3, 2), 90, "stated")
    assert encounter.lead == world.amina
    assert encounter.n_participants == 1
    parts = {row.person.name: (row.part, row.minutes, row.cadre) for row in Attendance.objects.all()}
    assert parts == {"Amina": ("lead", None, "nurse_midwife"), "Baraka": ("mentee", 60, "nurse")}
    assert set(CoveredTopic.objects.values_list("topic", flat=True)) == {"newborn", "ipc"}
    note = Note.objects.get()
    assert (note.about, note.author, note.kind) == (world.baraka, world.amina, "coaching")
    assert Submission.objects.get().state == "derived"


def test_the_main_form_prevails_and_the_difference_is_shown(visits, world):
    own = {"encounter": str(UID), "day": "2026-03-03", "minutes": "45", "note": "I was nervous."}
    visits.send("own", own, at=EVENING, by=world.baraka)
    visits.send("visit", visit(world), at=EVENING, by=world.amina)
    visits.derive(at=EVENING)

    encounter = Encounter.objects.get()
    assert (encounter.held_on, encounter.minutes, encounter.has_conflict) == (date(2026, 3, 2), 90, True)
    claims = Claim.objects.filter(field="minutes").order_by("precedence")
    assert [(claim.value, claim.holds) for claim in claims] == [("90", True), ("45", False)]
    assert Note.objects.get(kind="own").text == "I was nervous."


def test_a_wrong_clock_flags_a_field_and_the_visit_stands(visits, world):
    answers = visit(world, minutes="", start_at="2026-03-02T12:00:00+03:00", end_at="2026-03-02T10:00:00+03:00")
    visits.send("visit", answers, at=EVENING, by=world.amina)
    visits.derive(at=EVENING)

    encounter = Encounter.objects.get()
    assert encounter.minutes is None
    assert encounter.held_on == date(2026, 3, 2)
    assert encounter.flags == [{"path": "/data/end_at", "rule": "ends_before_start"}]
    assert Submission.objects.get().flags[0]["rule"] == "ends_before_start"
    assert Attendance.objects.count() == 2


def test_what_says_neither_yes_nor_no_and_what_is_no_position_are_flagged(visits, world):
    people = [{"mentee": str(world.baraka.uid), "there": "perhaps"}]
    visits.send("visit", visit(world, held="surely", position="91 181", people=people), at=EVENING, by=world.amina)
    visits.send("visit", visit(world, encounter="", held="yes", position="0 0 0 0"), at=EVENING, by=world.amina)
    visits.derive(at=EVENING)

    encounter = Encounter.objects.get(pk=UID)
    assert sorted(flag["rule"] for flag in encounter.flags) == ["not_a_position", "not_yes_or_no", "not_yes_or_no"]
    assert (encounter.latitude, encounter.cancelled_because) == (None, "")
    assert [one.flags for one in Encounter.objects.exclude(pk=UID)] == [[]]  # a phone without a fix is no mistake


def test_a_day_in_the_future_is_left_open(visits, world):
    visits.send("visit", visit(world, day="2031-03-02"), at=EVENING, by=world.amina)
    visits.derive(at=EVENING)

    encounter = Encounter.objects.get()
    assert encounter.held_on is None
    assert encounter.minutes == 90
    assert [flag["rule"] for flag in encounter.flags] == ["in_the_future"]


def test_the_day_is_the_programmes_own(visits, world):
    late = visit(world, day="", minutes="", start_at="2026-03-02T22:30:00Z", end_at="2026-03-02T23:30:00Z")
    visits.send("visit", late, at=EVENING + timedelta(days=2), by=world.amina)
    visits.derive(at=EVENING + timedelta(days=2))

    encounter = Encounter.objects.get()
    assert encounter.held_on == date(2026, 3, 3)  # half past one at night in Mwanza
    assert (encounter.minutes, encounter.minutes_from) == (60, "clock")


def test_an_edit_replaces_what_it_corrects(visits, world):
    visits.send("visit", visit(world), at=EVENING, by=world.amina, name="one")
    visits.derive(at=EVENING)
    visits.send("visit", visit(world, minutes="30", people=[]), at=EVENING, by=world.amina, name="two", replaces="one")
    visits.derive(at=EVENING)

    assert Encounter.objects.get().minutes == 30
    assert list(Attendance.objects.values_list("part", flat=True)) == ["lead"]
    assert not Note.objects.exists()


def test_a_record_that_breaks_a_deriver_is_parked_and_harms_no_other(visits, world, monkeypatch):
    from mlezi.encounters.derivation import taking_part

    gather = taking_part._namings

    def breaks(source):
        if source.form_id == "own":
            raise KeyError("poison")
        return gather(source)

    monkeypatch.setattr(taking_part, "_namings", breaks)
    visits.send("own", {"encounter": str(UID)}, at=EVENING, by=world.baraka)
    visits.send("visit", visit(world), at=EVENING, by=world.amina)
    visits.derive(at=EVENING)

    parked = Submission.objects.get(form_id="own")
    assert parked.state == "parked"
    assert "kept whole" in parked.trouble
    assert Submission.objects.get(form_id="visit").state == "derived"
    assert Encounter.objects.get().n_sources == 1

    monkeypatch.undo()
    from mlezi.instruments.derivation import runner

    runner.derive([parked.pk], at=EVENING)
    assert Submission.objects.get(form_id="own").state == "derived"
    assert Encounter.objects.get().n_sources == 2


def test_somebody_met_on_the_visit_is_known_afterwards(visits, world):
    new = "0b8f8d2e-54a9-4c6b-9a0c-0d5d4c1f0a01"
    people = [{"new": new, "new_name": "Rehema", "new_cadre": "nurse", "there": "yes"}]
    visits.send("rating", {"encounter": str(UID), "mentee": new}, at=EVENING, by=world.amina)
    visits.derive(at=EVENING)
    assert not Attendance.objects.filter(part="mentee").exists()
    assert Awaited.objects.get().value == new

    visits.send("visit", visit(world, people=people), at=EVENING, by=world.amina)
    visits.derive(at=EVENING)

    attendance = Attendance.objects.get(part="mentee")
    assert (attendance.person.name, attendance.cadre) == ("Rehema", "nurse")
    assert attendance.person.posts.get().place == world.igoma


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(("first", "then"), [("one", "two"), ("two", "one")])
def test_who_was_met_is_called_as_the_record_that_came_first_says(visits, world, together, first, then):
    new = "0b8f8d2e-54a9-4c6b-9a0c-0d5d4c1f0a01"

    def met(record, called, later, by, replaces=""):
        people = [{"new": new, "new_name": called, "there": "yes"}]
        answers = visit(world, encounter=str(meetings.uid(record)), people=people)
        at = EVENING + timedelta(hours=later)
        visits.send("visit", answers, at=at, by=by, name=record, replaces=replaces)
        if not together:
            visits.derive(at=EVENING)

    met(first, "Rehema", 0, world.amina)
    met(then, "Somebody Else", 1, world.baraka)
    visits.derive(at=EVENING)
    assert Person.objects.get(uid=new).name == "Rehema"

    met("three", "Rehema Juma", 2, world.amina, replaces=first)
    visits.derive(at=EVENING)
    deriving.rebuild(programme=world.programme, by=COMMAND_LINE, at=EVENING + timedelta(days=2))
    assert Person.objects.get(uid=new).name == "Rehema Juma"


@pytest.mark.parametrize("together", [True, False])
def test_who_is_met_on_one_visit_is_seen_on_another_that_came_before(visits, world, together):
    new, other = "0b8f8d2e-54a9-4c6b-9a0c-0d5d4c1f0a01", meetings.uid("a visit before")
    named = visit(world, people=[{"mentee": new, "there": "yes"}])
    visits.send("visit", named | {"encounter": str(other)}, at=EVENING, by=world.amina)
    if not together:
        visits.derive(at=EVENING)
    people = [{"new": new, "new_name": "Rehema", "new_cadre": "nurse", "there": "yes"}]
    visits.send("visit", visit(world, people=people), at=EVENING, by=world.amina)
    visits.derive(at=EVENING)

    seen = Attendance.objects.filter(part="mentee").values_list("encounter_id", "person__name")
    assert set(seen) == {(UID, "Rehema"), (other, "Rehema")}
    assert not Awaited.objects.exists()
