"""The mean with its t interval, and what is marked."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlezi.methods.statistics import means
from mlezi.methods.statistics.tests.published import SLEEP_1, SLEEP_2, columns

numbers = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40)


def test_one_sample_of_students_sleep_data():
    """R: t.test(extra[group == 2]) prints mean 2.33, interval 0.8976775 3.7623225."""
    estimate = means.mean([*SLEEP_2, None])

    assert estimate.point == pytest.approx(2.33)
    assert (round(estimate.low, 7), round(estimate.high, 7)) == (0.8976775, 3.7623225)
    assert estimate.numbers["sd"] == pytest.approx(2.002249, abs=5e-7)
    assert (estimate.n_used, estimate.n_eligible) == (10, 11)


@pytest.mark.parametrize(
    ("topics", "mean", "sd", "low", "high"),
    [
        (8, 80.59, 9.024, 73.04, 88.13),
        (14, 78.0, 6.973, 73.97, 82.03),
        (10, 73.97, 10.65, 66.35, 81.59),
        (15, 72.82, 9.719, 67.44, 78.2),
    ],
)
def test_training_needs_of_four_domains(topics, mean, sd, low, high):
    """Printed intervals of a training-needs survey (mean, SD, 8 to 15 topics): t intervals over the topics."""
    shape = np.linspace(-1, 1, topics)
    values = mean + (shape - shape.mean()) / np.std(shape, ddof=1) * sd
    estimate = means.mean(values)

    assert estimate.point == pytest.approx(mean, abs=0.005)
    assert estimate.numbers["sd"] == pytest.approx(sd)
    assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=0.011)


def test_t_tables():
    """Any printed table of t: 2.228 for 95 % with 10 df, 3.169 for 99 %; p of 2.228 with 10 df is .05."""
    assert round(means.t_of(0.95, 10), 3) == 2.228
    assert round(means.t_of(0.99, 10), 3) == 3.169
    assert means.p_of_t(-2.228139, 10) == pytest.approx(0.05, abs=1e-6)
    assert means.p_of_t(0, 10) == 1


def test_quartiles_are_beside_the_mean():
    estimate = means.mean(range(1, 11))
    assert [estimate.numbers[name] for name in ("min", "q1", "median", "q3", "max")] == [1, 3.25, 5.5, 7.75, 10]


def test_one_value_has_no_interval_and_no_spread():
    estimate = means.mean([4, None])
    assert (estimate.point, estimate.low, estimate.high) == (4, None, None)
    assert "sd" not in estimate.numbers
    assert [one.code for one in estimate.warnings] == ["few", "no_interval", "missing"]
    assert str(estimate.warnings[1]) == "No interval: at least 2 values are needed for one and there is 1."


def test_nothing_is_empty():
    assert means.mean([]).empty_because.code == "nobody"
    assert means.mean([None]).empty_because.code == "all_missing"


def test_equal_values_are_marked():
    estimate = means.mean([0.1] * 12)
    assert (estimate.low, estimate.high, estimate.numbers["sd"]) == (estimate.point, estimate.point, 0)
    assert [one.code for one in estimate.warnings] == ["no_spread"]


def test_crowding_at_the_ends_of_the_scale():
    """Terwee 2007: 15 % at an end. Here 3 of 20 at the top and 2 of 20 at the bottom."""
    values = [5] * 3 + [1] * 2 + [3] * 15
    codes = [one.code for one in means.mean(values, lowest=1, highest=5).warnings]
    assert codes == ["ceiling"]
    assert "15.0 %" in str(means.mean(values, lowest=1, highest=5).warnings[0])
    assert [one.code for one in means.mean([1] * 3 + [2, 3] * 8, lowest=1, highest=5).warnings] == ["floor"]


def test_few_and_skewed_values_are_marked():
    skewed = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 30]
    assert [one.code for one in means.mean(skewed).warnings] == ["not_normal"]
    assert means.mean(skewed * 3).warnings == ()
    assert means.mean(SLEEP_1).warnings == ()
    assert [one.code for one in means.mean([0, 0, 9]).warnings] == ["few"]
    assert [one.code for one in means.mean([0, 9]).warnings] == ["few"]
    assert [one.code for one in means.mean([0] * 28 + [9]).warnings] == ["not_normal"]
    assert means.mean([0] * 29 + [9]).warnings == ()
    turned = [-value for value in skewed]
    assert [one.code for one in means.mean(turned).warnings] == ["not_normal"]


@given(numbers, st.floats(-1e5, 1e5), st.floats(0.01, 100))
@example([0.0, 0.0, 1.3507569384674698e-258], 0.0, 1.0)  # its square is nothing
def test_shift_and_scale_carry_over(values, shift, scale):
    one, other = means.mean(values), means.mean([scale * value + shift for value in values])
    for end in ("point", "low", "high"):
        expected = scale * getattr(one, end) + shift
        assert getattr(other, end) == pytest.approx(expected, rel=1e-6, abs=1e-3 * scale + 1e-3)


def test_real_columns_have_gaps():
    late = means.mean(columns("polyps")["month12"])
    assert (late.point, late.n_used, late.missing) == (pytest.approx(24.05), 20, 2)


def test_a_skew_above_one_is_told_when_values_are_few():
    """Seven zeros, a one and a two: the third moment is 1.93 standard deviations cubed."""
    assert [one.code for one in means.shape_notes(np.array([0.0] * 7 + [1.0, 2.0]))] == ["not_normal"]
    assert means.shape_notes(np.array([0.0, 0.0, 1.0, 1.0, 2.0])) == ()
