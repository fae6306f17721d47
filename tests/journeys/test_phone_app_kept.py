"""What the phone app keeps: drafts and records outlive a killed tab, a forgotten PIN and a code taken back."""

import io
import json
import re
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlezi.instruments.models import Submission
from mlezi.openrosa import qr
from mlezi.people.actions import devices
from mlezi.plumbing import clock
from mlezi.testing.badline import Fault, bad_line
from mlezi.testing.handset import handset
from mlezi.testing.makers import forms
from tests.journeys.test_web_form_kinds import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]
VISIT = """
    | settings |
    |          | form_id | version | form_title |
    |          | visit   | {version} | Visit   |
    | survey   |
    |          | type    | name  | label       |
    |          | text    | note  | Note {version} |
    |          | image   | photo | Photograph  |
"""
SECRET = "Mask seal is much better, said Baraka"


@pytest.fixture
def line(live_server):
    with bad_line(live_server.thread.port) as line:
        yield line


@pytest.fixture
def phone(world, line, playwright, built, tmp_path):
    forms.published(world.programme, VISIT.format(version=1))
    with handset(playwright, tmp_path, line.url) as phone:
        yield phone


def code(world, name="amina"):
    """What the coordinator's QR code says."""
    _, token = devices.enrol(
        person=world.people[name], programme_code="mwanza", name="Blue", by=world.chiku, at=clock.now()
    )
    return qr.settings_text(address=f"https://mlezi.example.org/phone/key/{token}", name="Mentorship")


def enrolled(phone, world, name="amina", pin="2580"):
    phone.enrol(code(world, name), pin)
    phone.play("return core.sendNow()")


ALL = {
    "words": "Mama na mtoto – “wazi”", "long": "one\ntwo", "whole": "2", "part": "3.5", "day": "2026-03-02",
    "hour": "08:30:00.000+00:00", "moment": "2026-03-02T08:30:00.000+00:00", "area": "north", "town": "n1",
    "mood": "good", "areas": ["north", "south"], "level": "4",
    "where": {"latitude": -2.5, "longitude": 32.9, "altitude": 1134, "accuracy": 5},
    "photo": {"file": "p.jpg", "size": 120_000, "seed": 7}, "sound": {"file": "s.m4a", "size": 30_000, "seed": 9},
    "agree": "OK",
}  # fmt: skip
ORDER = list(ALL)


@pytest.fixture
def kinds(world, phone):
    forms.published(world.programme, KINDS)
    enrolled(phone, world)
    return phone


def steady(xml):
    """Without the time of ending, which a form writes anew each time it is written."""
    return re.sub(r"<end>[^<]*</end>", "", xml)


@settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(chosen=st.sets(st.sampled_from(ORDER), min_size=1).map(lambda some: [name for name in ORDER if name in some]))
def test_a_draft_restored_says_what_it_said_for_every_kind_of_question(kinds, chosen):
    answers = {name: ALL[name] for name in chosen if name != "town" or "area" in chosen}
    draft = kinds.play("return begin('kinds', a)", answers)
    before = kinds.play("return frozen(a)", draft)
    kinds.reload()
    kinds.unlock("2580")

    for _ in range(2):  # saved again, and opened again: the second time is where files used to go
        kinds.play("const one = await core.openDraft(a); await one.close()", draft)
    after = kinds.play("return frozen(a)", draft)

    assert steady(after["xml"]) == steady(before["xml"])
    assert after["files"] == before["files"]
    assert len(after["files"]) == len({"photo", "sound"} & set(chosen))


def test_every_kind_of_question_arrives_byte_for_byte(kinds):
    draft = kinds.play("return begin('kinds', a)", ALL)
    kinds.kill()
    kinds.start()
    kinds.unlock("2580")
    kinds.play("return finish(a)", draft)
    frozen = kinds.play("return frozen(a)", draft)

    kinds.play("return core.sendNow()")

    [stored] = Submission.objects.filter(form_id="kinds")
    assert bytes(stored.xml).decode() == frozen["xml"]
    assert {file.name: file.sha256 for file in stored.attachments.all()} == frozen["files"]
    assert stored.source == "field"
    assert kinds.play("return (await core.record(a)).state", draft) == "acknowledged"


