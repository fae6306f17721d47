"""What a cell of a list is taken for. A figure that can be read in two ways is asked about, never guessed."""

from datetime import date

import pytest

from mlezi.audit.imports import parsing
from mlezi.audit.imports.findings import Finding


def read(text, lowest=-1e12, highest=1e12):
    finding = Finding(2, {"value": text})
    return parsing.decimal(finding, "value", lowest=lowest, highest=highest), " ".join(finding.reasons)


@pytest.mark.parametrize(("text", "value"), [("8.5", 8.5), ("8,5", 8.5), ("0,125", 0.125), ("8,0000", 8), ("-6", -6)])
def test_a_comma_may_stand_for_the_point(text, value):
    assert read(text) == (value, "")


@pytest.mark.parametrize("text", ["8,000", "-12,500", "1,234,567"])
def test_a_comma_that_may_stand_for_thousands_is_asked_about(text):
    value, why = read(text)

    assert value is None
    assert text.replace(",", "") in why


def test_where_only_one_reading_fits_it_is_taken():
    assert read("-6,792", -90, 90) == (-6.792, "")


@pytest.mark.parametrize("text", ["0001-01-01", "1/3/1026"])
def test_a_day_before_anybody_lived_is_a_mistake(text):
    finding = Finding(2, {"day": text})

    assert parsing.day(finding, "day") is None
    assert "1900" in finding.reasons[0]


def test_a_day_that_lost_its_format_in_a_spreadsheet_is_that_day():
    assert parsing.day(Finding(2, {"day": "46112"}), "day") == date(2026, 3, 31)


@pytest.mark.parametrize("text", ["2026", "10000", "99999", "460112"])
def test_other_numbers_are_no_days(text):
    finding = Finding(2, {"day": text})

    assert parsing.day(finding, "day") is None
    assert text in finding.reasons[0]
