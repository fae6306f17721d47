"""Remarks about a form, in plain words."""

from textwrap import dedent

import pytest

from mlezi.formats import xlsform
from mlezi.instruments import media
from mlezi.instruments.checking import check, lists
from mlezi.instruments.checking.clients import clients_of


def remarks(markdown: str, supplied=None, **known) -> dict[str, str]:
    made = xlsform.convert(dedent(markdown).strip().encode(), "form.md")
    found = check(made.form, rows=made.rows, known=known, supplied=supplied)
    return {trouble.code: str(trouble) for trouble in found}


CHOOSING = """
    | survey  |
    |         | type             | name     | label | choice_filter                             |
    |         | text             | district | D     |                                           |
    |         | {kind} | ward     | W     | {filter} |
    | choices |
    |         | list_name | name | label | district |
    |         | wards     | a    | A     | x        |
    |         | wards     | b    | B     | y        |
"""


@pytest.mark.parametrize(
    ("kind", "choosing", "said"),
    [
        ("select_one wards", "distrikt = ${district}", "Did you mean district? The list has: district, label, name."),
        ("select_one wards", "zone = ${district}", "Add that column to the list, or filter by one of: district,"),
        ("select_multiple wards", "name != 'a' and region = 1", "ward is filtered by region"),
        ("select_one_from_file facilities.csv", "distrct = ${district}", "Did you mean district? The list has: code,"),
    ],
)
def test_a_filter_on_a_column_that_the_list_lacks_is_told_with_row_and_nearest_column(kind, choosing, said):
    found = remarks(CHOOSING.format(kind=kind, filter=choosing), supplied=media.columns())

    assert found["check.no_column"].startswith("survey, row 3, column choice_filter: ")
    assert said in found["check.no_column"]


@pytest.mark.parametrize(
    ("kind", "choosing"),
    [
        ("select_one wards", "district = ${district} and name != 'elsewhere' or not(starts-with(label, 'x'))"),
        ("select_one wards", "district = instance('wards')/root/item[name = ${district}]/district"),
        ("select_one_from_file facilities.csv", "district = ${district} and __version > 0 and position() < 9"),
        ("select_one_from_file others.csv", "anything = ${district}"),
    ],
)
def test_a_filter_on_columns_that_are_there_or_unknown_passes(kind, choosing):
    assert "check.no_column" not in remarks(CHOOSING.format(kind=kind, filter=choosing), supplied=media.columns())


def test_a_list_nobody_supplies_is_told_and_one_beside_the_form_is_not():
    form = CHOOSING.format(kind="select_one_from_file facilites.csv", filter="")

    said = remarks(form, supplied=media.columns())["check.no_list"]
    beside = remarks(form, supplied={**media.columns(), **lists.beside({"facilites.csv": b"name,label\na,A\n"})})

    assert said.startswith("survey, row 3, column type: Nobody supplies the list facilites.csv")
    assert "Did you mean facilities.csv?" in said
    assert "check.no_list" not in beside


def test_a_list_beside_the_form_is_looked_into_for_the_filter():
    form = CHOOSING.format(kind="select_one_from_file zones.csv", filter="distrct = ${district}")

    found = remarks(form, supplied=lists.beside({"zones.csv": "\ufeffname,label,district\n".encode()}))

    assert "Did you mean district?" in found["check.no_column"]


def one_question(kind: str, appearance: str = "", meaning: str = "answer:x") -> str:
    return f"""
        | survey  |
        |         | type   | name | label | appearance   | bind::mlezi:as |
        |         | {kind} | q    | Q     | {appearance} | {meaning}      |
        | choices |
        |         | list_name | name | label |
        |         | yn        | yes  | Yes   |
    """


def test_missing_translations_are_counted_by_language():
    found = remarks("""
        | survey  |
        |         | type          | name | label::English (en) | label::Kiswahili (sw) | bind::mlezi:as |
        |         | select_one yn | q    | Fine?               | Sawa?                 | answer:fine    |
        |         | text          | why  | Why?                |                       | answer:why     |
        | choices |
        |         | list_name | name | label::English (en) | label::Kiswahili (sw) |
        |         | yn        | yes  | Yes                 | Ndiyo                 |
        |         | yn        | no   | No                  |                       |
    """)

    assert "Texts missing in Kiswahili (sw) (2): q = no, why" in found["check.translation"]


def test_a_question_behind_a_calculation_is_used():
    found = remarks("""
        | survey |
        |        | type      | name    | label   | calculation             | bind::mlezi:as  |
        |        | integer   | seen    | Seen    |                         |                 |
        |        | calculate | share   |         | ${seen} * 10            | score:cleanness |
        |        | text      | comment | Comment |                         |                 |
    """)

    assert "Answers that are kept but feed no record or figure (1): comment" in found["check.unused"]


def test_a_form_that_rates_must_say_of_which_encounter_and_whom():
    found = remarks(one_question("integer", meaning="rating:bag_mask"))

    assert "check.no_encounter" in found


