"""Every kind of question of form profile 1 can be answered in the browser, and survives a closed tab."""

import re

import pytest
from lxml import etree

from mlezi.instruments.models import Submission
from mlezi.testing.makers import forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KINDS = """
    | settings |
    |          | form_id | version | form_title |
    |          | kinds   | 1       | Kinds      |
    | survey   |
    |          | type       | name     | label        | appearance | parameters            | choice_filter | relevant | calculation | required | repeat_count |
    |          | start      | start    |              |            |                       |               |          |             |          |              |
    |          | end        | end      |              |            |                       |               |          |             |          |              |
    |          | today      | today    |              |            |                       |               |          |             |          |              |
    |          | deviceid   | deviceid |              |            |                       |               |          |             |          |              |
    |          | username   | username |              |            |                       |               |          |             |          |              |
    |          | begin_group | all     | All kinds    | field-list |                       |               |          |             |          |              |
    |          | note       | hello    | **Read** this |           |                       |               |          |             |          |              |
    |          | text       | words    | Words        |            |                       |               |          |             |          |              |
    |          | text       | long     | Long words   | multiline  |                       |               |          |             |          |              |
    |          | integer    | whole    | Whole number |            |                       |               |          |             |          |              |
    |          | decimal    | part     | Decimal      |            |                       |               |          |             |          |              |
    |          | date       | day      | Day          |            |                       |               |          |             |          |              |
    |          | time       | hour     | Hour         |            |                       |               |          |             |          |              |
    |          | datetime   | moment   | Moment       |            |                       |               |          |             |          |              |
    |          | select_one area | area | Area        | minimal    |                       |               |          |             |          |              |
    |          | select_one town | town | Town        |            |                       | area=${area}  |          |             |          |              |
    |          | select_one mood | mood | Mood        | likert     |                       |               |          |             |          |              |
    |          | select_multiple area | areas | Areas |           |                       |               |          |             |          |              |
    |          | range      | level    | Level        |            | start=1 end=5 step=1  |               |          |             |          |              |
    |          | geopoint   | where    | Where        |            |                       |               |          |             |          |              |
    |          | image      | photo    | Photo        |            | max-pixels=64         |               |          |             |          |              |
    |          | audio      | sound    | Sound        |            |                       |               |          |             |          |              |
    |          | acknowledge | agree   | Agree        |            |                       |               |          |             | yes      |              |
    |          | end_group  |          |              |            |                       |               |          |             |          |              |
    |          | begin_repeat | child  | Child        |            |                       |               |          |             |          | ${whole}     |
    |          | text       | name     | Name         |            |                       |               |          |             |          |              |
    |          | end_repeat |          |              |            |                       |               |          |             |          |              |
    |          | calculate  | double   |              |            |                       |               |          | ${whole} * 2 |         |              |
    | choices  |
    |          | list_name | name   | label   | area  |
    |          | area      | north  | North   |       |
    |          | area      | south  | South   |       |
    |          | town      | n1     | Nansio  | north |
    |          | town      | s1     | Sengerema | south |
    |          | mood      | good   | Good    |       |
    |          | mood      | bad    | Bad     |       |
"""  # noqa: E501
# A red picture of 128 × 96, made by the browser itself, so that it must be made smaller.
PAINT = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), {width: 128, height: 96});
  canvas.getContext("2d").fillRect(0, 0, 128, 96);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return [...new Uint8Array(await blob.arrayBuffer())];
}"""
EXPECTED = {
    "words": "Karibu",
    "long": "one\ntwo",
    "whole": "2",
    "part": "1.5",
    "day": "2026-03-02",
    "hour": r"09:30:00\.000[+-]\d\d:\d\d",
    "moment": r"2026-03-02T09:30:00\.000[+-]\d\d:\d\d",
    "area": "north",
    "town": "n1",
    "mood": "good",
    "areas": "north south",
    "level": "4",
    "where": r"-2\.5 32\.9.*",
    "photo": r"[0-9a-f]{8}-image\.jpg",
    "sound": r"[0-9a-f]{8}-note\.m4a",
    "agree": "OK",
    "double": "4",
    "deviceid": "web:.*",
    "username": "Amina",
    "today": r"\d{4}-\d\d-\d\d",
}


def answered(record: Submission) -> dict[str, str]:
    return {etree.QName(e).localname: e.text or "" for e in etree.fromstring(bytes(record.xml)).iter() if not len(e)}


def test_every_kind_of_question(world, browse, live_server):
    forms.published(world.programme, KINDS)
    page = browse("amina", "/mwanza/forms/kinds/fill/")

    def ask(name):
        return page.locator(f"[data-name={name}]")

    ask("hello").locator("strong", has_text="Read").wait_for()
    for name, value in [("words", "Karibu"), ("whole", "2"), ("part", "1,5"), ("day", "2026-03-02")]:
        ask(name).locator("input").fill(value)
    ask("long").locator("textarea").fill("one\ntwo")
    ask("hour").locator("input").fill("09:30")
    ask("moment").locator("input").fill("2026-03-02T09:30")
    assert ask("town").get_by_text("There is nothing to choose from yet.").is_visible()
    ask("area").get_by_text("North").click()
    assert ask("town").get_by_text("Sengerema").count() == 0
    ask("town").get_by_text("Nansio").click()
    ask("mood").get_by_text("Good").click()
    ask("areas").get_by_text("North").click()
    ask("areas").get_by_text("South").click()
    ask("level").get_by_text("not answered").wait_for()
    ask("level").locator("input").fill("4")
    ask("where").get_by_label("Latitude").fill("-2.5")
    ask("where").get_by_label("Longitude").fill("32.9")
    ask("where").get_by_label("Longitude").blur()
    picture = bytes(page.evaluate(PAINT))
    ask("photo").locator("input").set_input_files({"name": "image.png", "mimeType": "image/png", "buffer": picture})
    ask("sound").locator("input").set_input_files({"name": "note.m4a", "mimeType": "audio/mp4", "buffer": b"sound"})
    ask("photo").locator("img").wait_for()
    ask("agree").get_by_text("Yes, confirmed").click()
    page.get_by_text("Draft saved").wait_for()
    context, url = page.context, page.url
    page.wait_for_timeout(800)
    page.close()

    page = browse("amina", url.removeprefix(live_server.url), context=context)  # the address names the draft
    ask("photo").locator("img").wait_for()
    page.get_by_role("button", name="Next").click()
    for n, name in enumerate(("Asha", "Juma")):
        ask("name").nth(n).locator("input").fill(name)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/?sent=1")

    record = Submission.objects.get()
    found = answered(record)
    wrong = {name: found[name] for name, wanted in EXPECTED.items() if not re.fullmatch(wanted, found[name])}
    assert wrong == {}
    assert sorted(file.name for file in record.attachments.all()) == sorted([found["photo"], found["sound"]])
    names = etree.fromstring(bytes(record.xml)).xpath("//*[local-name()='child']/*[local-name()='name']/text()")
    assert names == ["Asha", "Juma"]
