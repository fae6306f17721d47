"""Mixed model for repeated measurements."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from mlezi.methods.statistics import paired, repeated
from mlezi.methods.statistics.tests.published import SLEEP_1, SLEEP_2, columns
from mlezi.methods.statistics.values import BadValue


def long(waves):
    """Person, time and value, one row each, from columns of waves."""
    people = [person for column in waves.values() for person in range(len(column))]
    times = [name for name, column in waves.items() for _ in column]
    return people, times, [value for column in waves.values() for value in column]


def test_two_complete_times_are_the_paired_t_test():
    estimate = repeated.changes(*long({"one": SLEEP_1, "two": SLEEP_2}), order=["one", "two"])["two"]
    plain = paired.mean_change(SLEEP_1, SLEEP_2)

    assert estimate.point == pytest.approx(plain.point)
    assert (estimate.low, estimate.high) == pytest.approx((plain.low, plain.high), abs=1e-5)
    assert round(estimate.numbers["t"], 4) == 4.0621
    assert (estimate.numbers["df"], round(estimate.numbers["p"], 6)) == (9, 0.002833)
    assert estimate.warnings == ()
    # Between and within: the covariance of the two nights, and half the variance of their difference.
    assert estimate.numbers["sd_people"] ** 2 == pytest.approx(np.cov(SLEEP_1, SLEEP_2)[0, 1], abs=1e-4)
    assert estimate.numbers["sd_rest"] ** 2 == pytest.approx(
        np.var(np.subtract(SLEEP_2, SLEEP_1), ddof=1) / 2, abs=1e-4
    )


def test_statsmodels_agrees_on_the_polyp_trial():
    """22 people, three times, two gaps."""
    smf = pytest.importorskip("statsmodels.formula.api")
    pandas = pytest.importorskip("pandas")
    people, times, values = long(columns("polyps"))
    frame = pandas.DataFrame({"person": people, "time": times, "value": values}).dropna()
    frame["time"] = pandas.Categorical(frame.time, ["baseline", "month3", "month12"])
    theirs = smf.mixedlm("value ~ time", frame, groups=frame.person).fit(reml=True)
    ours = repeated.changes(people, times, values, order=["baseline", "month3", "month12"])

    for time in ("month3", "month12"):
        assert ours[time].point == pytest.approx(theirs.params[f"time[T.{time}]"], rel=1e-4)
        assert ours[time].numbers["se"] == pytest.approx(theirs.bse[f"time[T.{time}]"], rel=1e-3)
    assert ours["month12"].numbers["sd_rest"] == pytest.approx(theirs.scale**0.5, rel=1e-4)
    # 64 values of 22 people, two changes.
    assert (ours["month12"].numbers["df"], ours["month12"].numbers["people"]) == (40, 22)
    assert [one.code for one in ours["month12"].warnings] == ["missing_at_random", "missing"]
    assert "from “baseline” to “month12”" in ours["month12"].estimand


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 9999), st.integers(3, 8), st.integers(3, 8))
def test_differences_in_change_of_complete_pairs_are_the_t_test_of_changes(seed, n, m):
    dice = np.random.default_rng(seed)
    start = 3 * dice.normal(size=n + m)
    end = start + dice.normal(size=n + m)
    people, times, values = long({"start": start, "end": end})
    groups = (["coached"] * n + ["others"] * m) * 2
    estimate = repeated.differences_in_change(
        people, times, values, groups, order=["start", "end"], group_order=("coached", "others")
    )["end"]
    change = end - start
    expected = stats.ttest_ind(change[:n], change[n:])
    assert estimate.point == pytest.approx(change[:n].mean() - change[n:].mean())
    assert estimate.numbers["df"] == n + m - 2
    if estimate.numbers["sd_people"] > 0:
        assert estimate.numbers["p"] == pytest.approx(expected.pvalue, rel=1e-3, abs=1e-6)
    assert "“coached” less “others”" in estimate.estimand


def test_people_seen_once_still_inform_the_average():
    """Two complete people changed by 2; a third, seen only at the start, was as high as the average start."""
    base = {"start": [1.0, 5.0, 3.0], "end": [3.2, 6.8, None]}
    estimate = repeated.changes(*long(base), order=["start", "end"])["end"]
    assert estimate.point == pytest.approx(2, abs=1e-6)
    pulled = repeated.changes(*long({"start": [1.0, 5.0, 9.0], "end": [3.2, 6.8, None]}), order=["start", "end"])
    # The third started high and would have ended high: the naive difference of averages would be 0.
    assert 1.5 < pulled["end"].point < 2.01


def test_people_who_do_not_differ_are_marked():
    waves = {"start": [1.0, 2, 3, 4, 5, 6], "end": [6.0, 5, 4, 3, 2, 1.5]}
    estimate = repeated.changes(*long(waves), order=["start", "end"])["end"]
    assert estimate.numbers["sd_people"] == 0
    assert "boundary" in [one.code for one in estimate.warnings]
    pooled = np.sqrt((np.var(waves["start"], ddof=1) + np.var(waves["end"], ddof=1)) / 6)
    assert estimate.numbers["se"] == pytest.approx(pooled)


def test_what_has_no_change():
    order = ["start", "end"]
    assert repeated.changes([], [], [], order=order)["end"].empty_because.code == "nobody"
    assert repeated.changes([1], ["start"], [None], order=order)["end"].empty_because.code == "all_missing"
    lost = repeated.changes([1, 2], ["start", "start"], [1, 2], order=order)["end"]
    assert "“end” has no usable values" in str(lost.empty_because)
    apart = repeated.changes([1, 2], ["start", "end"], [1, 2], order=order)["end"]
    assert str(apart.empty_because) == "Only 2 usable; at least 4 are needed for this figure."
    same = repeated.changes(*long({"start": [2, 2], "end": [2, 2]}), order=order)["end"]
    assert same.empty_because.code == "no_variation"
    exact = repeated.changes(*long({"start": [1, 1, 1], "end": [3, 3, 3]}), order=order)["end"]
    assert exact.empty_because.code == "not_defined"
    side = repeated.differences_in_change(
        [1, 1, 2], ["start", "end", "start"], [1, 2, 3], ["a", "a", "b"], order=order, group_order=("a", "b")
    )["end"]
    assert "“b, end”" in str(side.empty_because)


def test_changes_that_are_all_equal_leave_no_error():
    waves = {"start": [1, 5, 9, 4], "end": [3, 7, 11, 6]}
    estimate = repeated.changes(*long(waves), order=["start", "end"])["end"]
    assert estimate.is_empty or estimate.point == pytest.approx(2)


@pytest.mark.parametrize(
    ("people", "times", "groups", "words"),
    [
        ([1, 1], ["start", "start"], ["a", "a"], "two values at “start”"),
        ([1, 1], ["start", "later"], ["a", "a"], "“later” is not one of the times"),
        ([1, 1], ["start", "end"], ["a", "b"], "“1” is in two groups"),
        ([1, 1], ["start", "end"], ["a", "z"], "“z” is not one of the two groups"),
        ([1], ["start", "end"], ["a", "a"], "differ in length"),
    ],
)
def test_rows_that_contradict_are_refused(people, times, groups, words):
    with pytest.raises(BadValue, match=words):
        repeated.differences_in_change(people, times, [1, 2], groups, order=["start", "end"], group_order=("a", "b"))


def test_a_row_that_was_never_written_is_missing_as_an_empty_one_is():
    people, times = ["a", "a", "b", "b", "c", "c", "d"], [0, 1, 0, 1, 0, 1, 0]
    (found,) = repeated.changes(people, times, [1.0, 3.0, 2.0, 5.0, 4.0, 4.5, 2.0], order=[0, 1]).values()

    assert "missing_at_random" in [one.code for one in found.warnings]