def test_a_code_that_the_blueprint_does_not_have_is_refused_with_the_nearest():
    found = remarks(one_question("integer", meaning="rating:newborn.bag"), competency={"newborn.bag_mask"})

    assert "Did you mean newborn.bag_mask?" in found["check.unknown_argument"]


@pytest.mark.parametrize(
    ("kind", "appearance", "clients"),
    [
        ("text", "multiline", ["field", "collect"]),
        ("select_one yn", "minimal", ["field", "collect"]),
        ("image", "", ["field", "collect"]),
        ("image", "signature", ["collect"]),
        ("video", "", ["collect"]),
        ("barcode", "", ["collect"]),
        ("geotrace", "", ["collect"]),
        ("rank yn", "", ["collect"]),
    ],
)
def test_it_is_known_which_clients_can_fill_a_form(kind, appearance, clients):
    made = xlsform.convert(dedent(one_question(kind, appearance, "")).strip().encode(), "form.md")

    assert clients_of(made.form) == clients
    assert ("check.collect_only" in remarks(one_question(kind, appearance, ""))) == (clients == ["collect"])


@pytest.mark.parametrize(
    ("calculation", "words"),
    [
        ("1 + ", "cannot be understood"),
        ("if(${a} >= 1, 1, 0", "cannot be understood"),
        ("'open", "cannot be understood"),
        ("${a} ≥ 1", "cannot be understood"),
        ("cout(${a})", "Did you mean count()?"),
        ("frobnicate(1)", "which no client knows"),
    ],
)
def test_an_expression_that_no_client_could_run_is_refused(calculation, words):
    found = remarks(f"""
        | survey |
        |        | type      | name | label | calculation   | bind::mlezi:as |
        |        | integer   | a    | A     |               | answer:a       |
        |        | calculate | b    |       | {calculation} | answer:b       |
    """)

    assert any(words in said and "row 3, column calculation" in said for said in found.values())


@pytest.mark.parametrize(
    "calculation",
    [
        "once(uuid())",
        "if(selected(${a}, 'x (y)'), 1, 0)",
        "jr:choice-name(${a}, '${a}')",
        "round(100 * ${a} div 3, 1)",
        "format-date(today(), '%Y-%m')",
        "count(${a}) > 2 and (${a} = 1 or ${a} = 2)",
        "instance('yn')/root/item[name = ${a}]/label",
    ],
)
def test_expressions_of_the_specification_pass(calculation):
    found = remarks(f"""
        | survey  |
        |         | type          | name | label | calculation   | bind::mlezi:as |
        |         | select_one yn | a    | A     |               | answer:a       |
        |         | calculate     | b    |       | {calculation} | answer:b       |
        | choices |
        |         | list_name | name | label |
        |         | yn        | yes  | Yes   |
    """)

    assert not {"check.expression", "check.function"} & found.keys()


@pytest.mark.parametrize(
    ("form_id", "version", "blocked"),
    [
        ("a/b", "1", "form_id cannot be a/b"),
        ("http://example.org/form", "1", "it stands in addresses of pages"),
        ("new", "1", "form_id cannot be new"),
        ("visit", "1/2", "version cannot be 1/2"),
        ("x" * 121, "1", "form_id is longer than 120 signs"),
        ("visit", "9" * 121, "version is longer than 120 signs"),
        ("a b?c#d é 100%", "v 1.0", ""),
    ],
)
def test_an_id_that_no_address_and_no_record_could_carry_is_refused(form_id, version, blocked):
    found = remarks(f"""
        | survey   |
        |          | type    | name    | label | bind::mlezi:as |
        |          | text    | q       | Q     | answer:q       |
        | settings |
        |          | form_id | version |
        |          | {form_id} | {version} |
    """)

    said = found.get("check.name_in_addresses", "") + found.get("check.name_too_long", "")
    assert bool(said) == bool(blocked)
    assert blocked in said


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("${second} + 1", "${first} * 2", "first → second → first"),
        ("once(${second})", "if(${asked} = 1, ${first}, '')", "first → second → first"),
        ("${asked} + 1", "${first} * 2", ""),
        ("'${second}'", "${first}", ""),
        ("once(uuid())", "concat(${first}, ${asked})", ""),
    ],
)
@pytest.mark.parametrize("within", ["", "group", "repeat"])
def test_a_circle_of_calculations_is_refused(first, second, said, within):
    begin, end = (f"| | begin {within} | g | G | |", f"| | end {within} | | | |") if within else ("", "")
    form = f"""
| survey |
| | type      | name   | label | calculation |
{begin}
| | integer   | asked  | A     |             |
| | calculate | first  |       | {first}     |
| | calculate | second |       | {second}    |
{end}
"""
    found = remarks("\n".join(line for line in form.splitlines() if line))

    assert ("check.circle" in found) == bool(said)
    assert said in found.get("check.circle", "")
