"""The records behind a figure: in one order however they are read, counted once, narrowed to a part."""

from datetime import date

import pytest

from mlezi.evaluation import behind, figures
from mlezi.places.scope import Scope
from mlezi.testing.makers import busy as maker

QUARTER = (date(2026, 1, 1), date(2026, 4, 1))


@pytest.fixture
def figure(db):
    busy = maker.make(encounters=60)
    world = busy.world
    scope = Scope(((world.mwanza.path, world.mwanza.path_to),), frozenset({world.programme.pk}))
    start, end = QUARTER
    return figures.ask(
        "encounters_held", programme=world.programme.pk, start=start, end=end, scope=scope, by="district"
    )


def test_pages_one_after_the_other_are_all_of_them_in_order(figure, monkeypatch):
    monkeypatch.setattr(behind, "AT_ONCE", 7)
    found = figure.records()
    pages = [row for first in range(0, len(found) + 5, 5) for row in found[first : first + 5]]
    assert pages == list(found)
    assert found[3] == pages[3]
    assert len(found) == len(pages) == figure.numbers.of


def test_what_the_figure_counted_is_not_counted_again(figure, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert len(figure.records()) == figure.numbers.of
    with django_assert_num_queries(1):
        assert len(figure.records(scope=Scope(programmes=figure.question.scope.programmes))) == 0


def test_a_part_holds_what_the_breakdown_says_and_the_parts_hold_all(figure):
    parts = {key: figure.records(only={"district_id": str(key)}) for key in figure.parts if key is not None}
    assert {key: len(rows) for key, rows in parts.items()} == {
        key: one.of for key, one in figure.parts.items() if key is not None
    }
    assert all(row["district_id"] == key for key, rows in parts.items() for row in rows)


def test_of_a_column_that_is_not_there_no_row_says_anything(figure):
    assert list(figure.records(only={"cadre": "nurse"})) == []
    assert list(figure.records(only={'"; DROP TABLE people_person; --': "x"})) == []


def test_a_value_is_a_value(figure):
    assert list(figure.records(only={"mode": "visit' OR '1'='1"})) == []
