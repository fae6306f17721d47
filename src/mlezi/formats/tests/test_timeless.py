"""Documents whose bytes do not say when they were made."""

import io
import time

import docx
import openpyxl
import pytest

from mlezi.formats.timeless import FIXED, timeless


def workbook():
    book = openpyxl.Workbook()
    book.active.append(["n", 93])
    return book


def word():
    made = docx.Document()
    made.add_paragraph("n = 93")
    return made


@pytest.mark.parametrize("make", [workbook, word])
def test_later_the_bytes_are_the_same(make):
    made = []
    for _ in range(2):
        target = io.BytesIO()
        make().save(target)
        made.append(target.getvalue())
        time.sleep(2.1)  # a ZIP file counts in steps of two seconds

    assert made[0] != made[1]
    assert timeless(made[0]) == timeless(made[1])


def test_nothing_is_lost():
    target = io.BytesIO()
    workbook().save(target)

    book = openpyxl.load_workbook(io.BytesIO(timeless(target.getvalue())))

    assert [[cell.value for cell in row] for row in book.active.rows] == [["n", 93]]
    assert book.properties.modified.year == FIXED.year
