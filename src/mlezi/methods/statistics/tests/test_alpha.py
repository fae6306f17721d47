"""Cronbach's alpha."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.statistics import alpha
from mlezi.methods.statistics.tests.published import columns

ATTITUDE = columns("attitude")


def test_attitude_of_departments():
    """psych::alpha(attitude) prints raw alpha 0.84 and average r 0.43, Feldt interval 0.74 to 0.92."""
    estimate = alpha.alpha(ATTITUDE)

    assert round(estimate.point, 3) == 0.843
    assert (round(estimate.low, 3), round(estimate.high, 3)) == (0.739, 0.916)
    assert round(estimate.numbers["mean_r"], 3) == 0.427
    assert (estimate.numbers["items"], estimate.n_used) == (7, 30)
    assert estimate.warnings == ()


def test_dropping_items_of_attitude():
    """psych::alpha(attitude): alpha without each item .81 .80 .83 .80 .80 .86 .84."""
    items = alpha.items_dropped(ATTITUDE)
    assert [item.name for item in items] == list(ATTITUDE)
    assert [round(item.alpha_without, 2) for item in items] == [0.81, 0.8, 0.83, 0.8, 0.8, 0.86, 0.84]
    rows = np.array(list(ATTITUDE.values()))
    for place, item in enumerate(items):
        assert item.rest_r == pytest.approx(np.corrcoef(rows[place], rows.sum(axis=0) - rows[place])[0, 1])


def test_by_hand():
    """Items 1 2 3 and 2 2 4: variances 1 and 4/3, of the sum 13/3: 2 * (1 - (7/3) / (13/3)) = 12/13."""
    estimate = alpha.alpha({"a": [1, 2, 3, None], "b": [2, 2, 4, 5]})
    assert estimate.point == pytest.approx(12 / 13)
    assert estimate.numbers["sd_total"] == pytest.approx((13 / 3) ** 0.5)
    assert (estimate.n_used, estimate.missing) == (3, 1)
    assert [one.code for one in estimate.warnings] == ["few", "few_items", "missing"]
    assert [item.alpha_without for item in alpha.items_dropped({"a": [1, 2, 3], "b": [2, 2, 4]})] == [None, None]


def test_an_item_that_runs_against_the_others_is_named():
    turned = dict(ATTITUDE, learning=[100 - value for value in ATTITUDE["learning"]])
    estimate = alpha.alpha(turned)
    assert "learning" in " ".join(map(str, estimate.warnings))
    assert estimate.point < alpha.alpha(ATTITUDE).point
    against = alpha.alpha({"a": [1, 2, 3, 4], "b": [4, 3, 2, 2]})
    assert against.point < 0
    assert "negative_alpha" in [one.code for one in against.warnings]


def test_too_little_for_a_scale():
    assert str(alpha.alpha({}).empty_because) == "Only 0 item(s) usable; at least 2 items are needed for this figure."
    assert alpha.alpha({}).n_eligible == 0
    assert alpha.alpha({"a": [1, 2, 3]}).empty_because.code == "too_few_for_estimate"
    assert alpha.alpha({"a": [], "b": []}).empty_because.code == "nobody"
    assert alpha.alpha({"a": [None, 1], "b": [1, None]}).empty_because.code == "all_missing"
    assert alpha.alpha({"a": [1, 2], "b": [1, 3]}).empty_because.code == "too_few_for_estimate"
    assert alpha.alpha({"a": [1, 2, 3], "b": [3, 2, 1]}).empty_because.code == "no_variation"
    assert alpha.items_dropped({"a": [1]}) == (alpha.Item("a", None, None),)


def test_an_item_with_one_answer_has_no_correlation():
    estimate = alpha.alpha({"a": [1, 2, 3, 4], "b": [2, 2, 4, 4], "c": [5, 5, 5, 5]})
    assert "mean_r" not in estimate.numbers
    dropped = {item.name: item for item in alpha.items_dropped({"a": [1, 2, 3], "b": [2, 2, 4], "c": [5, 5, 5]})}
    assert dropped["c"].rest_r is None
    assert dropped["a"].alpha_without == pytest.approx(0)


@given(st.integers(2, 6), st.integers(4, 30), st.integers(0, 999))
def test_alpha_is_the_average_covariance_formula(k, n, seed):
    """k * mean covariance / (mean variance + (k - 1) * mean covariance)."""
    dice = np.random.default_rng(seed)
    rows = dice.normal(size=(n, k)) + dice.normal(size=(n, 1))
    covariance = np.cov(rows.T)
    own = np.trace(covariance) / k
    shared = (covariance.sum() - np.trace(covariance)) / (k * (k - 1))
    estimate = alpha.alpha({str(i): column for i, column in enumerate(rows.T)})
    assert estimate.point == pytest.approx(k * shared / (own + (k - 1) * shared))
    assert estimate.low < estimate.point < estimate.high or estimate.point < 0


def test_two_people_are_too_few_and_three_are_needed():
    found = alpha.alpha({"a": [1, 2], "b": [2, 3], "c": [1, 3]})

    assert (found.empty_because.code, dict(found.empty_because.values)["needed"]) == ("too_few_for_estimate", 3)
