"""A published study tells what was found in two languages and four kinds of file, with numbers from its estimates."""

import io
import json
import re

import docx
import openpyxl
import pytest
from django.utils.translation import override

from mlezi.reports.study import documents, telling
from mlezi.studies.data import described
from mlezi.studies.tests.conftest import *  # noqa: F403 - the same world

pytestmark = pytest.mark.django_db


def told(folder, language="en"):
    manifest, plan = described(folder)
    return documents.told(plan, manifest, json.loads((folder / "results.json").read_text()))


def test_every_kind_in_every_language_is_published(published):
    names = {one.name for one in published.iterdir()}

    for language in ("en", "sw"):
        for kind in ("html", "pdf", "docx", "xlsx"):
            assert f"report.{language}.{kind}" in names
    assert (published / "report.en.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_the_figure_in_the_text_is_the_estimate(published):
    found = json.loads((published / "results.json").read_text())["analyses"]["sessions"]["figures"][0]["estimate"]

    page = (published / "report.en.html").read_text()

    assert f"{found['point']:.2f}" in page
    assert "There is no comparison group" in page


def test_the_swahili_report_is_in_swahili(published):
    page = (published / "report.sw.html").read_text()

    assert "Je, unasihi unasaidia?" in page
    assert "There is no comparison group" not in page
    assert "How it was done" not in page


def test_the_word_file_has_headings_tables_and_described_pictures(published):
    made = docx.Document(io.BytesIO((published / "report.en.docx").read_bytes()))

    assert any(one.style.name == "Heading 1" for one in made.paragraphs)
    assert made.tables
    assert made.inline_shapes
    described_ = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
    assert all(described_)


def test_the_spreadsheet_holds_numbers_not_words(published):
    book = openpyxl.load_workbook(io.BytesIO((published / "report.en.xlsx").read_bytes()))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))

    assert any(isinstance(row[2], float) for row in rows)


def test_no_code_is_shown_where_a_word_belongs(published):
    with override("en"):
        source = told(published)
        shown = " ".join(
            str(cell)
            for block in telling.blocks(source)
            for part in block.plain()
            for row in getattr(part, "rows", [])
            for cell in row[:1]
        )

    assert not re.search(r"\b(word|outcome|group|time):", shown)
