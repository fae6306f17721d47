"""How long people stay: curve, median, restricted mean, log-rank."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.statistics import log_rank, rmst, survival
from mlezi.methods.statistics.tests.published import columns
from mlezi.methods.statistics.values import BadValue

LUNG = columns("lung")
# Miller 1981, Survival Analysis, page 49: weeks in remission of acute myeloid leukaemia; R `survival::aml`.
KEPT = ([9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161], [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0])
NOT_KEPT = ([5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45], [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1])
spells = st.lists(st.tuples(st.integers(1, 30), st.integers(0, 1)), min_size=1, max_size=40)


@pytest.mark.parametrize(("transform", "low", "high"), [("log-log", 284, 361), ("log", 285, 363)])
def test_lung_median(transform, low, high):
    """R prints 228 patients, 165 events, median 310, interval 285 to 363 ("log") or 284 to 361 ("log-log")."""
    median = survival.kaplan_meier(LUNG["days"], LUNG["died"], transform=transform).median()
    assert (median.point, median.low, median.high) == (310, low, high)
    assert (median.n_used, median.numbers["events"]) == (228, 165)
    assert transform in median.variant


def test_leukaemia_table():
    """R: summary(survfit(Surv(time, status) ~ x, aml)), maintained group; intervals of the "log" kind."""
    curve = survival.kaplan_meier(*KEPT, transform="log")
    at_events = [step for step in curve.steps if step.events]
    assert [step.time for step in at_events] == [9, 13, 18, 23, 31, 34, 48]
    assert [step.at_risk for step in at_events] == [11, 10, 8, 7, 5, 4, 2]
    assert [round(step.staying, 3) for step in at_events] == [0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184]
    assert [round(step.low, 4) for step in at_events] == [0.7541, 0.6192, 0.4884, 0.3769, 0.2549, 0.1549, 0.0359]
    assert [round(step.high, 3) for step in at_events] == [1, 1, 1, 0.999, 0.946, 0.875, 0.944]
    assert [step.censored for step in curve.steps] == [0, 1, 0, 0, 1, 0, 0, 1, 0, 1]


def test_leukaemia_medians():
    """R: medians 31 (18, NA) and 23 (8, NA)."""
    kept, not_kept = (survival.kaplan_meier(*group, transform="log").median() for group in (KEPT, NOT_KEPT))
    assert (kept.point, kept.low, kept.high) == (31, 18, None)
    assert (not_kept.point, not_kept.low, not_kept.high) == (23, 8, None)
    assert "bound_open" in [one.code for one in kept.warnings]


def test_share_staying_at_a_time():
    curve = survival.kaplan_meier(*KEPT)
    assert round(curve.at(20).point, 4) == 0.7159
    assert curve.at(20).numbers == {"at_risk": 7, "events": 3}
    assert [curve.at_risk(time) for time in (0, 9, 9.5, 161, 162)] == [11, 11, 10, 1, 0]
    assert (curve.at(5).low, curve.at(5).point) == (None, 1)  # while nobody has left
    assert "tail_thin" in [one.code for one in curve.at(20).warnings]
    assert "tail_thin" not in [one.code for one in curve.at(9.5).warnings]
    beyond = curve.at(162)
    assert beyond.is_empty
    assert "beyond 161" in str(beyond.empty_because)
    assert survival.kaplan_meier(*NOT_KEPT).at(99).point == 0


def test_fewer_than_ten_people_are_marked():
    nine, ten = ([place + 1 for place in range(n)] for n in (9, 10))
    assert [one.code for one in survival.kaplan_meier(nine, [1] * 9).warnings] == ["few"]
    assert survival.kaplan_meier(ten, [1] * 10).warnings == ()
    assert survival.kaplan_meier([], []).warnings == ()


def test_nobody_left_means_no_median():
    median = survival.kaplan_meier([5, 6, 7], [0, 0, 0]).median()
    assert (median.point, median.low, median.high, median.is_empty) == (None, None, None, False)
    assert [one.code for one in median.warnings] == ["few", "not_reached"]


def test_gaps_and_nobody():
    curve = survival.kaplan_meier([5, None, 7], [1, 1, None])
    assert (curve.n_used, curve.n_eligible) == (1, 3)
    nobody = survival.kaplan_meier([], [])
    for estimate in (nobody.median(), nobody.at(3), rmst.restricted_mean(nobody, tau=3)):
        assert estimate.empty_because.code == "nobody"
    assert survival.kaplan_meier([None], [1]).median().empty_because.code == "all_missing"


@pytest.mark.parametrize(
    ("times", "left", "entered", "words"),
    [
        ([1], [2], None, "1 .left. or 0"),
        ([-1], [1], None, "before the start"),
        ([1], [1], [-1], "before the start"),
        ([3], [1], [3], "at or before"),
        ([1, 2], [1], None, "differ in length"),
        (["3 years"], [1], None, "time 1 is text"),
    ],
)
def test_impossible_spells_are_refused(times, left, entered, words):
    with pytest.raises(BadValue, match=words):
        survival.kaplan_meier(times, left, entered=entered)


def test_late_entry_by_hand():
    """Known from 0, 2 and 4; left at 3, 5 and 6. At 3 two are followed (1/2), at 5 two (1/4), at 6 one (0)."""
    curve = survival.kaplan_meier([3, 5, 6], [1, 1, 1], entered=[0, 2, 4])
    assert [(step.at_risk, step.staying) for step in curve.steps] == [(2, 0.5), (2, 0.25), (1, 0)]
    assert curve.at_risk(4) == 1
    assert "late_entry" in [one.code for one in curve.warnings]
    assert "cold_start" not in [one.code for one in curve.warnings]


def test_a_start_without_anybody_and_a_curve_that_ran_out_are_marked():
    codes = [one.code for one in survival.kaplan_meier([2, 9], [1, 1], entered=[1, 3]).warnings]
    assert codes == ["few", "late_entry", "cold_start", "ran_out"]


def test_somebody_who_leaves_on_the_first_day_counts():
    curve = survival.kaplan_meier([0, 1], [1, 1])
    assert [(step.at_risk, step.staying) for step in curve.steps] == [(2, 0.5), (1, 0)]


@pytest.mark.parametrize(
    ("times", "left", "tau", "mean", "se"),
    [
        (LUNG["days"], LUNG["died"], 1022, 376.3, 19.7),
        (*KEPT, 161, 52.6, 19.8),
        (*NOT_KEPT, 161, 22.7, 4.2),
    ],
)
def test_restricted_means_printed_by_r(times, left, tau, mean, se):
    """R: print(survfit(...), print.rmean = TRUE); 52.645 is printed as 52.6."""
    estimate = rmst.restricted_mean(survival.kaplan_meier(times, left), tau=tau)
    assert estimate.point == pytest.approx(mean, abs=0.051)
    assert round(estimate.numbers["se"], 1) == se
    assert estimate.numbers["tau"] == tau


def test_restricted_mean_by_hand():
    """Two of four leave at 1 and 3; one is last seen at 2, one at 4. To 4: 1 + .75 * 2 + .375 * 1 = 2.875."""
    curve = survival.kaplan_meier([1, 2, 3, 4], [1, 0, 1, 0])
    estimate = rmst.restricted_mean(curve, tau=9)
    variance = 1.875**2 / (4 * 3) + 0.375**2 / (2 * 1)
    assert (estimate.point, estimate.numbers["tau"]) == (2.875, 4)
    assert estimate.numbers["se"] == pytest.approx(variance**0.5)
    assert estimate.high == pytest.approx(2.875 + 1.959963984540054 * variance**0.5)
    assert "tau_beyond" in [one.code for one in estimate.warnings]
    assert rmst.restricted_mean(curve, tau=1).point == 1
    assert rmst.restricted_mean(curve, tau=1).numbers["se"] == 0
    with pytest.raises(BadValue, match="above zero"):
        rmst.restricted_mean(curve, tau=0)


def test_estimands_in_words():
    curve = survival.kaplan_meier(*KEPT)
    assert rmst.restricted_mean(curve, tau=45).estimand == "Mean time stayed, counted up to 45"
    assert rmst.restricted_mean(curve, tau=45, estimand="Months in post").estimand == "Months in post"
    assert "counted up to 45" in rmst.restricted_mean_difference(curve, curve, tau=45).estimand
    named = rmst.restricted_mean_difference(curve, curve, tau=45, estimand="Months won")
    assert (named.estimand, named.point) == ("Months won", 0)
    assert curve.at(20, estimand="Still here").estimand == "Still here"
    assert curve.at(20).estimand == "Share staying beyond 20"


def test_difference_of_restricted_means():
    one, two = survival.kaplan_meier(*KEPT), survival.kaplan_meier(*NOT_KEPT)
    estimate = rmst.restricted_mean_difference(one, two, tau=45)
    parts = [rmst.restricted_mean(curve, tau=45) for curve in (one, two)]
    assert estimate.point == pytest.approx(parts[0].point - parts[1].point)
    se = (parts[0].numbers["se"] ** 2 + parts[1].numbers["se"] ** 2) ** 0.5
    assert estimate.numbers["se"] == pytest.approx(se)
    assert estimate.low == pytest.approx(estimate.point - 1.959963984540054 * se)
    assert estimate.numbers["z"] == pytest.approx(estimate.point / se)
    assert 0.05 < estimate.numbers["p"] < 0.2
    assert (estimate.n_used, estimate.numbers["tau"]) == (23, 45)
    assert rmst.restricted_mean_difference(one, two, tau=999).numbers["tau"] == 161
    empty = rmst.restricted_mean_difference(one, survival.kaplan_meier([], []), tau=9)
    assert "“second”" in str(empty.empty_because)


def test_lung_log_rank():
    """R: survdiff(Surv(time, status) ~ sex, lung): 53 observed, 73.4 expected; chisq 10.3, p 0.00131 (10.327)."""
    test = log_rank.log_rank(LUNG["days"], LUNG["died"], LUNG["sex"])
    assert (round(test.point, 3), test.numbers["df"]) == (10.327, 1)
    assert round(test.numbers["p"], 5) == 0.00131
    ratio = log_rank.hazard_ratio(LUNG["days"], LUNG["died"], LUNG["sex"], first=2.0)
    assert (ratio.numbers["observed"], round(ratio.numbers["expected"], 1)) == (53, 73.4)
    assert ratio.numbers["chi2"] == pytest.approx(test.point)
    assert 0.4 < ratio.low < ratio.point < ratio.high < 0.83
    other = log_rank.hazard_ratio(LUNG["days"], LUNG["died"], LUNG["sex"], first=1.0)
    assert other.point == pytest.approx(1 / ratio.point)
    assert ratio.numbers["p"] == pytest.approx(test.numbers["p"])


def test_leukaemia_log_rank():
    """R: survdiff on aml: chisq = 3.4 on 1 degree of freedom, p = 0.07 (3.396, .0653)."""
    times, left = KEPT[0] + NOT_KEPT[0], KEPT[1] + NOT_KEPT[1]
    test = log_rank.log_rank(times, left, ["kept"] * 11 + ["not"] * 12)
    assert (round(test.point, 2), round(test.numbers["p"], 4)) == (3.40, 0.0653)


def test_lifelines_agrees_on_three_groups_with_late_entry():
    statistics = pytest.importorskip("lifelines.statistics")
    times, left = LUNG["days"][:120], LUNG["died"][:120]
    groups = [place % 3 for place in range(120)]
    theirs = statistics.multivariate_logrank_test(times, groups, left)
    ours = log_rank.log_rank(times, left, groups)
    assert (ours.point, ours.numbers["df"]) == (pytest.approx(theirs.test_statistic), 2)
    lifelines = pytest.importorskip("lifelines")
    entered = [time / 3 for time in times]
    curve = survival.kaplan_meier(times, left, entered=entered)
    fitted = lifelines.KaplanMeierFitter().fit(times, left, entry=entered)
    assert curve.at(300).point == pytest.approx(float(fitted.predict(300)))


def test_what_a_log_rank_test_refuses():
    test = log_rank.log_rank
    assert test([], [], []).empty_because.code == "nobody"
    assert test([1, 2], [1, 1], ["a", "a"]).empty_because.code == "too_few_for_estimate"
    assert "“b”" in str(test([1, None], [1, 1], ["a", "b"]).empty_because)
    assert "nobody has left" in str(test([1, 2], [0, 0], ["a", "b"]).empty_because)
    apart = test([1, 9], [1, 1], ["a", "b"], entered=[0, 5])
    assert "never under observation" in str(apart.empty_because)
    with pytest.raises(BadValue, match="2 times but 1 groups"):
        test([1, 2], [1, 1], ["a"])
    ratio = log_rank.hazard_ratio
    for groups, first in ((["a", "b", "c"], "a"), (["a", "b", "b"], "z")):
        with pytest.raises(BadValue, match="two groups"):
            ratio([1, 2, 3], [1, 1, 1], groups, first=first)
    assert ratio([1, 2], [0, 0], ["a", "b"], first="a").is_empty
    unknown = test([1, 2, 3, 4], [1, 1, 1, 1], ["a", "b", "a", None])
    assert (unknown.n_used, unknown.missing) == (3, 1)


@given(spells)
def test_without_censoring_the_curve_is_the_plain_share(rows):
    times = [time for time, _ in rows]
    curve = survival.kaplan_meier(times, [1] * len(times))
    for step in curve.steps:
        assert step.staying == pytest.approx(sum(time > step.time for time in times) / len(times))
    mean = rmst.restricted_mean(curve, tau=40)
    assert mean.point == pytest.approx(sum(times) / len(times))


@given(spells)
def test_curves_fall_within_their_band(rows):
    times, left = zip(*rows, strict=True)
    for transform in ("log-log", "log"):
        curve = survival.kaplan_meier(times, left, transform=transform)
        before = 1.0
        for step in curve.steps:
            assert 0 <= step.low <= step.staying + 1e-12
            assert step.staying <= step.high + 1e-12
            assert step.staying <= before
            before = step.staying
        assert sum(step.events + step.censored for step in curve.steps) == len(rows)


def test_the_share_at_the_very_day_of_a_leaving_and_at_the_last_day():
    """A curve steps down on the day itself, and its last day is still part of it."""
    curve = survival.kaplan_meier([1, 2, 3, 4], [1, 0, 1, 0])

    assert curve.at(1).point == 0.75
    assert curve.at(3).point == pytest.approx(0.375)
    assert curve.at(3).numbers["events"] == 2
    assert curve.at(4).point == pytest.approx(0.375)
    assert curve.at(4.5).empty_because.code == "beyond_follow_up"


def test_who_came_under_observation_on_day_one_came_late():
    curve = survival.kaplan_meier([5, 6, 7], [1, 0, 1], entered=[0, 1, 0])

    assert [dict(one.values)["n"] for one in curve.warnings if one.code == "late_entry"] == [1]


def test_the_interval_of_a_restricted_mean_lies_evenly_around_it():
    estimate = rmst.restricted_mean(survival.kaplan_meier(*KEPT), tau=161)
    assert estimate.high - estimate.point == pytest.approx(estimate.point - estimate.low)
    assert estimate.low < estimate.point


def test_a_difference_without_any_error_has_no_test():
    curve = survival.kaplan_meier([5, 6, 7], [1, 1, 1])
    estimate = rmst.restricted_mean_difference(curve, curve, tau=4)  # nobody has left by then
    assert (estimate.point, estimate.low, estimate.high) == (0, 0, 0)
    assert "z" not in estimate.numbers
