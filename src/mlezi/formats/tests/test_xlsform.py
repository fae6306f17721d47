"""A form becomes an XForm, or its author learns what to do."""

from textwrap import dedent

import pytest

from mlezi.formats import xlsform
from mlezi.formats.trouble import CannotRead


def convert(markdown: str, name: str = "visit.md") -> xlsform.Converted:
    return xlsform.convert(dedent(markdown).strip().encode(), name)


LIST = "| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |\n"


def troubles(markdown: str):
    with pytest.raises(CannotRead) as caught:
        convert(markdown)
    return caught.value.troubles


def test_meaning_needs_no_namespace_in_settings():
    made = convert("""
        | survey |
        |        | type | name | label | bind::mlezi:as |
        |        | date | day  | Day   | encounter.date |
    """)

    assert made.meanings["questions"] == {"/data/day": {"as": "encounter.date", "kind": "date"}}
    assert b'xmlns:mlezi="https://mlezi.org/xforms"' in made.xml


def test_id_and_version_come_from_the_file_when_left_out():
    first = convert("| survey |\n| | type | name | label |\n| | text | a | A |")
    again = convert("| survey |\n| | type | name | label |\n| | text | a | A |")
    other = convert("| survey |\n| | type | name | label |\n| | text | a | B |")

    assert first.form_id == "visit"
    assert first.version == again.version != other.version


def test_languages_and_missing_words_are_known():
    made = convert("""
        | survey  |
        |         | type             | name | label::English (en) | label::Kiswahili (sw) |
        |         | select_one yn    | ok   | Fine?               | Sawa?                 |
        | choices |
        |         | list_name | name | label::English (en) | label::Kiswahili (sw) |
        |         | yn        | yes  | Yes                 | Ndiyo                 |
        |         | yn        | no   | No                  |                       |
    """)

    question = next(made.form.asked())
    assert made.languages == ["English (en)", "Kiswahili (sw)"]
    assert question.choices[0].labels == {"English (en)": "Yes", "Kiswahili (sw)": "Ndiyo"}
    assert question.choices[1].labels == {"English (en)": "No"}


def test_a_choice_that_stands_twice_is_told_with_both_rows_and_the_ways_out():
    found = troubles("""
        | survey  |
        |         | type            | name | label |
        |         | select_one area | area | Area  |
        | choices |
        |         | list_name | name | label |
        |         | area      | 1    | One   |
        |         | area      | 2    | Two   |
        |         | area      | 1    | Three |
    """)

    where, reason, remedy = found[0].say()
    assert where == "choices, row 4, column name"
    assert "choice 1 stands twice in the list area: here and in row 2" in reason
    assert "allow_choice_duplicates" in remedy


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("| | select_one nolist | a | A |", "no list of choices named nolist"),
        ("| | tekst | a | A |", "row 3, column type: tekst is not a type"),
        ("| | text | a b | A |", "cannot be a name in a form: a b"),
        ("| | text | a | |", "row 3, column label"),
        ("| | begin_group | a | A |", "begins here and never ends"),
        ("| | end_group | a | A |", "never begun"),
        ("| | text | a | ${nothing} |", "no question named nothing"),
        ("| | calculate | a | |", "Nothing is calculated"),
    ],
)
def test_each_mistake_says_where_and_what_to_do(row, words):
    found = troubles(
        f"| survey |\n| | type | name | label |\n| | text | before | B |\n{row}\n| | text | z | Z |\n" + LIST
    )

    assert words in str(found[0])
    assert found[0].remedy


@pytest.mark.parametrize("name", ["form.pdf", "form", "form.json"])
def test_other_kinds_of_file_are_named(name):
    with pytest.raises(CannotRead, match="Save it as"):
        xlsform.convert(b"x", name)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"PK\x03\x04broken", "a.xlsx"),
        (b"not a workbook", "a.xls"),
        (b"", "a.md"),
        (b"\xff\xfe\x00", "a.csv"),
        (b"hello", "a.md"),
    ],
)
def test_damaged_files_are_told_plainly(content, name):
    with pytest.raises(CannotRead) as caught:
        xlsform.convert(content, name)

    assert caught.value.troubles[0].remedy


@pytest.mark.parametrize("sign", ["\0", "\x01", "\x1f", "\ufffe"])
def test_a_sign_that_no_form_can_carry_is_told_with_its_cell(sign):
    form = f"| survey |\n| | type | name | label |\n| | text | a | A |\n| | text | b | x{sign}y |"

    with pytest.raises(CannotRead) as caught:
        xlsform.convert(form.encode(), "form.md")

    (trouble,) = caught.value.troubles
    assert trouble.where() == "survey, row 3, column label"
    assert f"(U+{ord(sign):04X})" in str(trouble)


def test_two_lists_of_one_name_are_told_in_plain_words():
    form = """
| survey |
| | type | name | label | choice_filter |
| | text | d | D | |
| | select_one wards | a | A | district = ${d} |
| | select_one_from_file wards.csv | b | B | |
| choices |
| | list_name | name | label | district |
| | wards | x | X | y |
"""
    with pytest.raises(CannotRead, match="Two lists are both named wards"):
        xlsform.convert(form.strip().encode(), "form.md")
