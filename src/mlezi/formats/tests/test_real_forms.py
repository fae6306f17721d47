"""Files that people really use: what Mlezi makes of them, and what it says."""

from pathlib import Path

import pytest

from mlezi.formats import xlsform
from mlezi.formats.checklist import composing, reading
from mlezi.formats.trouble import CannotRead

DATA = Path(__file__).parent / "data"


def test_choice_names_that_repeat_under_a_filter_say_what_to_do():
    with pytest.raises(CannotRead) as caught:
        xlsform.convert((DATA / "liberia-village.xlsx").read_bytes(), "liberia-village.xlsx")

    where, reason, remedy = caught.value.troubles[0].say()
    assert where == "choices, row 6, column name"
    assert reason == "The choice 4 stands twice in the list district: here and in row 5."
    assert "allow_choice_duplicates" in remedy


@pytest.fixture(scope="module")
def prevention():
    return reading.read((DATA / "checklist-infection-prevention.xlsx").read_bytes(), "checklist.xlsx")


def test_every_row_of_the_checklist_is_read_or_listed(prevention):
    items = prevention.checklist.items
    choices = sum(len(item.options) for item in items)
    unread = [trouble for trouble in prevention.troubles if trouble.sheet == "Questions"]

    assert len(prevention.checklist.sections) == 17
    assert len(items) + choices + len(unread) == prevention.rows == 115
    assert [(trouble.row, trouble.facts["value"]) for trouble in unread] == [(52, "ection ''")]


def test_its_scoring_sentences_are_understood(prevention):
    rules = {item.code: item.rule for item in prevention.checklist.items}

    equipment = rules["c6_06_01"]  # If 0-4 = Red; If 5-6 = Yellow; If 7-8 = Green
    assert [float(equipment.points(n)) for n in (0, 4, 5, 6, 7, 8)] == [0, 0, 0.5, 0.5, 1, 1]
    bundles = rules["c6_15_02"]  # If < 5 = Red; If 5 = Green
    assert [float(bundles.points(n)) for n in (0, 4, 5)] == [0, 0, 1]
    policy = rules["c6_01_01"]  # If N = Red; If Y = Green
    assert (policy.points("no"), policy.points("yes")) == (0, 1)


def test_its_form_converts_without_a_warning(prevention):
    made = xlsform.convert(composing.compose(prevention.checklist).workbook(), "form.xlsx")

    assert made.warnings == ()
    assert made.form_id == "checklist_c6"
    assert made.meanings["questions"]["/data/c6_01/c6_01_01"] == {"as": "item:c6_01_01", "kind": "select1"}
    assert made.meanings["questions"]["/data/c6_all_score"]["as"] == "score:c6_all"


def test_the_same_checklist_gives_the_same_version(prevention):
    first, again = (composing.compose(prevention.checklist).markdown() for _ in range(2))

    assert first == again
