"""McDonald's omega."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlezi.methods.statistics import omega
from mlezi.methods.statistics.alpha import complete_rows, raw_alpha
from mlezi.methods.statistics.tests.published import columns

ATTITUDE = columns("attitude")


def test_statsmodels_finds_the_same_loadings():
    factor = pytest.importorskip("statsmodels.multivariate.factor")
    rows = complete_rows(ATTITUDE)[1]
    theirs = np.abs(factor.Factor(rows, n_factor=1, method="ml").fit().loadings.ravel())
    ours = omega.one_factor(rows).loadings / np.std(rows, axis=0, ddof=1)
    assert ours == pytest.approx(theirs, abs=1e-5)
    shares = omega.one_factor(rows).own / np.var(rows, axis=0, ddof=1)
    assert shares == pytest.approx(1 - ours**2, abs=1e-6)


def exactly(covariance, n=40):
    """Rows whose covariance matrix is exactly this."""
    raw = np.random.default_rng(0).normal(size=(n, len(covariance)))
    raw -= raw.mean(axis=0)
    whole = np.linalg.qr(raw)[0] * np.sqrt(n - 1)
    return whole @ np.linalg.cholesky(np.array(covariance)).T


def as_items(rows):
    return {f"item {i}": column.tolist() for i, column in enumerate(rows.T)}


def test_three_items_by_the_closed_formula():
    """Just identified: l1 = sqrt(s12 s13 / s23) and so on."""
    covariance = [[2.0, 0.6, 0.8], [0.6, 1.0, 0.5], [0.8, 0.5, 3.0]]
    loadings = np.sqrt([0.6 * 0.8 / 0.5, 0.6 * 0.5 / 0.8, 0.8 * 0.5 / 0.6])
    estimate = omega.omega(as_items(exactly(covariance)), seed=1, resamples=0)
    total = loadings.sum() ** 2
    assert estimate.point == pytest.approx(total / np.sum(covariance))
    observed = omega.omega(as_items(exactly(covariance)), seed=1, resamples=0, denominator="observed")
    assert observed.point == pytest.approx(estimate.point)
    assert (estimate.low, estimate.high) == (None, None)
    assert [one.code for one in estimate.warnings] == ["just_identified"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0.3, 2), st.floats(0.2, 2)), min_size=3, max_size=7))
def test_a_true_one_factor_scale_gives_its_own_omega(items):
    """When the covariances are exactly those of one factor, omega is exactly the factor's share."""
    loadings, own = (np.array(column) for column in zip(*items, strict=True))
    covariance = np.outer(loadings, loadings) + np.diag(own)
    rows = exactly(covariance)
    expected = loadings.sum() ** 2 / covariance.sum()
    assert omega.omega(as_items(rows), seed=1, resamples=0).point == pytest.approx(expected, abs=1e-6)
    assert raw_alpha(rows) <= expected + 1e-9


def test_equal_loadings_make_omega_alpha():
    rows = exactly(np.full((5, 5), 0.5) + np.diag([0.5] * 5))
    assert omega.omega(as_items(rows), seed=1, resamples=0).point == pytest.approx(raw_alpha(rows))


def test_standardised_items_have_another_omega():
    raw, equal = (omega.omega(ATTITUDE, seed=1, resamples=0, standardised=kind) for kind in (False, True))
    rows = complete_rows(ATTITUDE)[1]
    loadings = omega.one_factor(rows).loadings / np.std(rows, axis=0, ddof=1)
    assert equal.point == pytest.approx(loadings.sum() ** 2 / (loadings.sum() ** 2 + (1 - loadings**2).sum()), abs=1e-6)
    assert raw.point != equal.point
    assert "correlations; model variance" in equal.variant
    observed = omega.omega(ATTITUDE, seed=1, resamples=0, denominator="observed")
    shared = omega.one_factor(rows).loadings.sum() ** 2
    assert observed.point == pytest.approx(shared / np.var(rows.sum(axis=1), ddof=1))


def test_the_interval_is_repeatable_and_holds_the_point():
    one, other = (omega.omega(ATTITUDE, seed=4, resamples=200) for _ in range(2))
    assert (one.low, one.high) == (other.low, other.high)
    assert one.low < one.point < one.high
    assert omega.omega(ATTITUDE, seed=5, resamples=200).low != one.low
    lost = sum(dict(each.values)["lost"] for each in one.warnings if each.code == "bootstrap_lost")
    assert one.numbers["resamples_used"] == 200 - lost
    assert lost < 5


def test_the_interval_is_the_middle_of_the_draws():
    """People drawn again by the same dice, omega of each draw by itself, quantiles of 5 % and 95 %."""
    rows = complete_rows(ATTITUDE)[1]
    dice = np.random.default_rng(4)
    draws = rows[dice.integers(0, 30, (40, 30))]
    points = [omega.omega(as_items(drawn), seed=1, resamples=0).point for drawn in draws]
    estimate = omega.omega(ATTITUDE, seed=4, resamples=40, level=0.9)
    assert (estimate.low, estimate.high) == pytest.approx(tuple(np.quantile(points, [0.05, 0.95])))


def test_resampling_in_parts_gives_the_same(monkeypatch):
    whole = omega.omega(ATTITUDE, seed=4, resamples=20)
    monkeypatch.setattr(omega, "CHUNK", 1)
    assert omega.omega(ATTITUDE, seed=4, resamples=20).low == pytest.approx(whole.low)


def test_draws_in_which_an_item_does_not_vary_are_left_out():
    """One person of six differs on an item: a third of the draws, (5/6)^6, leave that person out."""
    items = {"a": [1, 1, 1, 1, 1, 2], "b": [1, 2, 3, 2, 1, 3], "c": [2, 1, 3, 3, 1, 4]}
    estimate = omega.omega(items, seed=1, resamples=60)
    lost = next(dict(one.values)["lost"] for one in estimate.warnings if one.code == "bootstrap_lost")
    assert 10 <= lost <= 35
    assert estimate.numbers["resamples_used"] == 60 - lost


def test_an_item_that_runs_against_the_others_is_named():
    turned = dict(ATTITUDE, learning=[100 - value for value in ATTITUDE["learning"]])
    estimate = omega.omega(turned, seed=1, resamples=0)
    assert "“learning” runs against" in str(estimate.warnings[0])


def test_an_item_without_variance_of_its_own_is_marked():
    """s12 s13 / s23 is above the first variance: the formula would need a negative own variance."""
    rows = exactly([[1.0, 0.9, 0.9], [0.9, 1.0, 0.7], [0.9, 0.7, 1.0]])
    estimate = omega.omega(as_items(rows), seed=1, resamples=0)
    assert "improper" in [one.code for one in estimate.warnings]
    assert 0 < estimate.point < 1


def test_too_little_for_a_factor():
    assert omega.omega({"a": [1, 2], "b": [1, 2]}, seed=1).empty_because.code == "too_few_for_estimate"
    short = {name: [1, 2, 4] for name in "abc"}
    assert omega.omega(short, seed=1).empty_because.code == "too_few_for_estimate"
    same = {"a": [1, 2, 3, 4, 6], "b": [2, 1, 4, 3, 5], "c": [5] * 5}
    assert omega.omega(same, seed=1).empty_because.code == "not_defined"
    assert omega.omega({name: [None] * 9 for name in "abc"}, seed=1).empty_because.code == "all_missing"
