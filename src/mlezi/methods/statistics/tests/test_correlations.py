"""How two numbers go together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mlezi.methods.statistics import correlations
from mlezi.methods.statistics.tests.published import columns
from mlezi.methods.statistics.values import BadValue

CARS = columns("mtcars")
pairs = st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20)), min_size=5, max_size=25)


def test_fuel_and_weight_of_cars():
    """R: cor.test(mpg, wt): r -0.8676594, interval -0.9338264 -0.7440872, t = -9.559, df = 30; Spearman -0.8864220."""
    estimate = correlations.pearson(CARS["mpg"], CARS["wt"])
    assert round(estimate.point, 7) == -0.8676594
    assert (round(estimate.low, 7), round(estimate.high, 7)) == (-0.9338264, -0.7440872)
    assert (round(estimate.numbers["t"], 3), estimate.numbers["df"]) == (-9.559, 30)
    assert estimate.numbers["p"] == pytest.approx(1.294e-10, rel=1e-3)
    assert round(correlations.spearman(CARS["mpg"], CARS["wt"]).point, 7) == -0.8864220


def test_bonett_wright_by_hand():
    """Variance of Fisher's z: (1 + r^2 / 2) / (n - 3)."""
    estimate = correlations.spearman(CARS["mpg"], CARS["wt"])
    half = 1.959963984540054 * ((1 + estimate.point**2 / 2) / 29) ** 0.5
    assert estimate.low == pytest.approx(np.tanh(np.arctanh(estimate.point) - half))
    assert estimate.high == pytest.approx(np.tanh(np.arctanh(estimate.point) + half))


def test_partial_is_the_textbook_formula():
    attitude = columns("attitude")
    x, y, z = (attitude[name] for name in ("rating", "learning", "complaints"))
    xy, xz, yz = (np.corrcoef(a, b)[0, 1] for a, b in ((x, y), (x, z), (y, z)))
    estimate = correlations.partial(x, y, [z])
    assert estimate.point == pytest.approx((xy - xz * yz) / ((1 - xz**2) * (1 - yz**2)) ** 0.5)
    assert estimate.numbers["df"] == 27
    half = 1.959963984540054 / 26**0.5
    assert estimate.high == pytest.approx(np.tanh(np.arctanh(estimate.point) + half))


def test_partial_needs_one_more_person_for_each_control():
    x, y, z = [1, 2, 3, 5, 6], [2, 1, 4, 3, 5], [1, 3, 2, 2, 1]
    four = correlations.partial(x[:4], y[:4], [z[:4]])
    assert "at least 5 values" in str(four.warnings[1])
    assert four.numbers["df"] == 1
    assert correlations.partial(x, y, [z]).low is not None
    assert correlations.partial(x[:3], y[:3], [z[:3]]).empty_because.code == "too_few_for_estimate"


def test_a_control_that_explains_everything_leaves_nothing():
    x = [1.0, 2, 3, 4, 5, 7]
    assert correlations.partial(x, [2, 1, 4, 3, 6, 5], [x]).empty_because.code == "no_variation"
    assert correlations.partial([1, None], [1, 2], [[1, 2]]).empty_because.code == "too_few_for_estimate"
    assert correlations.partial([], [], []).empty_because.code == "nobody"
    doubled = correlations.partial(CARS["mpg"], CARS["wt"], [range(32), range(0, 64, 2)])
    assert doubled.numbers["df"] == 29


def test_gaps_few_and_constant():
    assert correlations.pearson([], []).empty_because.code == "nobody"
    assert correlations.pearson([None], [1]).empty_because.code == "all_missing"
    assert correlations.pearson([1, 2], [2, 1]).empty_because.code == "too_few_for_estimate"
    assert correlations.spearman([1, 1, 1], [1, 2, 3]).empty_because.code == "no_variation"
    three = correlations.pearson([1, 2, 3], [1, 3, 2])
    assert (three.point, three.low) == (pytest.approx(0.5), None)
    assert [one.code for one in three.warnings] == ["few", "no_interval"]
    gap = correlations.pearson([1, 2, 3, None], [1, 3, 2, 4])
    assert (gap.n_used, gap.missing) == (3, 1)


