"""Questionnaires that were filled in on paper or with another tool come in as a list."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mlezi.audit import problems as imports_problems
from mlezi.instruments import problems
from mlezi.instruments.actions import publishing
from mlezi.instruments.models import Submission
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import imports
from mlezi.testing.makers.forms import source

SURVEY = """
    | settings |
    |          | form_id | version | form_title | default_language |
    |          | survey  | 1       | Survey     | English (en)     |
    | survey   |
    |          | type             | name  | label::English (en) | required | calculation | constraint           | bind::mlezi:as |
    |          | start            | start |                     |          |             |                      |                |
    |          | end              | end   |                     |          |             |                      |                |
    |          | calculate        | wave  |                     |          | 'once'      |                      | wave           |
    |          | begin group      | about | About you           |          |             |                      |                |
    |          | select_one work  | work  | I am …              | yes      |             |                      | answer:work    |
    |          | integer          | years | Years               |          |             | . >= 0 and . <= 60   | answer:years   |
    |          | select_multiple w| ways  | Ways                |          |             |                      | answer:ways    |
    |          | end group        |       |                     |          |             |                      |                |
    | choices  |
    |          | list_name | name     | label::English (en) |
    |          | work      | nurse    | a nurse             |
    |          | work      | midwife  | a midwife           |
    |          | w         | talks    | Talks in person     |
    |          | w         | books    | Reading             |
"""  # noqa: E501
HEAD = "number,answered on,I am …,years,Ways\n"


def publish(world, content):
    publishing.publish(programme=world.programme, source=content, name="survey.md", by=world.chiku, at=MORNING)


@pytest.fixture
def context(world):
    publish(world, source(SURVEY))
    return imports.context(world, form_id="survey")


def records():
    return [bytes(row.xml).decode() for row in Submission.objects.order_by("received_at", "id")]


def test_a_row_becomes_the_record_a_phone_would_send(context):
    imports.bring_in("answers", HEAD + '1,02/02/2026,A Nurse,7.0,"Talks in person, books"\n', context)

    (xml,) = records()
    for part in ("<wave>once</wave>", "<work>nurse</work>", "<years>7</years>", "<ways>talks books</ways>"):
        assert part in xml
    assert "<start>2026-02-02T12:00:00.000+03:00</start>" in xml
    kept = Submission.objects.get()
    assert kept.sender is None
    assert kept.device_time_at.date() == date(2026, 2, 2)  # the day it counts for, not the day it was brought in


def test_what_cannot_be_is_told_by_row_and_nothing_else_is_lost(context):
    rows = ("1,,nurse,3,", "2,,pilot,3,", "3,,nurse,many,", "4,,nurse,80,", "5,,,3,", "6,2026-13-01,nurse,3,",
            "7,2027-01-01,nurse,3,", "1,,midwife,3,", "9,,nurse,2.5,", "10,,nurse,3,talks fishing")  # fmt: skip
    batch = imports.bring_in("answers", HEAD + "\n".join(rows), context)

    assert imports.outcomes(batch) == {2: "new", **dict.fromkeys(range(3, 12), "problem")}
    for said in ("pilot", "many", "80", "must be answered", "2026-13-01", "ahead", "twice", "2.5", "fishing"):
        assert said in imports.reasons(batch)
    assert len(records()) == 1


def test_the_same_list_again_makes_no_doubles_and_people_with_equal_answers_are_two(context):
    rows = "answered on,I am …\n2026-02-02,nurse\n2026-02-02,nurse\n"
    imports.bring_in("answers", rows, context)

    assert set(imports.outcomes(imports.preview("answers", rows, context)).values()) == {"unchanged"}
    assert len(records()) == 2


def test_a_sheet_that_came_in_with_other_answers_is_not_counted_twice(context):
    imports.bring_in("answers", HEAD + "1,,nurse,3,\n", context)
    batch = imports.preview("answers", HEAD + "1,,nurse,4,\n", context)

    assert "came in before with other answers" in imports.reasons(batch)


def derived(xml_part):
    """The records that mean something now and hold these words."""
    rows = Submission.objects.filter(is_current=True).exclude(state=Submission.State.SET_ASIDE)
    return [row for row in rows if xml_part in bytes(row.xml).decode()]


def test_a_list_taken_back_means_nothing_and_comes_again_as_it_was_or_mended(context):
    wrong = imports.bring_in("answers", HEAD + "1,,nurse,3,\n2,,nurse,4,\n", context)
    imports.undo(wrong)
    assert not derived("nurse")
    assert len(records()) == 2  # what came is kept, byte for byte

    mended = imports.bring_in("answers", HEAD + "1,,midwife,3,\n2,,nurse,4,\n", context)

    assert imports.outcomes(mended) == {2: "new", 3: "new"}
    assert [len(derived(word)) for word in ("midwife", "nurse")] == [1, 1]
    old = imports.preview("answers", HEAD + "1,,nurse,3,\n", context)
    assert "came in before with other answers" in imports.reasons(old)


def test_a_list_with_a_record_corrected_since_is_not_taken_back(context):
    batch = imports.bring_in("answers", HEAD + "1,,nurse,3,\n", context)
    Submission.objects.update(is_current=False)  # as an edit leaves what it replaces

    with pytest.raises(imports_problems.CannotUndo, match="Row 2"):
        imports.undo(batch)


def test_on_the_page_a_list_goes_from_upload_to_undo_for_who_keeps_the_forms(world, context, sign_in):
    client, upload = sign_in("chiku"), "/mwanza/forms/survey/import/"
    assert upload in client.get("/mwanza/forms/survey/").content.decode()
    assert upload not in sign_in("amina").get("/mwanza/forms/survey/").content.decode()
    sheets = SimpleUploadedFile("sheets.csv", f"{HEAD}7,,nurse,3,\n8,,pilot,3,\n".encode())

    shown = client.post(upload, {"file": sheets})
    page = client.get(shown.url).content.decode()
    assert "Sheet 7" in page
    assert "pilot" in page
    assert not records()
    for name, status in (("daudi", 404), ("amina", 403), ("farida", 404)):
        assert sign_in(name).get(shown.url).status_code == status
        assert sign_in(name).post(f"{shown.url}apply/").status_code == status
    for name, status in (("daudi", 404), ("amina", 403)):
        assert sign_in(name).get(upload).status_code == status

    assert client.post(f"{shown.url}apply/").url == shown.url
    assert len(derived("nurse")) == 1
    undone = client.post(f"{shown.url}undo/", follow=True).content.decode()
    assert not derived("nurse")
    assert "the records are kept as they came" in undone
    assert "as it was before" not in undone


def test_a_form_that_no_list_can_fill_says_so_on_its_page(world, sign_in):
    publish(world, source(SURVEY.replace("'once'", "uuid() ")))

    assert "survey/import/" not in sign_in("chiku").get("/mwanza/forms/survey/").content.decode()
    assert sign_in("chiku").get("/mwanza/forms/survey/import/").status_code == 409


MEETING = """
    | settings |
    |          | form_id | version | form_title | default_language |
    |          | meeting | 1       | Meeting    | English (en)     |
    | survey   |
    |          | type                                | name      | label::English (en) | required | calculation  | constraint   | bind::mlezi:as |
    |          | calculate                           | encounter |                     |          | once(uuid()) |              | encounter      |
    |          | select_one_from_file facilities.csv | place     | Where?              | yes      |              |              | encounter.place |
    |          | date                                | held_on   | On which day?       | yes      |              | . <= today() | encounter.date |
    |          | select_multiple_from_file mentees.csv | who     | Who was there?      | yes      |              |              | participants   |
