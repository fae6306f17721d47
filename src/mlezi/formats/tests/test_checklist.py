"""A table of sections and items becomes a form that asks, asks why, and scores."""

from contextlib import suppress
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.formats import xlsform
from mlezi.formats.checklist import composing, reading, scoring
from mlezi.formats.trouble import CannotRead

TABLE = """
    | section | code | label::English (en) | label::Kiswahili (sw) | type | options | scoring | na | must pass | skill |
    | Hands | wash | Washes hands | Ananawa mikono | yes_no | | | y | x | y |
    | Hands | rub | Has hand rub | Ana kitakasa mikono | yes_no | | If N = 0; If Y = 2 | | | |
    | Tools | tray | Ticks | Vifaa | tick_all | Tray; Bag; Mask | If 0-1 = Red; If 2 = Yellow; If 3 = Green | | | |
    | Tools | beds | Beds | Vitanda | count | | If < 2 = Red; If at least 2 = Green | y | | |
"""


def read(table: str, **more) -> reading.Reading:
    return reading.read(dedent(table).strip().encode(), "skills.md", **more)


def survey(table: str) -> dict[str, dict[str, str]]:
    header, rows = composing.compose(read(table).checklist).table("survey")
    return {row[header.index("name")]: dict(zip(header, row, strict=True)) for row in rows}


def test_the_form_speaks_every_language_of_the_table():
    made = xlsform.convert(composing.compose(read(TABLE).checklist).markdown(), "skills.md")

    assert made.languages == ["English (en)", "Kiswahili (sw)"]
    wash = next(question for question in made.form.asked() if question.name == "wash")
    assert wash.labels == {
        "English (en)": "Washes hands (must be met)",
        "Kiswahili (sw)": "Ananawa mikono (lazima itimizwe)",
    }


def test_an_observed_skill_asks_on_what_it_was_seen():
    rows = survey(TABLE)

    assert rows["wash_basis"]["bind::mlezi:as"] == "item.basis:wash"
    assert "rub_basis" not in rows


def test_an_item_that_fails_asks_why():
    rows = survey(TABLE)

    assert rows["rub_because"]["relevant"] == "${rub_p} != '' and ${rub_p} < 1"
    assert rows["tray_because"]["bind::mlezi:as"] == "item.because:tray"


def test_points_are_a_share_of_the_most_a_rule_gives():
    rule = next(item.rule for item in read(TABLE).checklist.items if item.code == "rub")

    assert (rule.points("no"), rule.points("yes")) == (0, 1)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("| A | x | '' broken | yes_no | |", "label is missing or damaged"),
        ("| A | x | Fine | maybe | |", "maybe is not a kind of answer"),
        ("| A | x | Fine | yes_no | If N == Red |", "cannot be read"),
        ("| A | x | Fine | yes_no | If Y = Green |", "does not say what both yes and no are worth"),
        ("| A | x | Fine | tick_all | |", "nothing to choose from"),
        ("| A | ok | Fine | yes_no | |", "stands twice"),
        ("| A | x | Fine | count | If 0-3 = Red; If 2-9 = Green |", "says two things for 2"),
    ],
)
def test_what_cannot_be_read_is_listed_with_its_row(row, words):
    found = read(f"| section | code | label | type | scoring |\n| A | ok | Good | yes_no | |\n{row}")

    assert words in str(found.troubles[0])
    assert found.troubles[0].row == 3


def test_a_column_can_be_named_by_the_person():
    found = read("| area | wording | Item |\n| A | Washes hands | 7 |", chosen={"label": "wording", "code": "Item"})

    assert found.checklist.items[0].labels == {"": "Washes hands"}
    assert found.checklist.items[0].code == "c_7"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff\xfe\x00a", b"%PDF-1.4", b"|||\n", b"a,b\n"])
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.md"])
def test_a_file_that_is_no_checklist_is_told_plainly(content, name):
    with pytest.raises(CannotRead):
        reading.read(content, name)


@given(st.text(max_size=80))
def test_no_scoring_sentence_ends_in_a_crash(sentence):
    with suppress(scoring.NotARule):
        rule = scoring.read(sentence)
        assert rule is None or (rule.most or 0) >= 0


@given(st.lists(st.integers(0, 12), min_size=2, max_size=6, unique=True).map(sorted))
def test_bands_that_meet_leave_no_gap_and_say_nothing_twice(edges):
    ends = [*edges[1:], 20]
    sentence = "; ".join(f"If {low}-{high - 1} = {n}" for n, (low, high) in enumerate(zip(edges, ends, strict=True), 1))
    rule = scoring.read(sentence)

    assert rule.doubled() == []
    assert rule.gaps(19) == list(range(edges[0]))
