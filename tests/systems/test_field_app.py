"""A mentor's week without signal, played from outside: command line, pages, a phone with the app and one with Collect.

Reconstructed: people and records are made up; the facilities are real. The phone is in a hurry: it gives up on an
answer after two seconds instead of sixty, and the line is late by more than that.
"""

import hashlib
import json
import random
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from http.client import HTTPException

import pytest

from mlezi.demo import stage
from mlezi.openrosa import qr
from mlezi.plumbing import clock
from mlezi.testing.badline import Fault, bad_line
from mlezi.testing.collect import Refused
from mlezi.testing.handset import handset
from tests.systems.play import BLUEPRINTS, Installation, Phone, eventually, free_port

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

CODE = "clinical-mentorship"
TODAY = clock.today()
FACILITIES = stage.HERE / "data" / "facilities-mwanza.csv"
PIN = "2580"
IGOMA = "Igoma Health Centre"
TABU = "7d7c1f9e-5a05-4a8e-9a53-0a4f6a8d2c11"
PHOTO = bytes(range(256)) * 500


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """A district with its programme, two facilities and two mentees, and a line to it that can be spoilt."""
    folder = tmp_path_factory.mktemp("field")
    shutil.copytree(BLUEPRINTS / CODE, folder / CODE)
    blueprint = folder / CODE / "blueprint.yaml"
    text = blueprint.read_text().replace("# starts_on: 2027-01-01", f"starts_on: {TODAY - timedelta(days=120)}")
    blueprint.write_text(text)
    here = Installation(folder, free_port())
    places = folder / "places.csv"
    header, *lines = FACILITIES.read_text().splitlines(keepends=True)
    places.write_text(header + "".join([line for line in lines if "Ilemela" in line][:6]))  # Igoma is the sixth
    here.mlezi("import", "places", places, "--yes")
    here.mlezi("apply", folder / CODE, "--place", "Mwanza")
    here.mlezi("import", "places", places, "--yes", "--sites", "--programme", CODE)
    people = folder / "people.csv"
    people.write_text(
        "name,part,cadre,facility,district,mentor\n"
        f"Amina Mushi,mentor,nurse_midwife,{IGOMA},Ilemela,\n"
        f"Baraka Elias,mentee,nurse,{IGOMA},Ilemela,Amina Mushi\n"
    )
    here.mlezi("import", "people", people, "--yes", "--programme", CODE)
    with here.serving(), bad_line(here.port) as line:
        here.line, here.manager = line, here.visitor("Farida Lyimo", role="manager", programme=CODE)
        yield here


def enrolled(here):
    """What the QR code on the coordinator's page says, at the address of the spoilt line."""
    page = here.manager.page(f"/{CODE}/devices/")
    person = page.xpath("//select[@name='person']/option[contains(., 'Amina Mushi')]/@value")[0]
    shown = here.manager.submit(f"/{CODE}/devices/", "//form[.//select[@name='person']]", person=person, name="Tecno")
    address = shown.xpath("//code[contains(., '/phone/key/')]/text()")[0].strip()
    return address.replace(here.url, here.line.url)


@pytest.fixture(scope="module")
def week(here, playwright, built, tmp_path_factory):
    """Three visits at two facilities, a new mentee, photographs, a draft left open; then the line comes back, badly."""
    address = enrolled(here)
    with handset(playwright, tmp_path_factory.mktemp("tecno"), here.line.url) as phone:
        phone.patience["answer"] = 60_000
        phone.open()
        phone.enrol(qr.settings_text(address=address, name="Mentorship"), PIN)
        phone.play("return core.sendNow()")
        signal(here, False)
        phone.frozen = {}
        first_days(here, phone)
        phone.days = 3
        phone.kill()  # flat battery, in the middle of writing
        phone.start()
        phone.unlock(PIN)
        last_day(here, phone)
        phone.collect = week_with_collect(here)
        newer_form(here)
        phone.address = address
        signal(here, True)
        home_on_a_bad_line(here, phone)
        home_with_collect(here, phone.collect)
        yield phone


def signal(here, is_there):
    here.line.decide = lambda asked: Fault.NONE if is_there or "/phone/" not in asked.path else Fault.DOWN


def row(phone, name, label):
    return phone.play("return (await core.rows(a)).find((row) => row.label === b)", name, label)


