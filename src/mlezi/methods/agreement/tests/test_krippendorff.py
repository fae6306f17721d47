"""Krippendorff's alpha on four levels of measurement."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.agreement import krippendorff
from mlezi.methods.agreement.tests.matrices import ABSTRACTORS, KRIPPENDORFF, unfolded
from mlezi.methods.statistics.values import BadValue


def measured(units, measurement="nominal", **options):
    return krippendorff.alpha(units, measurement=measurement, unit="turn", seed=1, **{"resamples": 50, **options})


@pytest.mark.parametrize(
    ("measurement", "printed"),
    [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)],
)
def test_krippendorffs_own_example(measurement, printed):
    """irr::kripp.alpha prints .743, .815, .849, .797."""
    estimate = measured(KRIPPENDORFF, measurement)
    assert round(estimate.point, 6) == printed
    assert estimate.numbers["codings"] == 40
    assert (estimate.n_used, estimate.n_eligible, estimate.numbers["categories"]) == (11, 12, 5)
    assert [str(one) for one in estimate.warnings] == [
        "1 unit has fewer than two codings and says nothing of agreement."
    ]
    assert measurement in estimate.method


def test_two_abstractors():
    """irrCAC vignette: .7972585."""
    assert round(measured(list(zip(*unfolded(ABSTRACTORS), strict=True))).point, 7) == 0.7972585


def test_the_bootstrap_is_over_units_and_repeatable():
    one, other = (measured(KRIPPENDORFF, resamples=300) for _ in range(2))
    assert (one.low, one.high) == (other.low, other.high)
    assert one.low < one.point < one.high
    # Ten copies of every unit: the same alpha (but for the small-sample term) and a third of the width.
    many = measured(KRIPPENDORFF * 10, resamples=300)
    assert (many.high - many.low) == pytest.approx((one.high - one.low) / 10**0.5, rel=0.25)
    assert "300 resamples, seed 1" in one.variant


def test_the_interval_is_the_middle_of_the_draws():
    """Units drawn again by the same dice, alpha of each draw by itself, quantiles of 5 % and 95 %."""
    dice = np.random.default_rng(1)
    rows = [row for row in KRIPPENDORFF if sum(code is not None for code in row) > 1]
    points = []
    for _ in range(60):
        times = dice.multinomial(len(rows), np.full(len(rows), 1 / len(rows)))
        drawn = [row for row, count in zip(rows, times, strict=True) for _ in range(count)]
        points.append(measured(drawn, "interval", resamples=0).point)
    estimate = measured(KRIPPENDORFF, "interval", resamples=60, level=0.9)
    assert (estimate.low, estimate.high) == pytest.approx(tuple(np.quantile(points, [0.05, 0.95])))


def test_resamples_without_variation_are_left_out():
    estimate = measured([("a", "a"), ("a", "b")], resamples=100)
    lost = next(one for one in estimate.warnings if one.code == "bootstrap_lost")
    assert estimate.numbers["resamples_used"] == 100 - dict(lost.values)["lost"]
    assert 10 < dict(lost.values)["lost"] < 40


def test_words_in_order():
    words = {1: "low", 2: "middle", 3: "high", 4: "higher", 5: "highest"}
    units = [[None if code is None else words[code] for code in row] for row in KRIPPENDORFF]
    assert measured(units, "ordinal", order=list(words.values())).point == pytest.approx(0.815388, abs=5e-7)
    with pytest.raises(BadValue, match="needs numbers, or an order"):
        measured(units, "ordinal")
    with pytest.raises(BadValue, match="interval agreement needs numbers"):
        measured(units, "interval")
    with pytest.raises(BadValue, match="from zero up"):
        measured([(-1, 2), (1, 2)], "ratio")
    assert measured([(0, 2), (1, 1)], "ratio").point is not None
    assert measured([(-1, 2), (1, 2)], "interval").point is not None
    with pytest.raises(ValueError, match="cosmic"):
        measured(units, "cosmic")
    with pytest.raises(BadValue, match="not one of the categories"):
        measured(units, "ordinal", order=["low", "high"])


def test_ratio_of_zeros_and_ones():
    """Two zeros do not differ, zero and anything else differ wholly."""
    apart = krippendorff.differences(np.ones(3), np.array([0.0, 1, 3]), "ratio")
    assert apart.tolist() == [[0, 1, 1], [1, 0, 0.25], [1, 0.25, 0]]


def test_what_has_no_alpha():
    assert measured([]).empty_because.code == "nobody"
    assert measured([("a", None)]).empty_because.code == "all_missing"
    assert measured([("a", "a")]).empty_because.code == "one_category"
    assert measured([("a", "a")], order=["a", "b"]).empty_because.code == "one_category"
    agreed = measured([("a", "a"), ("b", "b")])
    assert (agreed.point, "perfect" in [one.code for one in agreed.warnings]) == (1, True)
    assert measured([("a", "b")], resamples=0).low is None


@given(st.lists(st.lists(st.integers(1, 4), min_size=2, max_size=4), min_size=2, max_size=10))
def test_the_definition_by_pairs(rows):
    """1 less (mean squared difference within units) over (mean squared difference of all codings)."""
    values = [code for row in rows for code in row]
    within = sum(
        (a - b) ** 2 / (len(row) - 1) for row in rows for i, a in enumerate(row) for j, b in enumerate(row) if i != j
    )
    overall = sum((a - b) ** 2 for i, a in enumerate(values) for j, b in enumerate(values) if i != j)
    estimate = measured(rows, "interval", resamples=0)
    if overall:
        n = len(values)
        assert estimate.point == pytest.approx(1 - (within / n) / (overall / (n * (n - 1))))
    else:
        assert estimate.is_empty