"""  # noqa: E501


def test_meetings_come_from_a_list_with_who_was_there_and_who_held_them(world):
    publish(world, source(MEETING))
    within = imports.context(world, form_id="meeting")
    head = "filled in by,Where?,held on,Who was there?\n"
    rows = "Amina,Igoma Dispensary,2026-02-03,Amina; Baraka\nAmina,IGO,2026-04-03,Nobody\n"
    batch = imports.bring_in("answers", head + rows, within)

    assert imports.outcomes(batch) == {2: "new", 3: "problem"}
    assert "Nobody" in imports.reasons(batch)
    assert "ahead" in imports.reasons(batch)
    kept = Submission.objects.get()
    xml = bytes(kept.xml).decode()
    assert f"<who>{world.amina.uid} {world.baraka.uid}</who>" in xml
    assert f"<place>{world.igoma.uid}</place>" in xml
    assert "<encounter/>" not in xml
    assert kept.sender == world.amina
    assert set(imports.outcomes(imports.preview("answers", head + rows, within)).values()) == {"unchanged", "problem"}


def test_a_form_that_works_out_meanings_and_a_list_without_its_columns_are_refused(world, context):
    with pytest.raises(imports_problems.MissingColumns, match="I am"):
        imports.preview("answers", "a,b\n1,2\n", context)
    publish(world, source(SURVEY.replace("'once'", "uuid() ").replace("| 1       |", "| 2       |")))
    with pytest.raises(problems.NotFromAList, match="wave"):
        imports.preview("answers", HEAD + "1,,nurse,3,\n", context)
