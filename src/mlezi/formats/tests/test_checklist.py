"""A table of sections and items becomes a form that asks, asks why, and scores."""

from contextlib import suppress
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.formats import xlsform, xlsx
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

    assert rows["rub_because"]["relevant"] == "${rub} = 'no'"
    assert rows["beds_because"]["relevant"] == "${beds_p} != '' and ${beds_p} < 1"
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
        ("| A | x | Fine | count | If < 5 = Red; If 5 = Green |", "says nothing for 6"),
        ("| A | place | Fine | yes_no | |", "a name the form itself uses"),
        ("| A | c1 | Gloves | choice | |", "belongs to no question with choices"),
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


CHOOSING = """
    | section | code | label | kind | options | scoring | na |
    | Sinks | state | State | choose_one | Good; Non-functional | If Good = 2; If Non-functional = 0 | y |
    | | tools | Tools | tick_all | Tray; None; Bag; N/A | | |
"""


def test_one_of_several_choices_is_scored_by_its_words_and_may_not_apply():
    book = composing.compose(read(CHOOSING).checklist)

    assert survey(CHOOSING)["state_p"]["calculation"] == (
        "if(${state} = '' or ${state} = 'na', '', if(${state} = 'good', 1, if(${state} = 'non_functional', 0, '')))"
    )
    assert ["state_list", "na", "Does not apply"] in book.table("choices")[1]


def test_whether_an_item_was_met_is_said_by_its_points_where_its_answer_is_no_yes_or_no():
    rows = survey(TABLE + "    | Tools | cots | Cots | Vitanda | count | | | | | |\n")

    told = {name: row["bind::mlezi:as"] for name, row in rows.items() if row["bind::mlezi:as"]}
    assert told["rub"] == "item:rub"
    assert "rub_p" not in told
    assert told["tray_p"] == "item:tray"
    assert not {"tray", "tray_n", "beds"} & set(told)
    assert told["cots"] == "answer:cots"


def test_a_checklists_own_none_and_not_applicable_stand_in_for_ours():
    found = read(CHOOSING)
    tools = found.checklist.items[1]

    names = [row[1] for row in composing.compose(found.checklist).table("choices")[1] if row[0] == "tools_list"]
    assert names == ["tray", "none", "bag", "na"]
    assert (tools.may_not_apply, tools.rule.points(2), found.troubles) == (True, 1, ())


def test_rows_without_a_section_belong_to_the_one_above_and_a_row_with_only_a_section_opens_it():
    found = read(
        "| section | code | label |\n| Hands | a | Soap |\n| | b | Water |\n| Waste | | |\n| | c | Bins |\n"
        "| Linen | d | '' |\n| | e | Washed |"
    )

    sections = [[item.code for item in section.items] for section in found.checklist.sections]
    assert sections == [["a", "b"], ["c"], ["e"]]
    assert [trouble.row for trouble in found.troubles] == [6]


def test_no_section_shares_a_name_with_an_item_or_another_section():
    table = "| section | code | label |\n| Waste | waste | Bins |\n| Wasté | b | Pits |\n| Place | c | Clean |"

    sections = read(table).checklist.sections
    assert [section.code for section in sections] == ["waste_2", "waste_3", "place_2"]


def test_a_section_that_its_sheet_does_not_name_is_told():
    book = {
        "Sections": (["Section ID", "Section Title"], [["A", "Hands"]]),
        "Questions": (["Section ID", "Question ID", "Question Label"], [["A", "a", "Soap"], ["B", "b", "Water"]]),
    }
    content = xlsx.write_sheets([(name, header, rows) for name, (header, rows) in book.items()])

    [trouble] = reading.read(content, "a.xlsx").troubles
    assert (trouble.row, trouble.reason.split(";")[0]) == (3, "The sheet of sections does not name {value}")


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"lable": "Item"}, "lable is nothing a column can be. Use one of: checklist"),
        ({"scoring": "Rule"}, "There is no column “Rule” for scoring. Choose one of: area, Item."),
    ],
)
def test_a_column_that_is_not_there_is_told(chosen, words):
    with pytest.raises(CannotRead, match=words):
        read("| area | Item |\n| A | Washes hands |", chosen=chosen)


def test_a_sheet_nobody_needs_may_be_in_disorder_and_a_needed_one_may_not():
    notes = ("Notes", ["a", "a"], [["1", "2"]])
    items = ("Items", ["section", "item"], [["Hands", "Soap"]])

    assert len(reading.read(xlsx.write_sheets([notes, items]), "a.xlsx").checklist.items) == 1
    with pytest.raises(CannotRead, match="Notes: Two columns are called “a”"):
        reading.read(xlsx.write_sheets([notes, items]), "a.xlsx", sheet="Notes")


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