def test_points_on_a_line_have_no_interval():
    estimate = correlations.pearson(range(12), range(24, 0, -2))
    assert (estimate.point, estimate.low, estimate.high) == (-1, None, None)
    assert [one.code for one in estimate.warnings] == ["on_a_line"]
    assert "p" not in estimate.numbers


def test_sites_widen_the_interval():
    """Four sites whose averages go together while people within do not."""
    sites = np.repeat(["a", "b", "c", "d"], 10)
    level = np.repeat([0.0, 5, 1, 6], 10)
    noise = np.random.default_rng(3).normal(size=(2, 40))
    first, second = level + noise[0], level + noise[1]
    plain, by_site = correlations.pearson(first, second), correlations.pearson_by_site(first, second, sites)

    assert by_site.point == pytest.approx(plain.point)
    assert by_site.low < plain.low
    assert (by_site.numbers["sites"], by_site.numbers["df"]) == (4, 3)
    assert "few_sites" in [one.code for one in by_site.warnings]


def test_the_jackknife_by_hand():
    first, second, sites = [1, 2, 3, 4, 5, 6, 7], [2, 1, 4, 3, 7, 5, 9], ["a", "a", "b", "b", "c", "c", "c"]
    left_out = [
        np.arctanh(
            np.corrcoef(*[[v for v, s in zip(x, sites, strict=True) if s != out] for x in (first, second)])[0, 1]
        )
        for out in "abc"
    ]
    se = (2 / 3 * sum((z - np.mean(left_out)) ** 2 for z in left_out)) ** 0.5
    estimate = correlations.pearson_by_site(first, second, sites)
    assert estimate.numbers["se_z"] == pytest.approx(se)
    half = stats.t.ppf(0.975, 2) * se
    assert estimate.low == pytest.approx(np.tanh(np.arctanh(estimate.point) - half))
    assert estimate.numbers["p"] == pytest.approx(2 * stats.t.sf(np.arctanh(estimate.point) / se, 2))


def test_sites_refuse_what_they_cannot_say():
    by_site = correlations.pearson_by_site
    assert "2 site(s)" in str(by_site([1, 2, 4, 3], [1, 2, 3, 5], ["a", "a", "b", "b"]).empty_because)
    assert by_site([1, 2, 3], [1, 2, 3], ["a", "b", None]).empty_because.code == "too_few_for_estimate"
    alone = by_site([1, 1, 2, 3], [1, 2, 1, 1], ["a", "b", "c", "c"])
    assert alone.empty_because.code == "not_defined"
    with pytest.raises(BadValue, match="differ in length"):
        by_site([1], [1, 2], ["a", "b"])


@given(pairs)
def test_scipy_agrees(rows):
    first, second = zip(*rows, strict=True)
    if len(set(first)) == 1 or len(set(second)) == 1:
        return
    ours, theirs = correlations.pearson(first, second), stats.pearsonr(first, second)
    assert ours.point == pytest.approx(theirs.statistic)
    if abs(ours.point) < 1 - 1e-9:
        interval = theirs.confidence_interval()
        assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high))
        assert ours.numbers["p"] == pytest.approx(theirs.pvalue, abs=1e-12)
    ranks = stats.spearmanr(first, second)
    assert correlations.spearman(first, second).point == pytest.approx(ranks.statistic)


def test_tiny_numbers_correlate_as_their_multiples_do():
    """Squares of such numbers, squared again, would vanish."""
    x, y = [1.0, 2.0, 3.0, 4.0, 6.0], [2.0, 1.0, 4.0, 3.0, 7.0]
    small = correlations.pearson([1e-155 * one for one in x], [1e-155 * one for one in y])

    assert small.point == pytest.approx(correlations.pearson(x, y).point)
