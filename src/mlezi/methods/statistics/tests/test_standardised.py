"""Standardised change: every variant on Student's sleep data, intervals, and refusals."""

import numpy as np
import pytest
from scipy import stats

from mlezi.methods.statistics import standardised
from mlezi.methods.statistics.tests.published import SLEEP_1, SLEEP_2


@pytest.mark.parametrize(
    ("options", "printed"),
    [
        ({"variant": "d_z"}, 1.2846),
        ({"variant": "d_rm"}, 0.8222),
        ({"variant": "d_av"}, 0.8322),
        ({"variant": "d_av", "average": "mean"}, 0.8335),
        ({"variant": "g_av"}, 0.7605),
        ({"variant": "g_av", "j_df": "2(n-1)"}, 0.7969),
    ],
)
def test_sleep_by_every_variant(options, printed):
    assert round(standardised.standardised_change(SLEEP_1, SLEEP_2, **options).point, 4) == printed


def test_j_exactly():
    assert round(standardised.small_sample_factor(9), 5) == 0.91387
    assert round(standardised.small_sample_factor(18), 5) == 0.95765
    with pytest.raises(ValueError, match="more than one"):
        standardised.small_sample_factor(1)


def test_bonett_2008_interval():
    """Two measurements of 25 people, means 102.1 and 110.4, SDs 14.6 and 15.3, r .75: .2395 to .8706."""
    one, two = exactly(102.1, 14.6, 110.4, 15.3, 0.75, 25)
    estimate = standardised.standardised_change(one, two, variant="d_av")

    assert (round(estimate.low, 4), round(estimate.high, 4)) == (0.2395, 0.8706)
    assert estimate.numbers["r"] == pytest.approx(0.75)
    assert (estimate.numbers["sd_before"], estimate.numbers["sd_after"]) == pytest.approx((14.6, 15.3))


def exactly(mean_one, sd_one, mean_two, sd_two, r, n):
    """Two columns with exactly these means, SDs and correlation."""
    raw = np.random.default_rng(1).normal(size=(n, 2))
    raw -= raw.mean(axis=0)
    basis = np.linalg.qr(raw)[0] * np.sqrt(n - 1)
    return mean_one + sd_one * basis[:, 0], mean_two + sd_two * (r * basis[:, 0] + np.sqrt(1 - r * r) * basis[:, 1])


def test_the_interval_of_d_z_puts_t_at_either_tail():
    estimate = standardised.standardised_change(SLEEP_1, SLEEP_2, variant="d_z", level=0.9)
    t = estimate.point * np.sqrt(10)
    assert stats.nct.sf(t, 9, estimate.low * np.sqrt(10)) == pytest.approx(0.05, abs=1e-6)
    assert stats.nct.cdf(t, 9, estimate.high * np.sqrt(10)) == pytest.approx(0.05, abs=1e-6)
    rescaled = standardised.standardised_change(SLEEP_1, SLEEP_2, variant="d_rm", level=0.9)
    assert rescaled.low / rescaled.point == pytest.approx(estimate.low / estimate.point)


def test_a_fall_is_a_rise_turned_round():
    up, down = (
        standardised.standardised_change(*pair, variant="g_z") for pair in ((SLEEP_1, SLEEP_2), (SLEEP_2, SLEEP_1))
    )
    assert (up.point, up.low, up.high) == pytest.approx((-down.point, -down.high, -down.low))


def test_the_variant_is_named():
    estimate = standardised.standardised_change(SLEEP_1, SLEEP_2)
    assert estimate.variant == "g_av; root mean square of the two SDs; exact J with df n-1"
    assert "correlation taken as known" in standardised.standardised_change(SLEEP_1, SLEEP_2, variant="d_rm").variant
    plain = standardised.standardised_change(SLEEP_1, SLEEP_2, variant="d_av", average="mean")
    assert plain.variant == "d_av; mean of the two SDs"
    assert plain.numbers["j"] == 1


def test_too_few_and_no_variation():
    change = standardised.standardised_change
    assert change([], []).empty_because.code == "nobody"
    assert change([1], [None]).empty_because.code == "all_missing"
    assert "Only 2 usable; at least 3" in str(change([1, 2], [2, 4]).empty_because)
    assert change([1, 2], [2, 4], variant="d_av").point is not None
    assert change([1], [2], variant="d_av").empty_because.code == "too_few_for_estimate"
    assert change([1, 1, 1], [2, 2, 2]).empty_because.code == "no_variation"
    assert change([1, 2, 3], [2, 3, 4], variant="g_z").empty_because.code == "no_variation"
    assert change([1, 2, 3], [2, 3, 4]).point is not None
    assert change([1, 1, 1], [2, 3, 4], variant="d_av").numbers["r"] == 0


def test_people_with_one_measurement_are_counted():
    estimate = standardised.standardised_change([*SLEEP_1, 1], [*SLEEP_2, None])
    assert (estimate.n_used, estimate.n_eligible) == (10, 11)
    assert [one.code for one in estimate.warnings] == ["unpaired_dropped"]
    nine = standardised.standardised_change(SLEEP_1[:9], SLEEP_2[:9])
    assert [one.code for one in nine.warnings] == ["p_not_headline"]


def test_who_lacks_a_second_value_is_counted():
    found = standardised.standardised_change([*SLEEP_1, 1.0], [*SLEEP_2, None])

    assert [dict(one.values)["n"] for one in found.warnings if one.code == "unpaired_dropped"] == [1]
