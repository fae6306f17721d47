"""Cross tables: the test, its strength, and small counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from mlezi.methods.statistics import contingency
from mlezi.methods.statistics.values import BadValue

tables = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=4)


def test_gender_and_party():
    """Agresti 2007, page 39 (R's chisq.test example): X-squared = 30.07, df = 2, p-value = 2.954e-07."""
    estimate = contingency.association([[762, 327, 468], [484, 239, 477]], seed=1)
    assert (round(estimate.numbers["chi2"], 2), estimate.numbers["df"]) == (30.07, 2)
    assert estimate.numbers["p"] == pytest.approx(2.954e-07, rel=1e-3)
    assert estimate.point == pytest.approx((30.070149 / 2757) ** 0.5)
    assert estimate.warnings == ()
    assert estimate.variant.startswith("p: chi-square without correction")


def test_job_satisfaction_is_simulated():
    """R's fisher.test example (Agresti 2002, page 57): p-value = 0.7827; 9,999 tables hit it within .013."""
    rows = [[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]]
    estimate = contingency.association(rows, seed=1)
    assert estimate.numbers["p"] == pytest.approx(0.7827, abs=0.013)
    assert contingency.association(rows, seed=1) == estimate
    assert contingency.association(rows, seed=2).numbers["p"] != estimate.numbers["p"]
    assert "seed 1" in str(estimate.warnings[0])


def test_a_small_two_by_two_is_exact():
    """Fisher's tea: p = 0.4857; V = .5; a count of 5 expected is enough for chi-square."""
    estimate = contingency.association([[3, 1], [1, 3]], seed=1)
    assert round(estimate.numbers["p"], 4) == 0.4857
    assert estimate.point == pytest.approx(0.5)
    assert estimate.numbers["smallest_expected"] == 2
    enough = contingency.association([[4, 6], [6, 4]], seed=1)
    assert enough.numbers["p"] == enough.numbers["p_chi2"]


def test_the_interval_puts_chi_square_at_either_tail():
    estimate = contingency.association([[30, 10], [12, 28]], seed=1)
    chi2, n = estimate.numbers["chi2"], 80
    assert stats.ncx2.sf(chi2, 1, estimate.low**2 * n) == pytest.approx(0.025, abs=1e-6)
    assert stats.ncx2.cdf(chi2, 1, estimate.high**2 * n) == pytest.approx(0.025, abs=1e-6)
    none = contingency.association([[20, 20], [20, 20]], seed=1)
    assert (none.low, none.point, none.high) == (0, 0, 0)


def test_empty_rows_are_left_out_and_one_row_is_nothing():
    assert contingency.association([[30, 10, 0], [0, 0, 0], [12, 28, 0]], seed=1).numbers["df"] == 1
    assert contingency.association([[3, 4], [0, 0]], seed=1).empty_because.code == "no_variation"
    assert contingency.association([], seed=1).empty_because.code == "nobody"
    assert contingency.association([[0, 0], [0, 0]], seed=1, asked=4).empty_because.code == "all_missing"


def test_bad_tables_are_refused():
    for rows in ([[1, -1], [1, 1]], [[1, 0.5], [1, 1]]):
        with pytest.raises(BadValue, match="whole numbers"):
            contingency.association(rows, seed=1)
    with pytest.raises(BadValue, match="differ in length"):
        contingency.association([[1, 2], [1]], seed=1)
    with pytest.raises(BadValue, match="only 3 were asked"):
        contingency.association([[1, 2], [1, 1]], seed=1, asked=3)


def test_answers_are_counted_by_pairs():
    cadre = ["nurse", "doctor", None, "nurse", "nurse"]
    choice = ["phone", "visit", "visit", None, "visit"]
    assert contingency.cross_table(cadre, choice) == ([[0, 1], [1, 1]], ["doctor", "nurse"], ["phone", "visit"], 5)
    with pytest.raises(BadValue, match="differ in length"):
        contingency.cross_table([1], [])


@settings(deadline=None)
@given(tables)
def test_scipy_agrees(rows):
    counts = np.array(rows)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    estimate = contingency.association(rows, seed=1, resamples=19)
    if min(counts.shape) < 2:
        assert estimate.is_empty
        return
    expected = stats.chi2_contingency(counts, correction=False)
    assert estimate.numbers["chi2"] == pytest.approx(expected.statistic)
    assert estimate.numbers["p_chi2"] == pytest.approx(expected.pvalue)
    assert estimate.point == pytest.approx(stats.contingency.association(counts, method="cramer"))
    assert 0 <= estimate.low <= estimate.point <= estimate.high <= 1


def test_a_group_of_one_is_still_a_group():
    """Only groups without anybody are left out."""
    assert contingency.association([[1, 0], [4, 6]], seed=1).n_used == 11
    assert contingency.association([[1, 4], [0, 6]], seed=1).n_used == 11


@pytest.mark.parametrize("rows", [[[3, 4]], [[3], [4]]])
def test_one_row_or_one_column_has_people_but_nothing_to_compare(rows):
    estimate = contingency.association(rows, seed=1)

    assert (estimate.n_used, estimate.empty_because.code) == (7, "no_variation")


def test_the_smallest_expected_count_is_told_with_one_decimal():
    (told,) = [
        one for one in contingency.association([[1, 6], [7, 9]], seed=1).warnings if one.code == "expected_small"
    ]

    assert dict(told.values)["smallest"] == 2.4  # 7 × 8 / 23 = 2.43


def test_a_table_rarer_than_every_random_one_counts_itself_once():
    """p = (1 + tables as rare) / (1 + tables drawn) is never 0."""
    estimate = contingency.association([[8, 0, 0], [0, 8, 0], [0, 0, 8]], resamples=199, seed=1)

    assert estimate.numbers["p"] == pytest.approx(1 / 200)


def test_a_table_of_nothing_has_nobody_in_it():
    for table in ([], [[]], [[0, 0], [0, 0]]):
        assert contingency.association(table, seed=1).empty_because.code == "nobody"


def test_the_lower_bound_is_the_noncentrality_that_leaves_two_and_a_half_percent_above():
    """Chi-square 6.667 with one degree of freedom is just beyond what chance gives: its 97.5 % point is 5.024."""
    estimate = contingency.association([[20, 10], [10, 20]], seed=1)

    assert estimate.numbers["chi2"] == pytest.approx(20 / 3)
    assert estimate.low > 0
    assert float(stats.ncx2.cdf(20 / 3, 1, 60 * estimate.low**2)) == pytest.approx(0.975)
