"""Every kind of question of form profile 1 can be answered in the phone app without a signal, and arrives whole:
what `instruments.checking.clients` says of a form is true of the app."""

import re

import pytest
from lxml import etree

from mlezi.formats import xlsform
from mlezi.instruments.checking.clients import FIELD, clients_of
from mlezi.instruments.models import Submission
from mlezi.testing.makers import forms
from tests.journeys import a_phone
from tests.journeys.test_web_form_kinds import EXPECTED, KINDS, answered

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ON_A_PHONE = EXPECTED | {
    "deviceid": "field:.*",
    "photo": r"[0-9a-f]{8}-image\.jpg",
    "sound": r"[0-9a-f]{8}-sound\.webm",
}


def answer_all(phone):
    ask = phone.ask
    ask("hello").locator("strong", has_text="Read").wait_for()
    for name, value in [("words", "Karibu"), ("whole", "2"), ("part", "1,5"), ("day", "2026-03-02")]:
        ask(name).locator("input").fill(value)
    ask("long").locator("textarea").fill("one\ntwo")
    ask("hour").locator("input").fill("09:30")
    ask("moment").locator("input").fill("2026-03-02T09:30")
    ask("area").get_by_text("North").click()
    assert ask("town").get_by_text("Sengerema").count() == 0
    ask("town").get_by_text("Nansio").click()
    ask("mood").get_by_text("Good").click()
    ask("areas").get_by_text("North").click()
    ask("areas").get_by_text("South").click()
    ask("level").locator("input").fill("4")
    phone.press("Use this device's position")
    picture = {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": phone.picture()}
    ask("photo").locator("input").set_input_files(picture)
    ask("photo").locator("img").wait_for()
    phone.press("Record a sound")
    phone.page.wait_for_timeout(1500)
    phone.press("Stop recording", exact=False)
    ask("sound").locator("audio").wait_for()
    ask("agree").get_by_text("Yes, confirmed").click()


def test_every_kind_of_question_without_a_signal(world, phone):
    version = forms.published(world.programme, KINDS)
    assert FIELD in clients_of(xlsform.convert(forms.source(KINDS), "kinds.md").form) == version.clients
    phone.tab("Unsent")
    phone.press("Send now")
    phone.page.get_by_text("Nothing waits to be sent.").wait_for()
    phone.line(there=False)
    phone.tab("Visits")
    phone.page.get_by_role("link", name="Kinds").click()
    answer_all(phone)
    phone.page.get_by_text("Draft saved").wait_for()
    phone.page.wait_for_timeout(1000)
    phone.page.reload()  # as a battery does, in the middle
    phone.unlock(a_phone.PIN)
    phone.ask("photo").locator("img").wait_for()
    phone.ask("sound").locator("audio").wait_for()
    phone.press("Next")
    for n, name in enumerate(("Asha", "Juma")):
        phone.ask("name").nth(n).locator("input").fill(name)
    phone.press("Next")
    phone.press("Finish")
    phone.line(there=True)
    phone.tab("Unsent")
    phone.press("Send now")
    phone.page.get_by_text("Everything is at the office").wait_for()
    assert phone.page.get_by_role("heading", name="Not finished").count() == 0  # one tap began one record

    record = Submission.objects.get(form_id="kinds")
    found = answered(record)
    wrong = {name: found[name] for name, wanted in ON_A_PHONE.items() if not re.fullmatch(wanted, found[name])}
    assert wrong == {}
    assert sorted(file.name for file in record.attachments.all()) == sorted([found["photo"], found["sound"]])
    names = etree.fromstring(bytes(record.xml)).xpath("//*[local-name()='child']/*[local-name()='name']/text()")
    assert names == ["Asha", "Juma"]
