"""The estimate itself: what it refuses to hold, and how it travels."""

import json
import pickle
from dataclasses import FrozenInstanceError

import pytest

from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty, nothing_used
from mlezi.methods.statistics.notes import NOTES, OF_ONE, note
from mlezi.methods.statistics.proportions import proportion


def estimate(**changes):
    fields = {"estimand": "Share", "method": "Wilson", "n_used": 3, "n_eligible": 4, "point": 0.5}
    return Estimate(**{**fields, **changes})


def test_missing_is_what_was_eligible_and_not_used():
    assert estimate().missing == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"n_used": 5}, "does not add up"),
        ({"n_used": -1}, "does not add up"),
        ({"point": float("nan")}, "finite"),
        ({"high": float("inf")}, "finite"),
        ({"numbers": {"t": float("inf")}}, "finite"),
        ({"low": 0.7, "high": 0.6}, "upside down"),
        ({"empty_because": note("nobody")}, "no point"),
        ({"level": 95}, "confidence level"),
    ],
)
def test_an_estimate_that_cannot_be_true_is_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        estimate(**changes)


def test_an_estimate_cannot_be_changed():
    one = estimate(numbers={"t": 1.0})
    with pytest.raises(FrozenInstanceError):
        one.point = 1
    with pytest.raises(TypeError):
        one.numbers["t"] = 2


def test_an_estimate_travels_by_pickle_and_json():
    one = proportion(3, 7, asked=9)
    assert pickle.loads(pickle.dumps(one)) == one
    plain = json.loads(json.dumps(one.as_dict()))
    assert (plain["missing"], plain["numbers"], plain["warnings"][0]["code"]) == (2, {"count": 3}, "few")
    assert plain["empty_because"] is None
    assert proportion(0, 0).as_dict()["empty_because"]["code"] == "nobody"


def test_notes_are_added_at_the_end():
    one = proportion(3, 7).with_notes(note("few_sites", sites=2))
    assert [each.code for each in one.warnings] == ["few", "few_sites"]


def test_mapping_leaves_gaps():
    one = estimate(low=0.25).mapped(lambda value: 100 * value)
    assert (one.point, one.low, one.high) == (50, 25, None)


def test_an_empty_estimate_says_why():
    one = empty(nothing_used(4), estimand="Mean", method="t", n_eligible=4)
    assert one.is_empty
    assert str(one.empty_because) == "All 4 values are missing, so there is nothing to calculate."
    assert nothing_used(0).code == "nobody"


def test_a_note_needs_its_figures_and_its_code():
    with pytest.raises(KeyError):
        note("few", n=3)
    with pytest.raises(KeyError):
        note("no_such_note")
    assert all(text.endswith(".") for text in [*NOTES.values(), *OF_ONE.values()])
    assert set(OF_ONE) <= set(NOTES)


def test_of_one_a_note_speaks_in_the_singular():
    assert str(note("text_values", n=1)) == "1 answer is text where a number belongs; it counts as missing."
    assert str(note("text_values", n=2)) == "2 answers are text where a number belongs; they count as missing."


def test_an_interval_may_be_one_value():
    assert Estimate(estimand="x", method="y", n_used=3, n_eligible=3, point=1.0, low=1.0, high=1.0).low == 1.0


@pytest.mark.parametrize("level", [0, 1, 1.5, 95, -0.1])
def test_a_level_outside_none_and_all_is_refused(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        check_level(level)


def test_fewer_than_ten_are_few():
    assert FEW == 10
