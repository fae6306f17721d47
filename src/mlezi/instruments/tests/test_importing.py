"""Questionnaires that were filled in on paper or with another tool come in as a list."""

from pathlib import Path

import pytest

import mlezi.blueprints
from mlezi.audit import problems as imports_problems
from mlezi.instruments import problems
from mlezi.instruments.actions import publishing
from mlezi.instruments.models import Submission
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import imports
from mlezi.testing.makers.forms import source

LIBRARY = Path(mlezi.blueprints.__file__).parent / "library"
SURVEY = """
    | settings |
    |          | form_id | version | form_title | default_language |
    |          | survey  | 1       | Survey     | English (en)     |
    | survey   |
    |          | type             | name  | label::English (en) | required | calculation | constraint           | bind::mlezi:as |
    |          | start            | start |                     |          |             |                      |                |
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
    return imports.context(world, form="survey")


def records():
    return [bytes(row.xml).decode() for row in Submission.objects.order_by("received_at", "id")]


def test_a_row_becomes_the_record_a_phone_would_send(context):
    imports.bring_in("answers", HEAD + '1,02/02/2026,A Nurse,7.0,"Talks in person, books"\n', context)

    (xml,) = records()
    for part in ("<wave>once</wave>", "<work>nurse</work>", "<years>7</years>", "<ways>talks books</ways>"):
        assert part in xml
    assert "<start>2026-02-02T12:00:00.000</start>" in xml
    assert Submission.objects.get().sender is None


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


def test_a_form_that_works_out_meanings_and_a_list_without_its_columns_are_refused(world, context):
    with pytest.raises(imports_problems.MissingColumns, match="I am"):
        imports.preview("answers", "a,b\n1,2\n", context)
    publish(world, source(SURVEY.replace("'once'", "uuid() ").replace("| 1       |", "| 2       |")))
    with pytest.raises(problems.NotFromAList, match="wave"):
        imports.preview("answers", HEAD, context)


@pytest.mark.parametrize(
    ("blueprint", "form"),
    [("managerial-coaching", "survey"), ("training-needs", "needs"), ("doctoral-mentoring", "mentors")],
)
def test_the_made_up_sheets_of_a_blueprint_fit_its_form(world, blueprint, form):
    publish(world, (LIBRARY / blueprint / "forms" / f"{form}.md").read_bytes())
    sheets = (LIBRARY / blueprint / "made-up" / f"{form}.csv").read_bytes()
    batch = imports.preview("answers", sheets, imports.context(world, form=form))

    assert set(imports.outcomes(batch).values()) == {"new"}
    assert not batch.summary["unused_columns"]
