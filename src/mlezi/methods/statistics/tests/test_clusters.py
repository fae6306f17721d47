"""Sides compared by sites."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mlezi.methods.statistics import clusters
from mlezi.methods.statistics.values import BadValue

ORDER = ("mentored", "not yet")
# Three clinics a side: averages 4, 6, 8 against 3, 4, 5.
CLINICS = {"a": [3, 5], "b": [6, 6], "c": [7, 9], "d": [3, 3], "e": [3, 5], "f": [5, 5]}


def rows(clinics, first=("a", "b", "c")):
    values = [value for people in clinics.values() for value in people]
    sites = [site for site, people in clinics.items() for _ in people]
    return values, sites, [ORDER[0] if site in first else ORDER[1] for site in sites]


def compare(clinics, first=("a", "b", "c"), **options):
    return clusters.site_difference(*rows(clinics, first), order=ORDER, **options)


def test_site_averages_are_what_is_compared():
    """Student's t on 4, 6, 8 against 3, 4, 5: difference 2, pooled variance 2.5, se sqrt(5/3), 4 df."""
    estimate = compare(CLINICS)
    expected = stats.ttest_ind([4, 6, 8], [3, 4, 5])

    assert estimate.point == 2
    assert estimate.numbers["se"] == pytest.approx((5 / 3) ** 0.5)
    assert (estimate.numbers["t"], estimate.numbers["p"]) == pytest.approx((expected.statistic, expected.pvalue))
    interval = expected.confidence_interval()
    assert (estimate.low, estimate.high) == pytest.approx((interval.low, interval.high))
    assert estimate.numbers["df"] == 4
    assert (estimate.numbers["sites_first"], estimate.numbers["mean_second"]) == (3, 4)
    assert [one.code for one in estimate.warnings] == ["few_sites"]


def test_one_site_on_a_side_is_refused_and_two_are_not():
    one_centre = {site: CLINICS[site] for site in "adef"}
    refused = compare(one_centre)
    assert refused.empty_because.code == "one_site_side"
    assert "“mentored” has 1 site(s)" in str(refused.empty_because)
    assert compare({site: CLINICS[site] for site in "abdef"}).point == pytest.approx(5 - 4)
    turned = compare({site: CLINICS[site] for site in "abcd"})
    assert "“not yet” has 1 site(s)" in str(turned.empty_because)


def test_people_weigh_by_number_when_asked():
    """Means of all people 6 and 4. Sums of strays per site over n: (-4, 0, 4) / 6 and (-2, 0, 2) / 6; times 3 / 2."""
    estimate = compare(CLINICS, weighing="people")
    one, two = 3 / 2 * (16 + 16) / 36, 3 / 2 * (4 + 4) / 36
    assert estimate.point == 2
    assert estimate.numbers["se"] == pytest.approx((one + two) ** 0.5)
    assert estimate.numbers["df"] == pytest.approx((one + two) ** 2 / (one**2 / 2 + two**2 / 2))
    lopsided = dict(CLINICS, c=[7, 9] * 5)
    assert compare(lopsided).numbers["mean_first"] == 6
    assert compare(lopsided, weighing="people").numbers["mean_first"] == pytest.approx((8 + 12 + 80) / 14)
    assert "unequal_sizes" in [one.code for one in compare(lopsided).warnings]
    assert "unequal_sizes" not in [one.code for one in compare(dict(CLINICS, c=[7, 9] * 3)).warnings]


def test_intraclass_correlation_by_hand():
    """Between sites 2*(4+0+4) + 2*(1+0+1) = 20 on 4 df; within 2+0+2+0+2+0 = 6 on 6 df; icc (5-1)/(5+1)."""
    estimate = compare(CLINICS)
    assert estimate.numbers["icc"] == pytest.approx(4 / 6)
    assert estimate.numbers["design_effect"] == pytest.approx(1 + (2 - 1) * 4 / 6)