def test_a_newer_form_changes_no_draft(world, phone):
    enrolled(phone, world)
    draft = phone.play("return begin('visit', {note: 'begun'})")
    forms.published(world.programme, VISIT.format(version=2))
    phone.play("return core.sendNow()")

    phone.play("await drafts[a].close(); drafts[a] = await core.openDraft(a)", draft)
    label = phone.play("return find(drafts[a].session.whole, 'note').label", draft)
    newer = phone.play("return begin('visit', {note: 'new'})")
    phone.play("await finish(a); await finish(b); return core.sendNow()", draft, newer)

    assert label == "Note 1"
    assert sorted(Submission.objects.values_list("version", flat=True)) == ["1", "2"]


def test_a_wrong_pin_opens_nothing_and_nothing_is_readable_on_the_disk(world, phone, tmp_path):
    enrolled(phone, world)
    phone.play("return begin('visit', {note: a})", SECRET)
    token = phone.play("return core.partition.address")
    phone.kill()

    raw = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert SECRET.encode() not in raw
    assert SECRET.encode("utf-16-le") not in raw
    assert token.rpartition("/")[2].encode() not in raw
    phone.start()
    for _ in range(4):
        assert "wrong_pin" in refused(phone, "window.core = await device.unlock((await device.people())[0].id, '1357')")
    assert "wait" in refused(phone, "window.core = await device.unlock((await device.people())[0].id, '1357')")
    assert "wait" in refused(phone, "window.core = await device.unlock((await device.people())[0].id, '2580')")


def refused(phone, script):
    return phone.play(f"try {{ {script}; return 'let in' }} catch (error) {{ return error.reason ?? String(error) }}")


def test_a_shared_phone_keeps_its_people_apart_and_signing_out_keeps_what_is_unsent(world, phone, line):
    enrolled(phone, world)
    line.decide = lambda asked: Fault.DOWN if "submission" in asked.path else Fault.NONE
    mine = phone.play("return finish(await begin('visit', {note: 'mine'}))")
    assert phone.play("return core.signOut()") == {"unsent": 1}

    phone.enrol(code(world, "chiku"), "1590")
    assert phone.play("return core.records()") == []
    assert len(phone.play("return device.people()")) == 2
    phone.play("return core.signOut()")

    line.decide = lambda asked: Fault.NONE
    phone.play(
        "window.core = await device.unlock((await device.people()).find((one) => one.name === 'Amina').id, '2580')"
    )
    assert phone.play("return core.sendNow()")["left"] == 0
    assert Submission.objects.get().instance_id == mine


def test_a_code_taken_back_stops_sending_and_nothing_else(world, phone):
    device, token = devices.enrol(
        person=world.amina, programme_code="mwanza", name="Blue", by=world.chiku, at=clock.now()
    )
    phone.enrol(f"{phone.url}/phone/key/{token}", "2580")
    phone.play("return core.sendNow()")
    devices.revoke(device=device, by=world.chiku, at=clock.now())

    draft = phone.play("return begin('visit', {note: 'after'})")
    sent = phone.play("return finish(await begin('visit', {note: 'done'}))")
    result = phone.play("return core.sendNow()")
    assert (result["trouble"], result["left"]) == ("turned_away", 1)
    assert phone.play("return core.sync().needsCode") is True
    phone.play("await drafts[a].close(); return finish(a)", draft)
    shown = "for (let i = 0; i < 100 && core.sync().unsent < 2; i++) await new Promise((next) => setTimeout(next, 50));"
    assert phone.play(f"{shown} return core.sync().unsent") == 2

    phone.enrol(code(world), "2580")
    assert phone.play("return core.sendNow()")["left"] == 0
    assert set(Submission.objects.values_list("instance_id", flat=True)) == {draft, sent}


def test_a_forgotten_pin_loses_nothing(world, phone, line):
    enrolled(phone, world)
    line.decide = lambda asked: Fault.DOWN if "submission" in asked.path else Fault.NONE
    draft = phone.play("return begin('visit', {note: 'draft'})")
    sent = phone.play("return finish(await begin('visit', {note: 'done'}))")
    phone.kill()
    phone.start()
    line.decide = lambda asked: Fault.NONE

    phone.play("window.core = await device.recover((await device.people())[0].id, a, '8642')", code(world))

    assert {one["id"]: one["state"] for one in phone.play("return core.records()")}.keys() == {draft, sent}
    phone.play("await finish(a); return core.sendNow()", draft)
    assert set(Submission.objects.values_list("instance_id", flat=True)) == {draft, sent}
    phone.kill()
    phone.start()
    assert refused(phone, "window.core = await device.unlock((await device.people())[0].id, '2580')") == "wrong_pin"
    phone.unlock("8642")


