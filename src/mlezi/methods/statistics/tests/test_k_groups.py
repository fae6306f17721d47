"""Three or more groups on a number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mlezi.methods.statistics import k_groups
from mlezi.methods.statistics.two_means import mean_difference

# Dobson 1983, An Introduction to Statistical Modelling, table 7.1; R `PlantGrowth`.
PLANTS = {
    "ctrl": [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14],
    "trt1": [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69],
    "trt2": [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26],
}


def test_plants_by_ranks():
    """R: Kruskal-Wallis chi-squared = 7.9882, df = 2, p-value = 0.01842."""
    estimate = k_groups.kruskal_wallis(PLANTS)
    assert (round(estimate.numbers["h"], 4), estimate.numbers["df"]) == (7.9882, 2)
    assert round(estimate.numbers["p"], 5) == 0.01842
    assert estimate.point == pytest.approx(7.988229 / 29)


def test_plants_by_welch():
    """R: oneway.test: F = 5.181, num df = 2.000, denom df = 17.128, p-value = 0.01739; means 5.032, 4.661, 5.526."""
    estimate = k_groups.welch_anova(PLANTS)
    assert (round(estimate.numbers["f"], 3), round(estimate.numbers["df2"], 3)) == (5.181, 17.128)
    assert (estimate.numbers["df1"], round(estimate.numbers["p"], 5)) == (2, 0.01739)
    assert estimate.point == pytest.approx(5.526 - 4.661)


def test_two_groups_are_the_welch_t_test():
    two = {"a": PLANTS["trt1"], "b": PLANTS["trt2"]}
    anova, t_test = k_groups.welch_anova(two), mean_difference(*two.values())
    assert anova.numbers["f"] == pytest.approx(t_test.numbers["t"] ** 2)
    assert anova.numbers["p"] == pytest.approx(t_test.numbers["p"])


def test_what_cannot_be_compared():
    for method in (k_groups.kruskal_wallis, k_groups.welch_anova):
        assert method({"a": [1, 2]}).empty_because.code == "too_few_for_estimate"
        assert method({}).empty_because.code == "too_few_for_estimate"
        assert "“b”" in str(method({"a": [1, 2], "b": [None]}).empty_because)
        assert method({"a": [1, 1], "b": [1, 1]}).empty_because.code == "no_variation"
    assert k_groups.welch_anova({"a": [1, 2], "b": [3]}).empty_because.code == "too_few_for_estimate"
    assert k_groups.welch_anova({"a": [1, 2], "b": [3, 3]}).empty_because.code == "not_defined"
    small = k_groups.kruskal_wallis({"a": [1, 2, None], "b": [3]})
    assert (small.n_used, small.missing) == (3, 1)
    assert [one.code for one in small.warnings] == ["few", "missing"]


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=8), min_size=2, max_size=4))
def test_scipy_agrees_on_ranks(groups):
    estimate = k_groups.kruskal_wallis({str(i): values for i, values in enumerate(groups)})
    if len(set(np.concatenate(groups))) > 1:
        expected = stats.kruskal(*groups)
        assert estimate.numbers["h"] == pytest.approx(expected.statistic)
        assert estimate.numbers["p"] == pytest.approx(expected.pvalue)
        assert 0 <= estimate.point <= 1
