"""Two groups on a number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mlezi.methods.statistics import two_means
from mlezi.methods.statistics.tests.published import SLEEP_1, SLEEP_2

lists = st.lists(st.integers(-20, 20), min_size=2, max_size=20)


def test_r_sleep_as_two_groups():
    """R: t.test(extra ~ group): t = -1.8608, df = 17.776, p-value = 0.07939, interval -3.3654832 0.2054832."""
    estimate = two_means.mean_difference(SLEEP_1, SLEEP_2, names=("one", "two"))

    assert round(estimate.numbers["t"], 4) == -1.8608
    assert (round(estimate.numbers["df"], 3), round(estimate.numbers["p"], 5)) == (17.776, 0.07939)
    assert (round(estimate.low, 7), round(estimate.high, 7)) == (-3.3654832, 0.2054832)
    assert (estimate.numbers["n_first"], estimate.numbers["n_second"], estimate.n_used) == (10, 10, 20)
    assert (estimate.numbers["mean_first"], estimate.numbers["mean_second"]) == pytest.approx((0.75, 2.33))
    assert estimate.estimand == "Mean of one less mean of two"


def test_r_sleep_rank_sum():
    """R: wilcox.test(extra ~ group): W = 25.5, p-value = 0.06933."""
    estimate = two_means.typical_difference(SLEEP_1, SLEEP_2)
    assert (estimate.numbers["u"], round(estimate.numbers["p"], 5)) == (25.5, 0.06933)
    assert estimate.numbers["superiority"] == 0.255
    tied = two_means.typical_difference(SLEEP_1, SLEEP_2, reference="exact")
    assert tied.numbers["p"] == estimate.numbers["p"]
    assert "ties" in [one.code for one in tied.warnings]
    assert tied.variant.endswith("p: normal")


def test_depression_scale_exactly():
    """Hollander and Wolfe, table 4.1, as in R's wilcox.test: W = 35 and two-sided exact p = 0.2544."""
    a = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    b = [1.15, 0.88, 0.90, 0.74, 1.21]
    estimate = two_means.typical_difference(a, b, reference="exact")
    assert (estimate.numbers["u"], round(estimate.numbers["p"], 4)) == (35, 0.2544)
    assert estimate.point == pytest.approx(0.305)
    # 25 - 1.96 sqrt(50 * 16 / 12) = 8.997: the eighth difference from either end.
    differences = sorted(one - other for one in a for other in b)
    assert (estimate.low, estimate.high) == (differences[7], differences[-8])


def test_g_by_hand():
    """Means 12 and 22, pooled SD 2.309401, J(3) = gamma(1.5) / (sqrt(1.5) gamma(1)) = .7236013."""
    estimate = two_means.standardised_difference([10, 12, 14], [20, 24])
    assert estimate.numbers["j"] == pytest.approx(0.7236013, abs=1e-7)
    assert estimate.point == pytest.approx(-10 / (16 / 3) ** 0.5 * 0.7236013, rel=1e-6)
    half = 1.959963984540054 * (5 / 6 + estimate.point**2 / 10) ** 0.5
    assert (estimate.low, estimate.high) == pytest.approx((estimate.point - half, estimate.point + half))
    assert (estimate.numbers["n_first"], estimate.numbers["n_second"]) == (3, 2)


def test_estimands_in_words():
    pair = ([1, 2, 3], [2, 3, 5])
    names = {"names": ("mentored", "others")}
    assert two_means.mean_difference(*pair, **names).estimand == "Mean of mentored less mean of others"
    assert two_means.typical_difference(*pair, **names).estimand.startswith("Typical difference, mentored less others")
    standard = two_means.standardised_difference(*pair, **names)
    assert standard.estimand == "Mean of mentored less mean of others, in standard deviations"
    for method in (two_means.mean_difference, two_means.typical_difference, two_means.standardised_difference):
        assert method(*pair, estimand="Gain").estimand == "Gain"
    assert two_means.mean_difference(*pair, **names).variant.startswith("mentored less others")
    assert two_means.typical_difference(*pair, **names).variant.startswith("mentored less others")


def test_ten_on_each_side_are_enough():
    ten, nine = list(range(10)), list(range(9))
    assert "few" in [one.code for one in two_means.mean_difference(ten, nine).warnings]
    assert "few" in [one.code for one in two_means.mean_difference(nine, ten).warnings]
    assert two_means.mean_difference(ten, ten).warnings == ()
    gap = two_means.mean_difference([*ten, None], ten)
    assert (gap.n_eligible, gap.missing) == (21, 1)


def test_empty_sides_are_named():
    for method in (
        two_means.mean_difference,
        two_means.typical_difference,
        two_means.standardised_difference,
    ):
        for first, second, side in (([], [1, 2], "mentored"), ([1, 2], [None], "others")):
            estimate = method(first, second, names=("mentored", "others"))
            assert estimate.empty_because.code == "group_empty"
            assert side in str(estimate.empty_because)
    assert two_means.mean_difference([1], [1, 2]).empty_because.code == "too_few_for_estimate"
    assert two_means.standardised_difference([1, 1], [2, 2]).empty_because.code == "no_variation"


def test_equal_values_and_too_few_for_an_interval():
    estimate = two_means.mean_difference([1, 1], [3, 3])
    assert (estimate.low, estimate.point, estimate.high) == (-2, -2, -2)
    assert "p" not in estimate.numbers
    assert [one.code for one in estimate.warnings] == ["few", "no_spread"]
    one = two_means.typical_difference([1], [3])
    assert (one.point, one.low, one.high) == (-2, None, None)
    same = two_means.typical_difference([2, 2], [2, 2])
    assert same.numbers["p"] == 1


@given(lists, lists)
def test_scipy_agrees(first, second):
    estimate = two_means.mean_difference(first, second)
    if len(set(first)) > 1 and len(set(second)) > 1:  # SciPy warns about a constant side
        expected = stats.ttest_ind(first, second, equal_var=False)
        interval = expected.confidence_interval()
        assert estimate.numbers["p"] == pytest.approx(expected.pvalue, abs=1e-12)
        assert (estimate.low, estimate.high) == pytest.approx((interval.low, interval.high))
    typical = two_means.typical_difference(first, second)
    if len({*first, *second}) > 1:
        expected = stats.mannwhitneyu(first, second, method="asymptotic")
        assert typical.numbers["u"] == expected.statistic
        assert typical.numbers["p"] == pytest.approx(expected.pvalue)
    assert typical.point == np.median(np.subtract.outer(first, second))


@given(lists, lists)
def test_swapping_the_groups_turns_the_sign(first, second):
    for method in (two_means.mean_difference, two_means.typical_difference, two_means.standardised_difference):
        one, other = method(first, second), method(second, first)
        if not one.is_empty:
            assert one.point == pytest.approx(-other.point)
            if one.low is not None:
                assert (one.low, one.high) == pytest.approx((-other.high, -other.low))


def test_one_side_without_variation_still_leaves_a_test():
    estimate = two_means.mean_difference([2, 2, 2], [3, 4, 5])
    assert estimate.low < estimate.point == -2 < estimate.high
    assert 0 < estimate.numbers["p"] < 1
    assert not two_means.standardised_difference([2, 2, 2], [3, 4, 5]).is_empty
