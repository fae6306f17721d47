"""What records name becomes known, moves, or turns out to be the same: derived tables follow, and a rebuild agrees."""

from datetime import UTC, date, datetime

import pytest

from mlezi.audit import actions as audit
from mlezi.audit.actions import COMMAND_LINE
from mlezi.encounters import actions
from mlezi.encounters.models import Attendance, Encounter
from mlezi.goals import actions as goals
from mlezi.goals.models import ActionDecision, AgreedAction
from mlezi.instruments.actions import deriving
from mlezi.instruments.models import Awaited, Rebuild, Submission
from mlezi.people.actions import posts
from mlezi.people.models import Merge, Person
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of
from mlezi.resources import actions as needs
from mlezi.resources.models import Need, NeedDecision
from mlezi.testing import cast, dump
from mlezi.testing.makers import meetings

EVENING = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
REHEMA = "0b8f8d2e-54a9-4c6b-9a0c-0d5d4c1f0a03"


def visit(world, n, *people, **more):
    return {
        "encounter": str(meetings.uid(f"news {n}")),
        "day": f"2026-03-0{n}",
        "minutes": "60",
        "place": "IGO",
        "people": [{"mentee": str(uid)} for uid in people],
        **more,
    }


def send(visits, world, n, *people, **more):
    visits.send("visit", visit(world, n, *people, **more), at=EVENING.replace(day=n), by=world.amina, name=f"news {n}")
    visits.derive(at=EVENING.replace(day=n))


def rebuilt(world):
    """Everything derived again; must change nothing."""
    before = dump.derived(), dump.states()
    done = deriving.rebuild(programme=world.programme, by=COMMAND_LINE, at=LATER)
    assert (dump.derived(), dump.states()) == before
    return done


def test_a_person_known_later_is_credited_then(visits, world):
    send(visits, world, 2, REHEMA)
    assert Awaited.objects.get().value == REHEMA
    assert "unknown_person" in str(Submission.objects.get().flags)

    person = Person.objects.create(uid=REHEMA, name="Rehema", created_at=LATER)
    audit.record("person.added", person, by=world.chiku, at=EVENING)
    visits.derive(at=EVENING)

    assert Attendance.objects.filter(person=person).exists()
    assert not Awaited.objects.exists()
    assert Submission.objects.get().flags == []
    assert rebuilt(world).n_written == 0


def test_a_place_known_later_is_found_then(visits, world):
    send(visits, world, 2, place="NEW")
    assert Encounter.objects.get().place is None

    place = cast.place("NEW", "New clinic", world.igoma.level, world.nyamagana)
    audit.record("place.added", place, by=world.chiku, at=EVENING)
    visits.derive(at=EVENING)

    assert Encounter.objects.get().place == place
    assert rebuilt(world).n_written == 0


def merge(kept, absorbed, by):
    """As a coordinator's merge leaves it."""
    Person.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    row = Merge.objects.create(kept=kept, absorbed=absorbed, decided_at=EVENING, decided_by_name=by.name)
    facts = {"kept": str(kept.uid), "absorbed": str(absorbed.uid)}
    audit.record("people.merged", row, by=by, at=EVENING, facts=facts)


def test_a_merge_is_honoured_and_can_be_undone(visits, world):
    double = cast.person("Baraka again", "nurse")
    send(visits, world, 2, world.baraka.uid, double.uid)
    send(visits, world, 3, double.uid)
    before = dump.derived()

    merge(world.baraka, double, world.chiku)
    visits.derive(at=EVENING)

    assert Attendance.objects.filter(person=world.baraka).count() == 2
    assert not Attendance.objects.filter(person=double).exists()
    assert Encounter.objects.get(held_on=date(2026, 3, 2)).n_participants == 1
    assert rebuilt(world).n_written == 0

    Person.objects.filter(pk=double.pk).update(merged_into=None)
    facts = {"kept": str(world.baraka.uid), "absorbed": str(double.uid)}
    audit.record("people.unmerged", Merge.objects.get(), by=world.chiku, at=EVENING, facts=facts)
    visits.derive(at=EVENING)
    assert dump.derived() == before


