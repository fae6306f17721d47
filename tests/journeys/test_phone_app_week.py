"""A mentor's week without signal: two dead batteries, three days, a newer form, and a line that loses what it is told.

The phone is in a hurry: where the line is late it gives up after two seconds instead of sixty.
"""

import hashlib
import random
from datetime import timedelta

import pytest

from mlezi.audit import worker
from mlezi.encounters.models import Encounter
from mlezi.instruments.actions import publishing
from mlezi.instruments.models import Submission
from mlezi.openrosa import qr
from mlezi.people.actions import devices
from mlezi.people.models import Person
from mlezi.plumbing import clock
from mlezi.testing.badline import Fault, bad_line
from mlezi.testing.handset import handset
from tests.journeys import a_phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]
PIN = "2580"


@pytest.fixture
def line(live_server):
    with bad_line(live_server.thread.port) as line:
        yield line


def signal(line, is_there):
    line.decide = lambda asked: Fault.NONE if is_there or "/phone/" not in asked.path else Fault.DOWN


def visit(phone, place, mentee, number):
    """What a mentor writes down of a visit, and a photograph."""
    answers = {
        "place": place, "minutes": "90", "topics": ["newborn", "ipc"], "people": [{"mentee": mentee}],
        "learning_checked": "yes", "missing_learning": ["newborn_doll"], "note": f"visit {number}",
        "actions": [{"what": "Ask for a bag and mask"}],
        "photo": {"file": "image.jpg", "size": 180_000 + number, "seed": number},
    }  # fmt: skip
    return phone.play("return begin('visit', a)", answers)


def finish(phone, draft):
    phone.play("return finish(a)", draft)
    return {draft: phone.play("return frozen(a)", draft)}


def battery_dies(phone):
    phone.kill()
    phone.start()
    phone.unlock(PIN)


def newer_form(world):
    text = (a_phone.LIBRARY / "forms" / "visit.md").read_text()
    newer = text.replace("| 2026-01 |", "| 2026-02 |").replace("Which facility?", "At which facility?")
    publishing.publish(
        programme=world.programme, source=newer.encode(), name="visit.md", purpose="visit",
        title={"en": "Mentorship visit"}, by=world.chiku, at=clock.now(),
    )  # fmt: skip


def home_on_a_bad_line(phone, line):
    """Three answers in ten are lost after the server has committed; then cut; then later than the phone waits."""
    dice = random.Random(20260302)
    line.late = 2.5
    for fault in (Fault.LOST, Fault.CUT, Fault.LATE):
        line.decide = lambda asked, fault=fault: (
            fault if "/submission" in asked.path and dice.random() < 0.3 else Fault.NONE
        )
        phone.play("patience.answer = a", 2000 if fault is Fault.LATE else 30_000)
        phone.play("return core.sendNow()")
    signal(line, True)
    phone.play("patience.answer = 60000")
    assert phone.play("return core.sendNow()")["left"] == 0


def stored(uid):
    """How the server holds it: bytes worked out again, files by their hash."""
    row = Submission.objects.get(instance_id=uid)
    return {
        "xml": bytes(row.xml).decode(), "sha256": hashlib.sha256(bytes(row.xml)).hexdigest(),
        "files": {file.name: file.sha256 for file in row.attachments.all()},
    }  # fmt: skip


def test_a_week_without_signal_comes_home_once_and_whole(world, line, playwright, built, tmp_path):
    a_phone.told(world)
    before = Encounter.objects.count(), Submission.objects.count()
    _, token = devices.enrol(person=world.amina, programme_code="mwanza", name="Tecno", by=world.chiku, at=clock.now())
    with handset(playwright, tmp_path, line.url) as phone:
        phone.patience["answer"] = 60_000
        phone.open()
        phone.enrol(qr.settings_text(address=f"https://mlezi.example.org/phone/key/{token}", name="M"), PIN)
        phone.play("return core.sendNow()")
        signal(line, False)

        igoma = phone.play("return (await core.rows('mentees')).find((row) => row.label === 'Baraka').facility")
        baraka = str(world.baraka.uid)
        other = phone.play("return (await core.rows('facilities')).find((row) => row.name !== a).name", igoma)
        sent = finish(phone, visit(phone, igoma, baraka, 1))
        battery_dies(phone)
        new = {"full_name": "Zawadi Nkwabi", "place": other, "cadre": "nurse", "agrees": "yes"}
        sent |= finish(phone, phone.play("return begin('new_mentee', a)", new))
        zawadi = phone.play("return (await core.rows('mentees')).find((row) => row.label === 'Zawadi Nkwabi').name")
        sent |= finish(phone, visit(phone, other, zawadi, 2))
        left_open = visit(phone, igoma, baraka, 4)
        kept = phone.play("return frozen(a)", left_open)
        phone.days = 3
        battery_dies(phone)
        sent |= finish(phone, visit(phone, other, zawadi, 3))
        newer_form(world)
        home_on_a_bad_line(phone, line)

        assert Submission.objects.count() == before[1] + 4
        assert {uid: stored(uid) for uid in sent} == sent
        assert sum(len(one["files"]) for one in sent.values()) == 3
        states = {one["id"]: one["state"] for one in phone.play("return core.records()")}
        assert states == {**dict.fromkeys(sent, "acknowledged"), left_open: "draft"}
        assert phone.play("return frozen(a)", left_open) == kept
        worker.drain(at=clock.now() + timedelta(hours=1))
        assert Encounter.objects.count() == before[0] + 3
        assert Person.objects.filter(name="Zawadi Nkwabi").count() == 1
        assert str(Person.objects.get(name="Zawadi Nkwabi").uid) == zawadi

        label = "drafts[a] = await core.openDraft(a); return find(drafts[a].session.whole, 'place').label"
        assert phone.play(label, left_open) == "Which facility?"  # the form it was begun with, though a newer is out
        sent = finish(phone, left_open)
        assert phone.play("return core.sendNow()")["left"] == 0
        assert {left_open: stored(left_open)} == sent
        assert Submission.objects.get(instance_id=left_open).version == "2026-01"
