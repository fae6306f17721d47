"""Whatever somebody takes for a form: either it converts, or its author learns what to do. Never a traceback."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mlezi.formats
from mlezi.formats import xlsform
from mlezi.formats.trouble import CannotRead
from mlezi.instruments.checking import check
from mlezi.instruments.outline.sheet import sheet

REAL = (Path(mlezi.formats.__file__).parent / "tests" / "data" / "checklist-infection-prevention.xlsx").read_bytes()
TYPES = [
    *("text", "integer", "decimal", "date", "time", "note", "calculate", "image", "range", "geopoint", "trigger", ""),
    *("begin_group", "end_group", "begin_repeat", "end_repeat", "begin group", "end", "select_one yn", "rank yn"),
    *("select_multiple yn", "select_one", "select_one_from_file a.csv", "select_one_from_file a", "audit", "tekst"),
]
NAMES = ["a", "b", "a b", "1", "", "meta", "data", "é", "a.b", "__x", "instanceID", "${a}"]
EXPRESSIONS = [
    "",
    "${a} = 1",
    "${b}",
    "${",
    "1 +",
    "if(${a} > 1",
    "selected(${a}, 'x')",
    "${a} ${b}",
    "'",
    "≥",
    "count(",
]
MEANINGS = ["", "encounter", "rating", "rating:x", "encounter.dat", ":", "item:", "score:a:b", "encounter:x"]
cells = st.tuples(
    st.sampled_from(TYPES),
    st.sampled_from(NAMES),
    st.sampled_from(["", "Label", "**", "${a}", "<b>", "&", "{x}", "\u202e"]),
    st.sampled_from(EXPRESSIONS),
    st.sampled_from(EXPRESSIONS),
    st.sampled_from(MEANINGS),
    st.sampled_from(["", "minimal", "field-list", "start=1 end=5 step=1", "x", "="]),
)
HEADER = ["type", "name", "label", "relevant", "calculation", "bind::mlezi:as", "parameters"]


def judged(content: bytes, name: str) -> None:
    """Read it as a publisher would; only `CannotRead`, with something to do, may come out."""
    made, troubles = None, ()
    try:
        made = xlsform.convert(content, name)
    except CannotRead as error:
        troubles = error.troubles
    if made:
        troubles = (*check(made.form, rows=made.rows), *made.warnings)
        sheet(made.form)
    assert made or troubles
    for trouble in troubles:
        where, reason, remedy = trouble.say()
        assert reason
        assert remedy


@settings(deadline=None, max_examples=150)
@given(st.lists(cells, min_size=1, max_size=8))
def test_tables_of_plausible_cells(rows):
    lines = ["| survey |", "| | " + " | ".join(HEADER) + " |", *("| | " + " | ".join(row) + " |" for row in rows)]
    lines += ["| choices |", "| | list_name | name | label |", "| | yn | x | X |", "| | yn | y | |"]

    judged("\n".join(lines).encode(), "form.md")


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300))
def test_markdown_of_any_text(text):
    judged(text.encode("utf-8", "replace"), "form.md")
    judged(("| survey |\n| | type | name | label |\n" + text).encode("utf-8", "replace"), "form.md")


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=400), st.sampled_from([".xlsx", ".xls", ".csv", ".md", ""]))
def test_files_of_any_bytes(content, ending):
    judged(content, f"form{ending}")


@settings(deadline=None, max_examples=40)
@given(st.integers(0, len(REAL) - 1), st.integers(0, 255), st.integers(1, len(REAL)))
def test_damaged_workbooks(at, byte, length):
    judged((REAL[:at] + bytes([byte]) + REAL[at + 1 :])[:length], "form.xlsx")


@pytest.mark.parametrize("sheets", ["survey", "survey,choices", "settings", "choices", "Survey", "survey,survey "])
def test_workbooks_with_empty_sheets(sheets):
    import io

    import openpyxl

    book = openpyxl.Workbook()
    for title in sheets.split(","):
        book.create_sheet(title)
    out = io.BytesIO()
    book.save(out)

    judged(out.getvalue(), "form.xlsx")