def test_a_transfer_written_down_late_corrects_the_cadre_on_the_day(visits, world):
    send(visits, world, 9, world.baraka.uid)
    posts.transfer(
        person=world.baraka, place=world.kisesa, on=date(2026, 3, 5), cadre="midwife", by=world.chiku, at=EVENING
    )
    visits.derive(at=EVENING)

    assert Attendance.objects.get(person=world.baraka).cadre == "midwife"
    assert rebuilt(world).n_written == 0


def test_a_rebuild_after_a_year_of_clerical_work_changes_nothing(visits, world):
    """Merges, closures, corrections, needs met, actions closed: all people's word stays, no table differs."""
    double = cast.person("Baraka again", "nurse")
    lacking = {"bag_mask": "no", "doll": "no", "agreed": [{"action": "Order a mask", "due": "2026-04-01"}]}
    send(visits, world, 2, world.baraka.uid, **lacking)
    send(visits, world, 3, double.uid, bag_mask="no")
    agreed = AgreedAction.objects.get()
    send(visits, world, 5, world.baraka.uid, bag_mask="yes", done=str(agreed.pk))
    may = scope_of(world.chiku, Permission.CORRECT_ENCOUNTERS, programme=world.programme)
    first, second, third = (meetings.uid(f"news {n}") for n in (2, 3, 5))

    merge(world.baraka, double, world.chiku)
    actions.correct(encounter_uid=first, field="held_on", value="2026-03-01", by=world.chiku, at=LATER, scope=may)
    actions.void(encounter_uid=second, by=world.chiku, at=LATER, scope=may)
    actions.correct(encounter_uid=third, field="place", value="KIS", by=world.chiku, at=LATER, scope=may)
    need = Need.objects.get(item="newborn_doll")
    needs.decide(need_id=need.pk, outcome="met", by=world.chiku, at=LATER, scope=may)
    goals.decide(action_id=agreed.pk, outcome="reopened", by=world.chiku, at=LATER, scope=may)
    visits.derive(at=LATER)

    decided = list(NeedDecision.objects.values()), list(ActionDecision.objects.order_by("pk").values())
    assert rebuilt(world).n_written == 0
    assert decided == (list(NeedDecision.objects.values()), list(ActionDecision.objects.order_by("pk").values()))
    assert Need.objects.get(item="newborn_doll").pk == need.pk


def test_a_rebuild_mends_what_somebody_broke(visits, world):
    send(visits, world, 2, world.baraka.uid, bag_mask="no")
    send(visits, world, 3, world.baraka.uid)
    before = dump.derived(), dump.states()

    Attendance.objects.all().delete()
    Encounter.objects.filter(held_on=date(2026, 3, 3)).update(minutes=999)
    Need.objects.all().delete()
    Submission.objects.update(state="received", encounter_uid=None, derived_with=0)
    deriving.rebuild(programme=world.programme, by=COMMAND_LINE, at=LATER)

    assert (dump.derived(), dump.states()) == before


def test_a_stopped_rebuild_goes_on_where_it_was(visits, world, monkeypatch):
    from mlezi.instruments.derivation import rebuild

    monkeypatch.setattr(rebuild, "UNITS_TOGETHER", 1)
    for n in (2, 3, 4, 5):
        send(visits, world, n, world.baraka.uid)
    told = []

    def stop(run):
        told.append((run.phase, run.n_done))
        if run.n_done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deriving.rebuild(programme=world.programme, by=COMMAND_LINE, at=LATER, tell=stop)
    stopped = Rebuild.objects.get()
    assert (stopped.phase, stopped.n_done, stopped.finished_at) == ("meetings", 2, None)

    done = deriving.rebuild(programme=world.programme, by=COMMAND_LINE, at=LATER)

    assert done.n_units == 2
    assert Rebuild.objects.get().finished_at == LATER