def test_unequal_sites_have_an_average_size_between():
    """Sizes 1, 3 and 2, 2: n0 = (8 - 10/4 - 8/4) / 2 = 1.75."""
    one, two = [np.array([1.0]), np.array([2.0, 3, 4])], [np.array([5.0, 7]), np.array([1.0, 3])]
    between = 1 * (1 - 2.5) ** 2 + 3 * (3 - 2.5) ** 2 + 2 * (6 - 4) ** 2 + 2 * (2 - 4) ** 2
    ms_between, ms_within = between / 2, (2 + 2 + 2) / 4
    icc = (ms_between - ms_within) / (ms_between + 0.75 * ms_within)
    assert clusters.design(one, two) == pytest.approx((icc, 1 + (18 / 8 - 1) * icc))
    assert clusters.design([np.array([1.0]), np.array([2.0])], two[:1] * 2)[0] >= 0
    lonely = [np.array([value]) for value in (1.0, 2, 3)]
    assert clusters.design(lonely, lonely) == (0.0, 1.0)


def test_gaps_and_nothing():
    values, sites, sides = rows(CLINICS)
    values, sites, sides = [*values, None, 3, 3], [*sites, "a", None, "a"], [*sides, ORDER[0], ORDER[0], None]
    estimate = clusters.site_difference(values, sites, sides, order=ORDER)
    assert (estimate.point, estimate.n_used, estimate.missing) == (2, 12, 3)
    assert clusters.site_difference([], [], [], order=ORDER).empty_because.code == "nobody"
    assert clusters.site_difference([None], ["a"], [ORDER[0]], order=ORDER).empty_because.code == "all_missing"
    assert compare({"a": [1], "b": [2]}, first=("a", "b")).empty_because.code == "group_empty"


def test_sides_and_sites_must_fit():
    with pytest.raises(BadValue, match="differ in length"):
        clusters.site_difference([1], ["a"], [], order=ORDER)
    with pytest.raises(BadValue, match="neither"):
        clusters.site_difference([1], ["a"], ["later"], order=ORDER)
    with pytest.raises(BadValue, match="on both sides"):
        clusters.site_difference([1, 2], ["a", "a"], list(ORDER), order=ORDER)


def test_estimand_in_words():
    assert compare(CLINICS).estimand == "Mean of mentored less mean of not yet"
    assert compare(CLINICS, estimand="Gain").estimand == "Gain"
    assert "each site counts once" in compare(CLINICS).variant
    assert "Satterthwaite" in compare(CLINICS, weighing="people").variant


def test_sites_without_any_difference_are_marked():
    for weighing in ("sites", "people"):
        estimate = compare({site: [2, 2] for site in "abcdef"}, weighing=weighing)
        assert (estimate.low, estimate.point, estimate.high) == (0, 0, 0)
        assert "no_spread" in [one.code for one in estimate.warnings]
        assert "p" not in estimate.numbers


@given(st.lists(st.integers(0, 9), min_size=2, max_size=9), st.lists(st.integers(0, 9), min_size=2, max_size=9))
def test_one_person_per_site_is_the_plain_test(first, second):
    sites = range(len(first) + len(second))
    sides = [ORDER[0]] * len(first) + [ORDER[1]] * len(second)
    estimate = clusters.site_difference(first + second, sites, sides, order=ORDER)
    assert estimate.point == pytest.approx(np.mean(first) - np.mean(second))
    if len(set(first)) > 1 and len(set(second)) > 1:
        assert estimate.numbers["p"] == pytest.approx(stats.ttest_ind(first, second).pvalue)
        robust = clusters.site_difference(first + second, sites, sides, order=ORDER, weighing="people")
        welch = stats.ttest_ind(first, second, equal_var=False)
        assert robust.numbers["p"] == pytest.approx(welch.pvalue)
    assert estimate.numbers["design_effect"] == 1


def test_sites_that_share_nothing_have_no_intraclass_correlation():
    for clinics in ({site: [2, 2] for site in "abcdef"}, {site: [1, 5] for site in "abcdef"}):
        assert compare(clinics).numbers["design_effect"] == 1


def test_sites_are_unequal_when_one_is_more_than_three_times_another():
    for largest, codes in ((6, ["few_sites"]), (7, ["few_sites", "unequal_sizes"])):
        clinics = dict(CLINICS, a=list(range(largest)))
        assert [one.code for one in compare(clinics).warnings] == codes
