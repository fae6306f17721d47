"""A priority can be checked on paper; a spread month never asks too much of anybody."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlezi.methods.planning.month import spread, working_days
from mlezi.methods.planning.need import Facts, priority

WEIGHTS = {"quality": 3, "volume": 1, "overdue": 3, "actions": 1, "turnover": 1}
DECEMBER = working_days(date(2026, 12, 1), date(2027, 1, 1))


def test_a_worked_example():
    """(3 * 0.5 + 1 * 0.5 + 3 * 0.75 + 1 * 0.4 + 1 * 1/3) / 9 = 4.9833 / 9 = 0.5537."""
    facts = Facts(below=0.5, volume=100, late=1.5, actions=2, staff=3, moved=1)

    assert priority(facts, WEIGHTS, volumes=[100, 200]).score == pytest.approx(55.37, abs=0.01)


def test_what_nobody_knows_is_left_out_not_zero():
    """Only overdue is known: 1.0 / 2 = 50, not 3/9 of it."""
    found = priority(Facts(late=1.0), WEIGHTS)

    assert found.score == 50
    assert set(found.reasons) == {"overdue"}


def test_nothing_known_is_no_priority():
    assert priority(Facts(), WEIGHTS).score is None


def test_a_weight_of_nothing_switches_a_reason_off():
    assert "volume" not in priority(Facts(late=1, volume=3), {**WEIGHTS, "volume": 0}, volumes=[3]).reasons


@settings(deadline=None)  # machines under load are slow, not wrong
@given(
    st.lists(st.tuples(st.integers(0, 300), st.sampled_from("abcd")), unique_by=lambda pair: pair[0]), st.integers(1, 9)
)
def test_nobody_is_in_two_places_and_nobody_has_too_many(wanted, each):
    taken = [("a", DECEMBER[0]), ("a", DECEMBER[5])]
    visits, left = spread(wanted, DECEMBER, each=each, taken=taken)

    slots = [(visit.mentor, visit.on) for visit in visits] + taken
    assert len(slots) == len(set(slots))
    for mentor in "abcd":
        assert sum(one == mentor for one, _ in slots) <= max(each, 2 if mentor == "a" else 0)
    assert sorted([visit.place for visit in visits] + left) == sorted(place for place, _ in wanted)


def test_the_most_urgent_come_first_when_there_is_no_room_for_all():
    visits, left = spread([("urgent", "a"), ("later", "a")], DECEMBER, each=1)

    assert [visit.place for visit in visits] == ["urgent"]
    assert left == ["later"]


def test_saturday_and_sunday_are_free():
    assert {day.weekday() for day in DECEMBER} == {0, 1, 2, 3, 4}
    assert len(DECEMBER) == 23