def visit(phone, facility, mentee, *, seed, **more):
    """A visit with everything a mentor writes down, and a photograph."""
    place = row(phone, "facilities", facility)
    answers = {
        "place": place["name"], "minutes": "90", "topics": ["newborn", "ipc"], "people": [{"mentee": mentee}],
        "learning_checked": "yes", "missing_learning": ["newborn_doll"], "note": f"visit {seed}",
        "actions": [{"what": "Ask for a bag and mask"}],
        "photo": {"file": "image.jpg", "size": 180_000 + seed, "seed": seed}, **more,
    }  # fmt: skip
    return phone.play("return begin('visit', a)", answers)


def finish(phone, draft):
    phone.play("return finish(a)", draft)
    phone.frozen[draft] = phone.play("return frozen(a)", draft)


def first_days(here, phone):
    baraka = row(phone, "mentees", "Baraka Elias")["name"]
    finish(phone, visit(phone, IGOMA, baraka, seed=1))
    phone.kill()
    phone.start()
    phone.unlock(PIN)
    place = other(phone)
    new = {"full_name": "Zawadi Nkwabi", "place": place["name"], "cadre": "nurse", "agrees": "yes"}
    finish(phone, phone.play("return begin('new_mentee', a)", new))
    phone.zawadi = row(phone, "mentees", "Zawadi Nkwabi")["name"]
    finish(phone, visit(phone, place["label"], phone.zawadi, seed=2))
    phone.left_open = visit(phone, IGOMA, baraka, seed=4)
    phone.kept = phone.play("return frozen(a)", phone.left_open)


def other(phone):
    """A second facility of the same phone."""
    return phone.play("return (await core.rows('facilities')).find((row) => row.label !== a)", IGOMA)


def last_day(here, phone):
    finish(phone, visit(phone, other(phone)["label"], phone.zawadi, seed=3))
    assert len(phone.play("return core.records()")) == 5


def meeting(number):
    return f"2f0d3f6e-90c2-4f0e-8a77-6d1c1c1b7b0{number}"


def week_with_collect(here):
    """The same week on a phone with ODK Collect, as its double plays it; nothing of it is sent yet."""
    signal(here, True)
    phone = Phone(enrolled(here))
    phone.sync(clock.now())
    signal(here, False)
    baraka, igoma = phone.row("mentees", "Baraka Elias")["name"], phone.row("facilities", IGOMA)["name"]
    away = next(row["name"] for row in phone.entities["facilities"].values() if row["label"] != IGOMA)
    new = {"person": TABU, "full_name": "Tabu Masanja", "place": away, "cadre": "nurse", "agrees": "yes"}
    phone.finished = [
        collect_visit(phone, 1, igoma, baraka),
        phone.fill("new_mentee", new, uid="1b0d3f6e-90c2-4f0e-8a77-6d1c1c1b7a09"),
        collect_visit(phone, 2, away, TABU),
        collect_visit(phone, 3, away, TABU),
    ]
    for record in phone.finished:
        phone.keep(record)
    assert phone.row("mentees", "Tabu Masanja")["name"] == TABU
    phone.left_open = collect_visit(phone, 4, igoma, baraka)
    return phone


def collect_visit(phone, number, place, mentee):
    answers = {
        "encounter": meeting(number), "new_encounter": meeting(number), "held": "yes", "place": place, "held_on": TODAY,
        "minutes": 90, "topics": "newborn ipc", "people": [{"mentee": mentee}], "learning_checked": "yes",
        "missing_learning": "newborn_doll", "actions": [{"what": "Ask for a bag and mask"}], "note": f"visit {number}",
        "photo": f"{number}.jpg",
    }  # fmt: skip
    record = phone.fill("visit", answers, uid=f"3b0d3f6e-90c2-4f0e-8a77-6d1c1c1b7a0{number}")
    record.files[f"{number}.jpg"] = PHOTO + bytes([number])
    return record


def home_with_collect(here, phone):
    """The same three kinds of bad line; its clock is three days ahead, and it was switched off in between."""
    dice = random.Random(7)
    for fault in (Fault.LOST, Fault.CUT, Fault.LATE, Fault.NONE):
        phone.wire.timeout = 2 if fault is Fault.LATE else 60
        here.line.decide = lambda asked, fault=fault: (
            fault if "/submission" in asked.path and dice.random() < 0.3 else Fault.NONE
        )
        for record in phone.finished:
            if record.state != "submitted":
                with suppress(Refused, OSError, HTTPException):
                    phone.send(record, clock.now() + timedelta(days=3))


def newer_form(here):
    form = here.folder / CODE / "forms" / "visit.md"
    text = form.read_text()
    assert "| 2026-01 |" in text
    form.write_text(text.replace("| 2026-01 |", "| 2026-02 |").replace("Which facility?", "At which facility?"))
    here.mlezi("apply", here.folder / CODE, "--place", "Mwanza")


