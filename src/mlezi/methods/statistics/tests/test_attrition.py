"""Who was followed and who was lost."""

import pytest

from mlezi.methods.statistics import attrition
from mlezi.methods.statistics.tests.published import columns
from mlezi.methods.statistics.values import BadValue


def test_the_flow_of_the_polyp_trial():
    """22 at the start and at 3 months, 20 at 12 months."""
    waves = attrition.flow(columns("polyps"))

    assert [(wave.name, wave.n) for wave in waves] == [("baseline", 22), ("month3", 22), ("month12", 20)]
    assert [round(wave.followed.point, 4) for wave in waves] == [1, 1, 0.9091]
    assert "“baseline” who also have “month12”" in waves[2].followed.estimand


def test_late_joiners_are_not_followed_up():
    waves = attrition.flow({"start": [1, 1, None], "end": [None, 2, 2]})
    assert waves[1].n == 2
    assert (waves[1].followed.numbers["count"], waves[1].followed.n_used) == (1, 2)


def test_a_flow_of_nobody():
    assert attrition.flow({}) == ()
    assert attrition.flow({"start": [], "end": []})[1].followed.is_empty
    with pytest.raises(BadValue, match="different numbers"):
        attrition.flow({"start": [1], "end": [1, 2]})


def test_lost_people_by_hand():
    """Followed 10, 12, 14 (mean 12), lost 20, 24 (mean 22): pooled variance (8 + 8) / 3."""
    estimate = attrition.lost_against_followed([10, 12, 14, 20, 24, None], [1, 1, 1, None, None, 1])
    assert estimate.numbers["d"] == pytest.approx(-10 / (16 / 3) ** 0.5)
    assert estimate.numbers["n_first"] == 3
    assert "p" not in estimate.numbers
    nobody_lost = attrition.lost_against_followed([1, 2, 3], [1, 2, 3])
    assert str(nobody_lost.empty_because).startswith("The group “lost” has no usable values")
    with pytest.raises(BadValue, match="differ in length"):
        attrition.lost_against_followed([1], [1, 2])


def test_worst_and_best_case_by_hand():
    """Pairs change by 2 and 1. The lost person started at 4 of 0..10: worst (2+1-4)/3, best (2+1+6)/3."""
    estimate = attrition.extreme_cases([3, 5, 4, None], [5, 6, None, 9], lowest=0, highest=10)
    assert (estimate.low, estimate.point, estimate.high) == pytest.approx((-1 / 3, 1.5, 3))
    assert (estimate.n_used, estimate.n_eligible, estimate.numbers["lost"]) == (2, 3, 1)
    assert "not a confidence interval" in estimate.variant


def test_nobody_lost_leaves_no_doubt():
    estimate = attrition.extreme_cases([0, 10], [10, 0], lowest=0, highest=10)
    assert (estimate.low, estimate.point, estimate.high) == (0, 0, 0)
    assert estimate.warnings == ()


def test_extreme_cases_need_a_pair_and_the_scale():
    assert attrition.extreme_cases([1], [None], lowest=0, highest=10).empty_because.code == "all_missing"
    assert attrition.extreme_cases([], [], lowest=0, highest=10).empty_because.code == "nobody"
    for before, after in (([11], [1]), ([1], [-1])):
        with pytest.raises(BadValue, match="outside the scale 0 to 10"):
            attrition.extreme_cases(before, after, lowest=0, highest=10)
    with pytest.raises(BadValue, match="differ in length"):
        attrition.extreme_cases([1], [], lowest=0, highest=10)
