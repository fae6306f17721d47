"""Two groups on a share."""

from math import exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from mlezi.methods.statistics import two_proportions
from mlezi.methods.statistics.values import BadValue

METHODS = (two_proportions.risk_difference, two_proportions.risk_ratio, two_proportions.odds_ratio)
sides = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 20), 0.6791, 1.0000),
        ((5, 56, 0, 29), -0.0381, 0.1926),
    ],
)
def test_newcombe_1998_method_10(counts, low, high):
    """Table II of the paper, contrasts a, b, h and e: hybrid score without continuity correction."""
    estimate = two_proportions.risk_difference(*counts)
    assert (round(estimate.low, 4), round(estimate.high, 4)) == (low, high)


def test_aspirin_and_heart_attacks():
    """Agresti 2002, table 3.1: 189 of 11034 against 104 of 11037: odds ratio 1.832 (1.44, 2.33), ratio 1.82."""
    odds = two_proportions.odds_ratio(189, 11034, 104, 11037, names=("placebo", "aspirin"))
    ratio = two_proportions.risk_ratio(189, 11034, 104, 11037)

    assert round(odds.point, 3) == 1.832
    assert (round(odds.low, 2), round(odds.high, 2)) == (1.44, 2.33)
    assert (round(ratio.point, 2), round(ratio.low, 2)) == (1.82, 1.43)
    assert odds.numbers["share_first"] == 189 / 11034
    assert odds.estimand == "Odds of placebo divided by odds of aspirin"


def test_tea_tasting():
    """Fisher 1935: three of four cups each; two-sided p = 0.4857."""
    estimate = two_proportions.risk_difference(3, 4, 1, 4)
    assert round(estimate.numbers["p_fisher"], 4) == 0.4857
    assert [one.code for one in estimate.warnings] == ["few", "expected_small"]
    assert "is 2.0" in str(estimate.warnings[1])


def test_ratios_by_hand():
    """6 of 20 against 3 of 30: ratio 3; odds 6/14 over 3/27."""
    ratio, odds = (method(6, 20, 3, 30) for method in METHODS[1:])
    z = 1.959963984540054
    se = sqrt(1 / 6 - 1 / 20 + 1 / 3 - 1 / 30)
    assert (ratio.point, ratio.low, ratio.high) == pytest.approx((3, 3 * exp(-z * se), 3 * exp(z * se)))
    middle, se = log(6 * 27 / (14 * 3)), sqrt(1 / 6 + 1 / 14 + 1 / 3 + 1 / 27)
    assert (odds.point, odds.low, odds.high) == pytest.approx([exp(middle + s * z * se) for s in (0, -1, 1)])
    assert ratio.n_used == 50


def test_estimands_in_words():
    names = ("mentored", "others")
    difference, ratio, odds = (method(6, 20, 3, 30, names=names).estimand for method in METHODS)
    assert difference == "Share of mentored less share of others"
    assert ratio == "Share of mentored divided by share of others"
    assert odds == "Odds of mentored divided by odds of others"
    for method in METHODS:
        assert method(6, 20, 3, 30, estimand="Gain").estimand == "Gain"
    numbers = METHODS[0](6, 20, 3, 30).numbers
    assert [numbers[name] for name in ("count_first", "n_first", "share_first")] == [6, 20, 0.3]
    assert [numbers[name] for name in ("count_second", "n_second", "share_second")] == [3, 30, 0.1]


def test_expected_counts_of_five_are_enough():
    assert METHODS[0](5, 10, 5, 10).warnings == ()
    assert [one.code for one in METHODS[0](4, 10, 5, 10).warnings] == ["expected_small"]
    assert [one.code for one in METHODS[0](10, 20, 6, 9).warnings] == ["few", "expected_small"]


def test_zero_cells_say_what_was_done():
    odds = two_proportions.odds_ratio(0, 10, 5, 10)
    assert odds.point == pytest.approx(0.5 * 5.5 / (10.5 * 5.5))
    assert odds.variant == "0.5 added to each cell"
    assert "zero_cell" in [one.code for one in odds.warnings]
    none = two_proportions.risk_ratio(0, 10, 5, 10)
    assert (none.point, none.low, none.high) == (0, None, None)
    impossible = two_proportions.risk_ratio(5, 10, 0, 10, names=("a", "b"))
    assert "nobody in “b” has the outcome" in str(impossible.empty_because)
    for counts in ((0, 10, 0, 10), (10, 10, 10, 10)):
        assert two_proportions.odds_ratio(*counts).empty_because.code == "no_variation"


@pytest.mark.parametrize("method", METHODS)
def test_empty_groups_and_impossible_counts(method):
    assert "“second”" in str(method(1, 2, 0, 0).empty_because)
    assert "“first”" in str(method(0, 0, 1, 2).empty_because)
    for counts in ((3, 2, 0, 1), (-1, 2, 0, 1), (1, 2, 4, 3)):
        with pytest.raises(BadValue, match="do not add up"):
            method(*counts)
    with pytest.raises(BadValue, match="only 5 were asked"):
        method(1, 3, 1, 3, asked=5)
    estimate = method(10, 20, 12, 20, asked=50)
    assert (estimate.n_used, estimate.missing) == (40, 10)
    assert [one.code for one in estimate.warnings] == ["missing"]


@given(sides, sides)
def test_intervals_hold_the_point_and_swap(first, second):
    for method in METHODS:
        one, other = method(*first, *second), method(*second, *first)
        if one.is_empty or one.low is None or other.is_empty or other.low is None:
            continue
        assert one.low <= one.point + 1e-12
        assert one.point <= one.high + 1e-12
        if method is METHODS[0]:
            assert one.low >= -1 - 1e-9
            assert one.high <= 1 + 1e-9
            assert (one.low, one.high) == pytest.approx((-other.high, -other.low))
        else:
            assert (one.low, one.high) == pytest.approx((1 / other.high, 1 / other.low))
        table = [[first[0], first[1] - first[0]], [second[0], second[1] - second[0]]]
        assert one.numbers["p_fisher"] == pytest.approx(min(1, fisher_exact(table)[1]))


def test_few_without_count_as_few_with():
    """19 of 20 and 18 of 20: 1.5 are expected not to have it on each side, though 18.5 have."""
    many = two_proportions.risk_difference(19, 20, 18, 20)
    few = two_proportions.risk_difference(1, 20, 2, 20)

    assert [dict(one.values) for one in many.warnings if one.code == "expected_small"] == [{"smallest": 1.5}]
    assert [one.code for one in few.warnings] == [one.code for one in many.warnings]