def test_another_persons_code_opens_nobodys_records(world, phone):
    enrolled(phone, world)
    script = "await device.recover((await device.people())[0].id, a, '8642')"
    assert (
        phone.play(f"try {{ {script} }} catch (error) {{ return error.reason }}", code(world, "chiku"))
        == "wrong_person"
    )


def test_two_tabs_cannot_hold_one_draft_nor_send_twice(world, phone, line):
    enrolled(phone, world)
    draft = phone.play("return begin('visit', {note: 'one'})")
    first = phone.page
    phone.page = phone.page.context.new_page()
    phone.page.goto(first.url)
    phone.load()
    phone.unlock("2580")
    assert refused(phone, f"await core.openDraft('{draft}')") == "open_elsewhere"

    second, phone.page = phone.page, first
    phone.play("return finish(a)", draft)
    before = len([one for one in line.passed if one.asked.method == "POST"])
    for page in (first, second):
        page.evaluate("() => { window.sent = core.sendNow() }")
    results = [page.evaluate("() => window.sent") for page in (first, second)]
    assert all(result["left"] == 0 for result in results)
    assert len([one for one in line.passed if one.asked.method == "POST"]) - before <= 1
    assert Submission.objects.count() == 1


def test_one_bad_record_stands_aside_and_the_next_ones_go(world, phone, line):
    enrolled(phone, world)
    line.decide = lambda asked: Fault.DOWN
    photo = {"file": "p.jpg", "size": 9_000, "seed": 1}
    bad, good = (phone.play("return finish(await begin('visit', a))", {"note": n, "photo": photo}) for n in ("b", "g"))
    clash(world, bad)
    line.decide = lambda asked: Fault.NONE

    result = phone.play("return core.sendNow()")

    states = {one["id"]: (one["state"], one["trouble"]) for one in phone.play("return core.records()")}
    assert states == {bad: ("parked", "different"), good: ("acknowledged", None)}
    assert result["left"] == 1
    for files in (1, 0):  # then its photograph goes bad on the phone, and the words are saved all the same
        exported = phone.play(
            "const file = await core.exportUnsent(); return [...new Uint8Array(await file.arrayBuffer())]"
        )
        [record] = json.loads(opened(exported).read("mlezi.json"))["records"]
        assert (record["id"], len(record["files"])) == (bad, files)
        assert "<note>b</note>" in opened(exported).read(f"{record['folder']}/submission.xml").decode()
        phone.play(SPOIL, bad)


SPOIL = """
    const turn = core.partition.base.transaction("blobs", "readwrite");
    for (const one of await turn.store.index("id").getAll(a))
      await turn.store.put({ ...one, bytes: { ...one.bytes, data: new ArrayBuffer(9000) } });
    await turn.done;
"""


def opened(numbers):
    import zipfile  # noqa: PLC0415

    return zipfile.ZipFile(io.BytesIO(bytes(numbers)))


def clash(world, instance_id):
    """Another record with the same id is at the office already."""
    from mlezi.instruments.actions import receiving  # noqa: PLC0415

    xml = (
        f'<data id="visit" version="1"><note>{uuid.uuid4()}</note><photo/>'
        f"<meta><instanceID>{instance_id}</instanceID></meta></data>"
    )
    receiving.receive(programme=world.programme, xml=xml.encode(), sender=world.amina, at=clock.now())


def test_a_hotels_page_is_not_an_answer(world, phone, line):
    enrolled(phone, world)
    line.decide = lambda asked: Fault.PORTAL  # before it is finished: the app sends by itself
    sent = phone.play("return finish(await begin('visit', {note: 'x'}))")
    phone.play("return core.sendNow()")
    assert phone.play("return (await core.record(a)).state", sent) == "sending"

    line.decide = lambda asked: Fault.NONE
    assert phone.play("return core.sendNow()")["left"] == 0
