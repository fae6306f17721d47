"""Intraclass correlations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.agreement import icc
from mlezi.methods.agreement.tests.matrices import ANXIETY, SHROUT_FLEISS

KINDS = ("1", "A,1", "C,1", "1,k", "A,k", "C,k")


@pytest.mark.parametrize(
    ("kind", "printed", "low", "high"),
    [
        ("1", 0.166, -0.133, 0.723),
        ("A,1", 0.290, 0.019, 0.761),
        ("C,1", 0.715, 0.342, 0.946),
        ("1,k", 0.443, -0.884, 0.912),
        ("A,k", 0.620, 0.071, 0.927),
        ("C,k", 0.909, 0.676, 0.986),
    ],
)
def test_shrout_and_fleiss(kind, printed, low, high):
    """Shrout and Fleiss 1979, table 4; intervals as printed by psych::ICC."""
    estimate = icc.intraclass(SHROUT_FLEISS, kind=kind)
    assert round(estimate.point, 3) == printed
    assert (round(estimate.low, 3), round(estimate.high, 3)) == (low, high)
    assert kind in estimate.method


def test_anxiety():
    """irr::icc(anxiety, "twoway", "agreement"): ICC(A,1) = 0.198, F(19, 39.7) = 1.83, interval -0.039 to 0.494."""
    estimate = icc.intraclass(ANXIETY)
    assert round(estimate.point, 3) == 0.198
    assert (round(estimate.low, 3), round(estimate.high, 3)) == (-0.039, 0.494)
    assert round(estimate.numbers["f"], 2) == 1.83
    assert estimate.numbers["raters"] == 3


def test_mean_squares_of_the_paper():
    """Table 3: between targets 11.24, within 6.26, between judges 32.49, residual 1.02."""
    numbers = icc.intraclass(SHROUT_FLEISS).numbers
    assert [round(numbers[name], 2) for name in ("ms_rows", "ms_within", "ms_columns", "ms_error")] == [
        11.24,
        6.26,
        32.49,
        1.02,
    ]
    assert icc.intraclass(SHROUT_FLEISS, kind="1").numbers["f"] == pytest.approx(11.24 / 6.26, abs=0.005)


def test_estimand_in_words():
    assert icc.intraclass(SHROUT_FLEISS).estimand == "Agreement of single ratings"
    assert icc.intraclass(SHROUT_FLEISS, kind="1").estimand == "Agreement of single ratings"
    assert icc.intraclass(SHROUT_FLEISS, kind="C,k").estimand == "Agreement of the raters' average"
    assert icc.intraclass(SHROUT_FLEISS, estimand="Skill").estimand == "Skill"
    assert [one.code for one in icc.intraclass(ANXIETY[:9]).warnings] == ["few"]
    assert icc.intraclass(ANXIETY[:10]).warnings == ()


def test_rows_with_gaps_are_left_out():
    estimate = icc.intraclass([*SHROUT_FLEISS, (1, None, 2, 3)], kind="C,1")
    assert (round(estimate.point, 3), estimate.n_used, estimate.n_eligible) == (0.715, 6, 7)
    assert [one.code for one in estimate.warnings] == ["few", "missing"]


def test_what_has_no_correlation():
    assert icc.intraclass([]).empty_because.code == "nobody"
    assert icc.intraclass([(None, 1)]).empty_because.code == "all_missing"
    assert icc.intraclass([(1, 2)]).empty_because.code == "too_few_for_estimate"
    assert icc.intraclass([(1,), (2,)]).empty_because.code == "too_few_for_estimate"
    assert icc.intraclass([(1, 2), (2, 1)]).empty_because.code == "no_variation"
    with pytest.raises(ValueError, match="unknown kind"):
        icc.intraclass(SHROUT_FLEISS, kind="2")


def test_raters_who_contradict_each_other():
    """The rated hardly differ: the average has no agreement to speak of, and says so instead of a wild figure."""
    rows = [(0, 10.1), (10, 0), (0, 10), (10, 0)]
    assert icc.intraclass(rows, kind="A,1").point < 0
    assert "contradict" in str(icc.intraclass(rows, kind="A,k").empty_because)


def test_full_agreement_has_no_interval():
    for kind in KINDS:
        estimate = icc.intraclass([(1, 1), (2, 2), (4, 4)], kind=kind)
        assert (estimate.point, estimate.low) == (1, None)
        assert "perfect" in [one.code for one in estimate.warnings]
    strict_rater = icc.intraclass([(1, 2), (2, 3), (4, 5)], kind="C,1")
    assert strict_rater.point == 1
    assert icc.intraclass([(1, 2), (2, 3), (4, 5)], kind="A,1").point < 1


@given(st.integers(0, 999), st.integers(3, 12), st.integers(2, 5), st.sampled_from(KINDS))
def test_intervals_hold_the_point_and_do_not_depend_on_the_unit(seed, n, k, kind):
    dice = np.random.default_rng(seed)
    rows = dice.normal(size=(n, 1)) + dice.normal(size=(n, k))
    one, other = icc.intraclass(rows, kind=kind), icc.intraclass(5 + 3 * rows, kind=kind)
    if one.is_empty:
        assert other.is_empty
        return
    assert one.low is None or one.low <= one.point + 1e-12
    assert one.point <= one.high + 1e-12
    assert (one.point, one.low, one.high) == pytest.approx((other.point, other.low, other.high))
    single = icc.intraclass(rows, kind=f"{kind[0]},1" if kind[0] != "1" else "1").point
    if kind.endswith("k") and abs(1 + (k - 1) * single) > 1e-6:
        assert one.point == pytest.approx(k * single / (1 + (k - 1) * single))


def test_f_does_not_depend_on_the_unit():
    """Ratings in hundredths have mean squares far below 1."""
    small = [[one / 100 for one in row] for row in SHROUT_FLEISS]

    assert icc.intraclass(small).numbers["f"] == pytest.approx(icc.intraclass(SHROUT_FLEISS).numbers["f"])


def test_the_average_of_many_raters_says_when_its_lower_bound_is_open():
    """Spearman-Brown has no answer for a single-rating bound at or below -1 / (k - 1)."""
    seen = set()
    dice = np.random.default_rng(3)
    for _ in range(200):
        rows = dice.normal(size=(3, 4))
        single, average = (icc.intraclass(rows, kind=kind) for kind in ("A,1", "A,k"))
        if average.is_empty:
            continue
        is_open = 1 + 3 * single.low <= 0
        seen.add(is_open)
        assert (average.low is None) == is_open
        assert ("bound_open" in [one.code for one in average.warnings]) == is_open
    assert seen == {True, False}
