"""Change in the same people: Student's sleep data, zeros, ties, and too few."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mlezi.methods.statistics import paired
from mlezi.methods.statistics.tests.published import SLEEP_1, SLEEP_2
from mlezi.methods.statistics.values import BadValue

pairs = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=20)


def test_r_sleep_paired_t():
    """R: t = -4.0621, df = 9, p-value = 0.002833, mean of the differences -1.58, interval -2.4598858 -0.7001142."""
    estimate = paired.mean_change(SLEEP_2, SLEEP_1)

    assert round(estimate.numbers["t"], 4) == -4.0621
    assert (estimate.numbers["df"], round(estimate.numbers["p"], 6)) == (9, 0.002833)
    assert estimate.point == pytest.approx(-1.58)
    assert (round(estimate.low, 7), round(estimate.high, 7)) == (-2.4598858, -0.7001142)
    assert [estimate.numbers[name] for name in ("improved", "same", "worsened")] == [0, 1, 9]
    assert (estimate.numbers["mean_before"], estimate.numbers["mean_after"]) == pytest.approx((2.33, 0.75))


def test_r_sleep_signed_rank():
    """R: V = 0, p-value = 0.009091 (normal, continuity, zero dropped); exact with zeros by Pratt 2 / 2^9."""
    normal = paired.typical_change(SLEEP_2, SLEEP_1)
    exact = paired.typical_change(SLEEP_2, SLEEP_1, zeros="pratt", reference="exact")

    assert (normal.numbers["v"], round(normal.numbers["p"], 6)) == (0, 0.009091)
    assert "zeros: drop; p: normal" in normal.variant
    assert round(exact.numbers["p"], 6) == 0.003906
    assert normal.point == pytest.approx(-1.3)  # of all ten; R's -1.4 is of the nine who changed
    assert normal.numbers["rank_biserial"] == -1
    assert [str(one) for one in normal.warnings] == ["1 of 10 pairs did not change."]


def test_pratt_with_the_normal_approximation():
    expected = stats.wilcoxon(SLEEP_2, SLEEP_1, zero_method="pratt", correction=True, method="approx")
    estimate = paired.typical_change(SLEEP_2, SLEEP_1, zeros="pratt")
    assert estimate.numbers["p"] == pytest.approx(expected.pvalue)


def test_a_rise_of_a_few_is_not_called_a_rise_of_all():
    """Eighty of a hundred did not change, twenty rose by two: the median of all pairwise means is 0."""
    estimate = paired.typical_change([0] * 100, [0] * 80 + [2] * 20)

    assert (estimate.n_used, estimate.point, estimate.low) == (100, 0, 0)
    assert estimate.numbers["p"] < 0.001


def test_the_interval_of_the_centre_by_hand():
    """Six changes 1 to 6, all up: P(V <= 0) = 1/64 <= .025 < 2/64, so smallest and largest pairwise mean."""
    estimate = paired.typical_change([0] * 6, range(1, 7))
    assert (estimate.low, estimate.point, estimate.high) == (1, 3.5, 6)
    few = paired.typical_change([0] * 5, range(1, 6))
    assert (few.low, few.high) == (None, None)
    assert "at least 6 values" in str(few.warnings[1])


def test_darwins_maize_interval():
    """Hollander and Wolfe's rule on Darwin's 15 pairs (eighths of an inch): exact level 95.2 %, k = 26 of 120."""
    changes = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
    estimate = paired.typical_change([0] * 15, changes)
    walsh = sorted((a + b) / 2 for i, a in enumerate(changes) for b in changes[i:])
    exact = stats.wilcoxon(changes, method="exact")

    assert (estimate.low, estimate.high) == (walsh[25], walsh[120 - 26])
    assert paired.typical_change([0] * 15, changes, reference="exact").numbers["p"] == pytest.approx(exact.pvalue)
    assert exact.pvalue == pytest.approx(0.04126, abs=5e-6)


def test_by_person_keeps_everybody_and_marks_gaps():
    people, before, after = paired.by_person({"b": 1, "a": 2, "c": None}, {"a": 3, "d": 4})
    assert people == ("a", "b", "c", "d")
    assert (before, after) == ([2, 1, None, None], [3, None, None, 4])
    estimate = paired.mean_change(before, after)
    assert (estimate.point, estimate.n_used, estimate.n_eligible) == (1, 1, 4)
    assert [one.code for one in estimate.warnings] == ["p_not_headline", "unpaired_dropped", "no_interval"]
    assert "sd" not in estimate.numbers
    assert "at least 2 values are needed for one and there is 1" in str(estimate.warnings[2])


def test_no_pairs_and_no_change():
    assert paired.mean_change([], []).empty_because.code == "nobody"
    assert paired.mean_change([1, None], [None, 2]).empty_because.code == "all_missing"
    assert paired.typical_change([None], [1]).empty_because.code == "all_missing"
    assert paired.typical_change([1, 2], [1, 2]).empty_because.code == "no_variation"
    still = paired.mean_change([1, 2, 3], [1, 2, 3])
    assert (still.low, still.point, still.high) == (0, 0, 0)
    assert "t" not in still.numbers
    assert "no_spread" in [one.code for one in still.warnings]


def test_lists_of_different_length_are_refused():
    with pytest.raises(BadValue, match="differ in length: 1 and 2"):
        paired.mean_change([1], [1, 2])


def test_binary_fractions_tie_as_people_see_them():
    """0.3 - 0.2, 0.2 - 0.1 and 1.1 - 1.0 are the same change."""
    estimate = paired.typical_change([0.2, 0.1, 1.0, 5], [0.3, 0.2, 1.1, 5.1])
    assert estimate.numbers["v"] == 10
    assert paired.typical_change([0.1 + 0.2, 1], [0.3, 2]).numbers["v"] == 1


def test_a_ceiling_before_is_marked():
    estimate = paired.mean_change([10] * 5 + [4] * 7, [9, 10] * 6, lowest=0, highest=10)
    assert "ceiling" in [one.code for one in estimate.warnings]


def test_ten_pairs_may_carry_a_p_value_and_nine_may_not():
    assert "p_not_headline" in [one.code for one in paired.mean_change(range(9), range(1, 19, 2)).warnings]
    assert "p_not_headline" not in [one.code for one in paired.mean_change(range(10), range(1, 21, 2)).warnings]


@given(pairs)
def test_both_tests_agree_with_scipy(rows):
    before, after = zip(*rows, strict=True)
    change = np.subtract(after, before)
    if len(set(change)) > 1:
        estimate, expected = paired.mean_change(before, after), stats.ttest_rel(after, before)
        assert (estimate.numbers["t"], estimate.numbers["p"]) == pytest.approx((expected.statistic, expected.pvalue))
    if np.any(change):
        for zeros, rule in (("drop", "wilcox"), ("pratt", "pratt")):
            estimate = paired.typical_change(before, after, zeros=zeros)
            expected = stats.wilcoxon(change, zero_method=rule, correction=True, method="approx")
            assert estimate.numbers["p"] == pytest.approx(min(1, expected.pvalue))


@given(pairs)
def test_the_exact_p_counts_every_sign(rows):
    before, after = zip(*rows[:9], strict=True)
    change = np.subtract(after, before)
    if not np.any(change):
        return
    ranks = stats.rankdata(np.abs(change[change != 0]))
    up = ranks[change[change != 0] > 0].sum()
    sums = [sum(rank for bit, rank in enumerate(ranks) if code >> bit & 1) for code in range(2 ** len(ranks))]
    tails = [sum(one <= up + 1e-9 for one in sums), sum(one >= up - 1e-9 for one in sums)]
    estimate = paired.typical_change(before, after, reference="exact")
    assert estimate.numbers["p"] == pytest.approx(min(1, 2 * min(tails) / len(sums)))


@given(pairs)
def test_turning_time_round_turns_the_answer(rows):
    before, after = zip(*rows, strict=True)
    for method in (paired.mean_change, paired.typical_change):
        one, other = method(before, after), method(after, before)
        if not one.is_empty:
            assert one.point == pytest.approx(-other.point)
            assert one.numbers.get("p") == pytest.approx(other.numbers.get("p"))


def test_beyond_fifty_pairs_the_interval_counts_pairwise_means_from_either_end():
    """60 pairs: 1830 means, V has SD 135.84, so the 648th from below and from above: 915 - 1.96 × 135.84 = 648.8."""
    changes = [one**1.5 for one in range(1, 61)]
    means = sorted((a + b) / 2 for i, a in enumerate(changes) for b in changes[i:])

    estimate = paired.typical_change([0.0] * 60, changes)

    assert (estimate.low, estimate.high) == pytest.approx((means[647], means[-648]))


def test_one_person_without_a_second_value_is_counted_as_one():
    (told,) = [one for one in paired.mean_change([1, 2, 3, 4], [2, 4, 3, None]).warnings if "unpaired" in one.code]

    assert dict(told.values)["n"] == 1


def test_a_change_by_one_counts_as_a_change():
    estimate = paired.mean_change([1, 2, 3, 4, 5], [2, 2, 2, 5, 6])

    assert [estimate.numbers[name] for name in ("improved", "same", "worsened")] == [3, 1, 1]
