"""A phone that finds no line and whose PIN nobody knows is carried to the office: its records come off it, sealed."""

import pytest
from click.testing import CliRunner
from django.db import connection

from mlezi.cli.import_ import command
from mlezi.instruments.models import Submission
from mlezi.openrosa import qr
from mlezi.people.actions import devices
from mlezi.plumbing import clock
from mlezi.testing.badline import Fault, bad_line
from mlezi.testing.handset import handset
from mlezi.testing.makers import forms
from tests.journeys.test_phone_app_kept import SECRET, VISIT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]
LOCKED = """
    const file = await device.exportLocked((await device.people())[0].id);
    return [...new Uint8Array(await file.arrayBuffer())];
"""
PHOTO = {"file": "p.jpg", "size": 60_000, "seed": 3}


def test_a_locked_phones_records_are_read_at_the_office_alone_and_once(world, live_server, playwright, built, tmp_path):
    forms.published(world.programme, VISIT.format(version=1))
    _, token = devices.enrol(person=world.amina, programme_code="mwanza", name="Blue", by=world.chiku, at=clock.now())
    with bad_line(live_server.thread.port) as line, handset(playwright, tmp_path / "phone", line.url) as phone:
        phone.enrol(qr.settings_text(address=f"https://mlezi.example.org/phone/key/{token}", name="M"), "2580")
        phone.play("return core.sendNow()")
        line.decide = lambda asked: Fault.DOWN
        uid = phone.play("return finish(await begin('visit', a))", {"note": SECRET, "photo": PHOTO})
        frozen = phone.play("return frozen(a)", uid)
        line.decide = lambda asked: Fault.NONE
        phone.reload()  # nobody has unlocked it
        carried = tmp_path / "carried.zip"
        carried.write_bytes(bytes(phone.play(LOCKED)))
    connection.close()

    assert SECRET.encode() not in carried.read_bytes()
    for _ in range(2):
        told = CliRunner().invoke(command, ["unsent", str(carried)], catch_exceptions=False)
        assert told.exit_code == 0
        assert "1 of 1 records are here" in told.output
    [stored] = Submission.objects.filter(instance_id=uid)
    assert bytes(stored.xml).decode() == frozen["xml"]
    assert {file.name: file.sha256 for file in stored.attachments.all()} == frozen["files"]
