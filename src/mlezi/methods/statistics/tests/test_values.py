"""Clean values: gaps stay gaps, nonsense is named with its place."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.statistics import values
from mlezi.methods.statistics.values import BadValue


def test_gaps_are_none_and_nan():
    found, asked = values.present([1, None, math.nan, 2.5, True])
    assert (found.tolist(), asked) == ([1, 2.5, 1], 5)
    assert values.present(np.array([1, 2, 3]))[0].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("12", "value 2 is text, not a number: '12'"),
        (b"12", "value 2 is text"),
        ([1], "value 2 is not a number"),
        (object(), "value 2 is not a number"),
        (math.inf, "value 2 is infinite"),
        (-math.inf, "value 2 is infinite"),
    ],
)
def test_nonsense_is_named_with_its_place(bad, words):
    with pytest.raises(BadValue, match=words.replace("(", ".")):
        values.present([1, bad, 3])


def test_the_first_of_several_is_named():
    with pytest.raises(BadValue, match="value 2 is infinite"):
        values.present([1, math.inf, math.inf])


def test_pairs_need_both():
    one, two, asked = values.complete_pairs([1, None, 3, 4], [5, 6, None, 8])
    assert (one.tolist(), two.tolist(), asked) == ([1, 4], [5, 8], 4)
    with pytest.raises(BadValue, match="differ in length: 1 and 0"):
        values.complete_pairs([1], [])


def test_tables_have_rows_of_one_length():
    assert values.table([[1, None], [3, 4]])[1].tolist() == [3, 4]
    assert values.table([]).shape == (0, 0)
    assert values.table(np.array([[1, 2]])).tolist() == [[1.0, 2.0]]
    assert values.table(np.empty((0, 3))).shape == (0, 0)
    with pytest.raises(BadValue, match=r"rows differ in length: \[1, 2\]"):
        values.table([[1], [1, 2]])
    with pytest.raises(BadValue, match="row 2 rating 1 is text"):
        values.table([[1], ["x"]], what="rating")
    with pytest.raises(BadValue, match="rating is infinite"):
        values.table(np.array([[np.inf]]), what="rating")


@pytest.mark.parametrize("size", [1e-6, 1.0, 1000.0, 1e6])
def test_differences_of_decimals_tie(size):
    """1000000.3 - 1000000.2 and 1000000.2 - 1000000.1 differ in the tenth digit of binary arithmetic only."""
    new, old = np.array([size + 0.3, size + 0.2, size]), np.array([size + 0.2, size + 0.1, size])
    found = values.difference(new, old)
    assert found[0] == found[1]
    assert found[2] == 0
    assert found[0] == pytest.approx(0.1)


def test_small_measurements_keep_their_differences():
    assert values.difference(np.array([3e-9]), np.array([1e-9])).tolist() == pytest.approx([2e-9])
    assert values.difference(np.zeros(2), np.zeros(2)).tolist() == [0, 0]
    assert values.difference(np.empty(0), np.empty(0)).size == 0


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=10), st.integers(0, 5))
def test_differences_of_whole_numbers_are_exact(numbers, places):
    new, old = np.array(numbers, dtype=float), np.array(numbers[::-1], dtype=float)
    assert values.difference(new, old).tolist() == (new - old).tolist()
    scaled = values.difference(new / 10**places, old / 10**places)
    assert scaled == pytest.approx((new - old) / 10**places, abs=1e-9)


def test_a_difference_is_told_to_the_twelfth_digit():
    new, old = np.array([1.0, 1.0]), np.array([1.0 - 4e-13, 1.0 - 8e-13])

    assert values.difference(new, old).tolist() == [0.0, 1e-12]
