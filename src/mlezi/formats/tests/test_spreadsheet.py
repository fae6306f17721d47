"""Tables survive the files people keep them in."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.formats import csv, ods, spreadsheet, xlsx
from mlezi.formats.table import Share, Unreadable

words = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=12).map(str.strip)
filled = words.filter(lambda word: bool(word) and not word.startswith("'"))


@given(st.lists(st.tuples(filled, words, filled), max_size=6))
@pytest.mark.parametrize("module", [csv, xlsx])
def test_what_we_write_reads_back(module, rows):
    table = spreadsheet.read(module.write(["name", "note", "code"], rows))

    assert table.header == ("name", "note", "code")
    assert [row.cells for row in table.rows] == [tuple(_no_apostrophe(cell) for cell in row) for row in rows]


def _no_apostrophe(cell):
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(("=", "+", "-", "@")) else cell


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_delimiter_and_encoding(delimiter, encoding):
    text = delimiter.join(["jina", "mahali"]) + "\r\n" + delimiter.join(["Zoë", '"Igoma, kituo"']) + "\r\n"

    table = spreadsheet.read(text.encode(encoding))

    assert table.rows[0].cells == ("Zoë", "Igoma, kituo")


def test_rows_carry_the_number_the_spreadsheet_shows():
    table = spreadsheet.read(b'\nname\n\n"two\nlines"\nB\n')

    assert [(row.number, row.cells) for row in table.rows] == [(4, ("two\nlines",)), (5, ("B",))]


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_title_above_the_header_is_passed_over(delimiter):
    lines = ["Facilities of the Ministry", "", delimiter * 3, "name,code,phone", "Igoma,IGO", "Sagani"]
    table = spreadsheet.read("\n".join(lines).replace(",", delimiter).encode())

    assert table.header == ("name", "code", "phone")
    assert [(row.number, row.cells[0]) for row in table.rows] == [(5, "Igoma"), (6, "Sagani")]


def test_a_list_of_one_column_has_its_header_in_its_first_line():
    assert spreadsheet.read(b"name\nIgoma\nSagani\n").header == ("name",)


def test_a_formula_in_a_name_stays_a_name():
    written = csv.write(["name"], [["=HYPERLINK(1)"], [-2.5]]).decode("utf-8-sig")
    page = openpyxl.load_workbook(io.BytesIO(xlsx.write(["name"], [["=1+1"]]))).active

    assert written.splitlines() == ["name", "'=HYPERLINK(1)", "-2.5"]
    assert page["A2"].data_type == "s"


def test_money_and_shares_are_numbers_to_count_with():
    row = [Decimal("-88300.50"), Share(0.625)]
    page = openpyxl.load_workbook(io.BytesIO(xlsx.write(["money", "share"], [row]))).active

    assert csv.write(["money", "share"], [row]).decode("utf-8-sig").splitlines()[1] == "-88300.50,0.625"
    assert (page["A2"].value, page["B2"].value) == (-88300.5, 0.625)
    assert page["B2"].number_format == "0.0%"


def test_days_and_whole_numbers_read_as_people_write_them():
    table = spreadsheet.read(xlsx.write(["day", "number", "yes"], [[date(2026, 3, 2), 3.0, True]]))

    assert table.rows[0].cells == ("2026-03-02", "3", "yes")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n ,\n", "empty"),
        (b"a,b,a\n1,2,3\n", "column_twice"),
        (b"a,b\n1,2,3,4\n5,6\n", "more_cells_than_columns"),
        (b"PK\x03\x04 nothing", "damaged_workbook"),
        (b"\xd0\xcf\x11\xe0 nothing", "damaged_workbook"),
        (b"%PDF-1.7", "not_a_table"),
        (b"a,b\n1,\0\n", "not_a_table"),
    ],
)
def test_what_is_no_table_says_why(content, code):
    with pytest.raises(Unreadable) as caught:
        spreadsheet.read(content)

    assert caught.value.code == code


@given(st.binary(max_size=300))
def test_bytes_are_a_table_or_unreadable(content):
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        try:
            spreadsheet.read(start + content)
        except Unreadable:
            continue


def opendocument(rows, *, sheet="Walezi"):
    """A workbook as LibreOffice writes it: `rows` are the XML of its rows."""
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("mimetype", ods.SIGN + b".spreadsheet")
        parts.writestr(
            "content.xml",
            f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="{sheet}">'
            f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()


def row(*cells, times=1):
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def said(text):
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def kept(kind, value, shown=""):
    name = {"float": "value", "date": "date-value", "boolean": "boolean-value"}[kind]
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"><text:p>{shown}</text:p>'
        "</table:table-cell>"
    )


EMPTY = '<table:table-cell table:number-columns-repeated="16384"/>'


def test_a_libreoffice_sheet_reads_as_it_is_kept_with_the_numbers_of_its_rows():
    book = opendocument(
        row(said("jina"), said("nafasi"), said("siku"), said("yupo"))
        + row(EMPTY, times=2)
        + row(said("Zawadi"), kept("float", "3.25", "3"), kept("date", "2026-03-02"), kept("boolean", "true"), EMPTY)
        + row(said("Yusufu"), kept("float", "2"), EMPTY)
        + row(EMPTY, times=1_048_570)
    )

    table = spreadsheet.read(book, sheet="Walezi")

    assert spreadsheet.names(book) == ["Walezi"]
    assert table.header == ("jina", "nafasi", "siku", "yupo")
    assert [(one.number, one.cells) for one in table.rows] == [
        (4, ("Zawadi", "3.25", "2026-03-02", "yes")),
        (5, ("Yusufu", "2", "", "")),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (opendocument(""), "empty"),
        (opendocument("<table:table-row>"), "damaged_workbook"),
        (opendocument(row(said("name")) + row(said("Juma"), times=10**9)), "too_many_rows"),
        (opendocument("")[:60], "damaged_workbook"),
    ],
    ids=["empty", "not XML", "too many rows", "cut off"],
)
def test_an_opendocument_file_that_is_no_table_says_why(content, code):
    with pytest.raises(Unreadable) as caught:
        spreadsheet.read(content)

    assert caught.value.code == code
