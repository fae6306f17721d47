"""Shares with intervals: printed values, ends, and refusals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from mlezi.methods.statistics import proportions
from mlezi.methods.statistics.values import BadValue


@pytest.mark.parametrize(
    ("count", "n", "wilson", "exact"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0, 0.1611), (0.0, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_newcombe_1998_table_i(count, n, wilson, exact):
    one = proportions.proportion(count, n)
    other = proportions.proportion(count, n, method="exact")

    assert (round(one.low, 4), round(one.high, 4)) == wilson
    assert (round(other.low, 4), round(other.high, 4)) == exact
    assert one.point == other.point == count / n


def test_better_knowledge_in_46_of_70():
    wilson = proportions.proportion(46, 70, asked=80).mapped(lambda share: 100 * share)
    exact = proportions.proportion(46, 70, method="exact").mapped(lambda share: 100 * share)

    assert [round(x, 1) for x in (wilson.point, wilson.low, wilson.high)] == [65.7, 54.0, 75.8]
    assert [round(x, 1) for x in (exact.low, exact.high)] == [53.4, 76.7]
    assert (wilson.n_used, wilson.n_eligible, wilson.missing) == (70, 80, 10)
    assert [one.code for one in wilson.warnings] == ["missing"]
    assert "(33.3 %)" in str(proportions.proportion(46, 70, asked=105).warnings[0])
    assert str(wilson.warnings[0]) == "10 of 80 gave no usable answer (12.5 %)."


def test_other_levels_are_narrower_or_wider():
    narrow, wide = (proportions.proportion(46, 70, level=level) for level in (0.8, 0.99))
    assert wide.low < narrow.low < narrow.high < wide.high
    assert (narrow.level, wide.level) == (0.8, 0.99)


def test_fewer_than_ten_are_marked():
    assert [one.code for one in proportions.proportion(4, 9).warnings] == ["few"]
    assert proportions.proportion(4, 10).warnings == ()


def test_nobody_and_no_answers_are_told_apart():
    assert proportions.proportion(0, 0).empty_because.code == "nobody"
    unanswered = proportions.proportion(0, 0, asked=12)
    assert unanswered.empty_because.code == "all_missing"
    assert (unanswered.point, unanswered.low, unanswered.missing) == (None, None, 12)


@pytest.mark.parametrize(("count", "n", "asked"), [(5, 4, None), (-1, 4, None), (1, 4, 3), (1, -1, None)])
def test_impossible_counts_are_refused(count, n, asked):
    with pytest.raises(BadValue, match="do not add up"):
        proportions.proportion(count, n, asked=asked)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_an_impossible_level_is_refused(level):
    with pytest.raises(ValueError, match="confidence level"):
        proportions.proportion(1, 4, level=level)


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="wald"):
        proportions.bounds(1, 4, method="wald")


def test_shares_of_yes_and_no_leave_gaps_out():
    estimate = proportions.share([1, 0, None, True, float("nan"), 1])
    assert (estimate.point, estimate.n_used, estimate.n_eligible) == (0.75, 4, 6)
    assert estimate.numbers["count"] == 3


@pytest.mark.parametrize(("bad", "words"), [("yes", "value|answer 2 is text"), (2, "1, 0 or missing")])
def test_answers_that_are_not_yes_or_no_are_refused(bad, words):
    with pytest.raises(BadValue, match=words):
        proportions.share([1, bad])


def test_choices_say_their_base():
    of_answered = proportions.choices({"radio": 9, "phone": 12}, answered=15, asked=20)
    of_asked = proportions.choices({"radio": 9}, answered=15, asked=20, base="asked")

    assert of_answered["radio"].point == 9 / 15
    assert "answered the question" in of_answered["radio"].estimand
    assert of_answered["phone"].n_eligible == 20
    assert of_asked["radio"].point == 9 / 20
    assert "all who were asked" in of_asked["radio"].estimand


def test_promoter_score_by_hand():
    """10 ratings: 5 promoters, 2 detractors. Adjusted: 6/12 and 3/12, variance (9/12 - (3/12)^2) / 12."""
    estimate = proportions.promoter_score([10, 9, 9, 10, 9, 8, 7, 8, 6, 0, None])
    half = 1.959963984540054 * ((9 / 12 - (3 / 12) ** 2) / 12) ** 0.5

    assert estimate.point == pytest.approx(0.3)
    assert (estimate.low, estimate.high) == pytest.approx((3 / 12 - half, 3 / 12 + half))
    assert dict(estimate.numbers) == {"promoters": 5, "passives": 3, "detractors": 2}
    assert (estimate.n_used, estimate.n_eligible) == (10, 11)


def test_promoter_score_stays_within_its_range():
    assert proportions.promoter_score([10]).high == 1
    assert proportions.promoter_score([0]).low == -1
    assert proportions.promoter_score([]).empty_because.code == "nobody"
    for bad in (11, -1):
        with pytest.raises(BadValue, match="between 0 and 10"):
            proportions.promoter_score([bad])


counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts, st.sampled_from(["wilson", "exact"]), st.floats(0.5, 0.999))
def test_the_interval_holds_the_point_and_mirrors(pair, method, level):
    count, n = pair
    low, high = proportions.bounds(count, n, level=level, method=method)
    mirror_low, mirror_high = proportions.bounds(n - count, n, level=level, method=method)

    assert 0 <= low <= count / n <= high <= 1
    assert (mirror_low, mirror_high) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(counts)
def test_the_exact_interval_inverts_the_binomial_tails(pair):
    """The definition: at the bounds the tail probability is half of 1 - level."""
    count, n = pair
    low, high = proportions.bounds(count, n, method="exact")
    if count > 0:
        assert binom.sf(count - 1, n, low) == pytest.approx(0.025, abs=1e-9)
    if count < n:
        assert binom.cdf(count, n, high) == pytest.approx(0.025, abs=1e-9)


@given(counts)
def test_the_wilson_bounds_solve_the_score_equation(pair):
    count, n = pair
    for bound in proportions.bounds(count, n):
        if 0 < bound < 1:
            score = (count / n - bound) ** 2 / (bound * (1 - bound) / n)
            assert score == pytest.approx(1.959963984540054**2, rel=1e-6)
