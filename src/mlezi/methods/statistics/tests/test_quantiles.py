"""Quantiles of type 7 and their distribution-free interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from mlezi.methods.statistics import quantiles
from mlezi.methods.statistics.values import BadValue

numbers = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60)


def test_type_7_by_hand():
    """R: quantile(1:10) gives 3.25, 5.5, 7.75; other types give 3 or 2.75 for the first quartile."""
    estimate = quantiles.median([*range(1, 11), None])

    assert estimate.point == 5.5
    assert (estimate.numbers["q1"], estimate.numbers["q3"]) == (3.25, 7.75)
    assert (estimate.numbers["min"], estimate.numbers["max"]) == (1, 10)
    assert (estimate.n_used, estimate.missing) == (10, 1)
    assert "type 7" in estimate.method


def test_estimand_in_words():
    assert quantiles.quantile([1, 2], 0.9).estimand == "Value below which 90 % lie"
    assert quantiles.quantile([1, 2], 0.9, estimand="Longest waits").estimand == "Longest waits"
    assert [one.code for one in quantiles.median(range(9)).warnings] == ["few"]
    assert quantiles.median(range(10)).warnings == ()


def test_order_statistics_2_and_9_of_10_hold_the_median():
    """Hahn and Meeker: for n = 10 the 2nd and 9th hold the median with 97.9 %, the 3rd and 8th with 89.1 %."""
    values = list(range(10, 101, 10))
    wide, narrow = quantiles.median(values), quantiles.median(values, level=0.89)

    assert (wide.low, wide.high) == (20, 90)
    assert (narrow.low, narrow.high) == (30, 80)


def test_five_values_have_no_interval_and_six_have():
    five, six = quantiles.median(range(5)), quantiles.median(range(6))

    assert (five.point, five.low, five.high) == (2, None, None)
    assert [str(one) for one in five.warnings][1] == (
        "No interval: at least 6 values are needed for one and there are 5."
    )
    assert (six.low, six.high) == (0, 5)


def test_the_ends_never_have_an_interval():
    lowest = quantiles.quantile(range(50), 0)
    assert (lowest.point, lowest.low) == (0, None)
    assert quantiles.quantile(range(50), 1).point == 49


def test_nothing_and_nonsense():
    assert quantiles.median([]).empty_because.code == "nobody"
    assert quantiles.median([None, float("nan")]).empty_because.code == "all_missing"
    with pytest.raises(BadValue, match="between 0 and 1"):
        quantiles.quantile([1], 25)
    with pytest.raises(BadValue, match="value 2 is text"):
        quantiles.median([1, "12 years"])
    with pytest.raises(BadValue, match="value 1 is infinite"):
        quantiles.median([float("inf")])


@given(numbers, st.sampled_from([0.1, 0.25, 0.5, 0.9]), st.sampled_from([0.8, 0.95]))
def test_the_interval_covers_and_cannot_be_narrower(values, probability, level):
    """With ranks a and b the chance of holding the quantile is P(a <= Bin < b); each tail stays within its half."""
    n, tail = len(values), (1 - level) / 2
    ordered = sorted(values)
    estimate = quantiles.quantile(values, probability, level=level)
    if estimate.low is None:
        assert binom.cdf(0, n, probability) > tail or binom.sf(n - 1, n, probability) > tail
        return
    low_rank = max(rank for rank in range(1, n + 1) if binom.cdf(rank - 1, n, probability) <= tail + 1e-15)
    high_rank = min(rank for rank in range(1, n + 1) if binom.sf(rank - 1, n, probability) <= tail + 1e-15)
    assert (estimate.low, estimate.high) == (ordered[low_rank - 1], ordered[high_rank - 1])


@given(numbers, st.floats(0, 1))
def test_the_point_is_the_hand_formula_of_type_7(values, probability):
    ordered = sorted(values)
    place = (len(values) - 1) * probability
    below = int(np.floor(place))
    above = min(below + 1, len(values) - 1)
    by_hand = ordered[below] + (place - below) * (ordered[above] - ordered[below])
    assert quantiles.quantile(values, probability).point == pytest.approx(by_hand, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("probability", [-0.1, 1.5])
def test_a_share_is_between_none_and_all(probability):
    with pytest.raises(BadValue):
        quantiles.quantile([1, 2, 3], probability)


def test_the_whole_of_many_values_is_searched():
    """10,000 values: the bounds stand as far from either end as the binomial says."""
    estimate = quantiles.median(np.arange(1, 10_001))

    assert (estimate.low, estimate.high) == (
        binom.ppf(0.025, 10_000, 0.5),
        10_001 - binom.ppf(0.025, 10_000, 0.5),
    )
