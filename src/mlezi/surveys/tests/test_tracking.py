"""Response by time point and place: who invites sees it whole, who may see counts alone sees no small group."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from mlezi.surveys.queries import tracking

TODAY = date(2026, 3, 2)


@dataclass
class Row:
    place: SimpleNamespace
    has_answered: bool
    asked_on: date | None = TODAY
    closes_on: date | None = None
    instrument: str = "ebp"
    wave: str = "baseline"
    occasion: str = ""
    due_on: date = TODAY

    @property
    def place_id(self):
        return self.place.pk


def rows(pk, name, asked, answered, **more):
    place = SimpleNamespace(pk=pk, name=name)
    return [Row(place, number < answered, **more) for number in range(asked)]


IGOMA, BUGANDO = rows(1, "Igoma", 34, 31), rows(2, "Bugando", 30, 20)


def shown(found, known=frozenset()):
    places = tracking._places(found, TODAY, 5, known)
    return {place.name: None if one.is_hidden else (one.asked, one.answered) for place, one in places}


def test_31_of_34_is_hidden_by_place_from_whoever_sees_counts_alone():
    assert shown(IGOMA + BUGANDO) == {"Igoma": None, "Bugando": None}


def test_whoever_sees_the_people_sees_31_of_34():
    assert shown(IGOMA + BUGANDO, known={1, 2}) == {"Igoma": (34, 31), "Bugando": (30, 20)}


def test_places_known_by_name_do_not_open_those_that_are_not():
    assert shown(IGOMA + BUGANDO + rows(3, "Nyakato", 12, 10), known={2})["Nyakato"] is None


def test_of_a_whole_time_point_the_rate_is_always_said():
    whole = tracking.count(IGOMA, TODAY)
    assert (whole.asked, whole.answered) == (34, 31)
    assert whole.percent.startswith("91")


def test_a_place_where_nobody_was_asked_is_not_in_the_table():
    assert shown(rows(1, "Igoma", 9, 0, asked_on=None)) == {}


@pytest.mark.parametrize(("closes", "waiting", "missed"), [(None, 9, 0), (TODAY, 9, 0), (TODAY - timedelta(1), 0, 9)])
def test_a_time_that_closed_before_anybody_asked_waits_no_more(closes, waiting, missed):
    found = tracking.count(rows(1, "Igoma", 9, 0, asked_on=None, closes_on=closes), TODAY)
    assert (found.waiting, found.missed) == (waiting, missed)