def home_on_a_bad_line(here, phone):
    """Three in ten answers are lost after the server has committed; then cut; then later than the phone waits."""
    dice = random.Random(20260302)
    here.line.late = 2.5
    for fault in (Fault.LOST, Fault.CUT, Fault.LATE):
        here.line.decide = lambda asked, fault=fault: (
            fault if "/submission" in asked.path and dice.random() < 0.3 else Fault.NONE
        )
        phone.play("patience.answer = a", 2000 if fault is Fault.LATE else 60_000)
        phone.play("return core.sendNow()")
    signal(here, True)
    phone.play("patience.answer = 60000")
    assert phone.play("return core.sendNow()")["left"] == 0


def contents(here):
    """Every hash of the installation, worked out again from its bytes."""
    made = subprocess.run(
        [sys.executable, "-m", "mlezi.testing.server", "contents"],
        env={**here.env, "DJANGO_SETTINGS_MODULE": "mlezi.config.settings"}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(made.stdout.splitlines()[-1])["records"]


def met_at(here, uid, name):
    """The page of that meeting names them; the worker reads records behind the answer to the phone."""
    address = f"/{CODE}/encounters/{uid}/"
    return eventually(lambda: here.manager.status(address) == 200 and name in here.manager.text(address), seconds=60)


def test_the_phone_knows_that_all_of_it_has_arrived(here, week):
    states = {one["id"]: one["state"] for one in week.play("return core.records()")}

    assert states == {**dict.fromkeys(week.frozen, "acknowledged"), week.left_open: "draft"}


def test_three_encounters_and_one_new_mentee(here, week):
    visits = week.play("return (await core.records()).filter((one) => one.form === 'visit' && one.state !== 'draft')")
    uids = {one["id"]: one["encounterUid"] for one in visits}

    assert len(set(uids.values())) == 3
    for record, uid in uids.items():
        assert met_at(here, uid, "Zawadi Nkwabi" if week.zawadi in week.frozen[record]["xml"] else "Baraka Elias")
    assert here.manager.text(f"/{CODE}/people/").count("Zawadi Nkwabi") == 1
    assert week.play("return core.sendNow()")["trouble"] is None
    assert row(week, "mentees", "Zawadi Nkwabi")["name"] == week.zawadi


def test_the_draft_left_open_is_as_it_was_and_is_finished_with_its_own_form(here, week):
    label = "const draft = drafts[a] = await core.openDraft(a); return find(draft.session.whole, 'place').label"

    assert week.play("return frozen(a)", week.left_open) == week.kept
    assert week.play(label, week.left_open) == "Which facility?"
    assert week.play("return (await core.forms()).find((form) => form.id === 'visit').version") == "2026-02"
    finish(week, week.left_open)
    assert week.play("return core.sendNow()")["left"] == 0


def test_collect_brings_the_same_week_home(here, week):
    """The other client on the same line: each record accepted, three meetings, a mentee whom the server knows."""
    collect = week.collect

    assert {record.state for record in collect.finished} == {"submitted"}
    for number, name in ((1, "Baraka Elias"), (2, "Tabu Masanja"), (3, "Tabu Masanja")):
        assert met_at(here, meeting(number), name)
    assert here.manager.text(f"/{CODE}/people/").count("Tabu Masanja") == 1
    collect.sync(clock.now())
    assert collect.row("mentees", "Tabu Masanja")["__version"] == "1"
    assert TABU not in collect.made_here
    assert {version for name, version in collect.forms if name == "visit"} == {"2026-01", "2026-02"}
    assert b'version="2026-01"' in collect.left_open.xml
    collect.keep(collect.left_open)
    collect.finished.append(collect.send(collect.left_open, clock.now()))


def test_everything_is_there_once_byte_for_byte_and_the_photographs_whole(here, week):
    there = contents(here)

    by_collect = {instance_of(record): hashes(record) for record in week.collect.finished}
    for uid, frozen in (week.frozen | by_collect).items():
        assert there[uid] == [{"sha256": frozen["sha256"], "files": frozen["files"], "received": 1}]
    for phone in (week.frozen, by_collect):
        assert len(phone) == 5  # four visits and a mentee
        assert sum(len(frozen["files"]) for frozen in phone.values()) == 4


def instance_of(record):
    return re.search(rb"uuid:[0-9a-f-]+", record.xml)[0].decode()


def hashes(record):
    files = {name: hashlib.sha256(content).hexdigest() for name, content in record.files.items()}
    return {"sha256": hashlib.sha256(record.xml).hexdigest(), "files": files}
