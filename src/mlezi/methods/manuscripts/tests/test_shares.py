"""Counts with their percentages, as papers print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from mlezi.methods.manuscripts.checking import check
from mlezi.methods.manuscripts.checks import intervals
from mlezi.methods.manuscripts.checks.shares import wholes_for
from mlezi.methods.manuscripts.finding import Verdict
from mlezi.methods.manuscripts.printed import Printed


def only(text):
    (finding,) = check(text).findings
    return finding


@pytest.mark.parametrize(
    "text",
    [
        "improved in 46/70 (65.7%) of them",
        "improved in 46 of 70 (65.7 %)",
        "improved in 46 out of the 70 nurses (65.7%)",
        "65.7% (46/70) improved",
        "65,7 % (46 of 70) improved",
        "65·7% (n = 46 of 70) improved",
        "Of 70 nurses, 46 (65.7%) improved",
        "Seventy nurses came; most (n = 46, 65.7%) improved",
        "1,234 of 4,323 (28.5%)",
        "(46/70; 65.7%)",
        "46 of 70, or 65.7%, improved",
        "46 sur 70 infirmières (65,7\u202f%)",
        "wauguzi 46 kati ya wote 70 (65,7\u2009%)",
        "of the 70, 65.7 % (n = 46) improved",
        "46 kati ya 70 (asilimia 65.7) walipona",
        "Asilimia 65.7 (46/70) walipona",
        "65.7 percent (46/70) improved",
        "improved in 46 of 70 (65.7 per cent)",
        "Forty-six of 70 (65.7%) improved",
    ],
)
def test_a_right_percentage_holds_however_it_is_written(text):
    assert only(text).verdict is Verdict.HOLDS


# The two slips of the abstract about tele-mentoring in Zambia (systems.md, S08).
def test_a_wrong_percentage_is_told_with_the_right_one():
    finding = only("8/70 (11.5%) reported a lack of ownership")

    assert (finding.verdict, finding.would_be) == (Verdict.FAILS, "11.4 %")
    assert finding.code == "share_impossible"  # no count out of 70 is printed as 11.5


def test_a_slip_of_the_count_is_told_with_the_counts_that_would_fit():
    assert only("45/70 (65.7%)").values["counts"] == "46"


def test_digits_that_were_cut_off_are_told_from_a_slip():
    finding = only("16/70 (22.8%) named inclusiveness")

    assert (finding.code, finding.would_be) == ("share_cut", "22.9 %")


def test_a_part_larger_than_its_whole_fails():
    assert only("120/100 (120%)").code == "more_than_all"


def test_a_whole_that_the_text_does_not_name_is_asked_for():
    finding = only("Of those, 36 (55%) answered.")

    assert (finding.verdict, finding.would_be) == (Verdict.OPEN, "N = 65–66")


def test_years_are_no_counts():
    assert not check("It began in 2016 (12%) and ended.").findings


def test_tables_print_percentages_without_the_sign():
    found = check(
        "Table 1  n (%)\nAll (N = 70)\nWomen  46 (65.7)\nMen  24 (34.2)\n\nLater 3 (9.9) is no share"
    ).findings

    assert [finding.verdict for finding in found] == [Verdict.HOLDS, Verdict.FAILS]


# Newcombe 1998, Table I: 81 of 263, Wilson .2553 to .3662, exact .2527 to .3676.
@pytest.mark.parametrize(
    ("low", "high", "method"),
    [("25.5", "36.6", "Wilson"), ("25.3", "36.8", "Clopper-Pearson"), ("25.2", "36.4", "Wald")],
)
def test_the_method_of_an_interval_is_recognised(low, high, method):
    interval, share = check(f"81/263 (30.8%; 95% CI {low}-{high})").findings

    assert share.verdict is Verdict.HOLDS
    assert interval.values["method"] == method


def test_an_interval_that_no_method_gives_fails_with_wilsons():
    interval, _ = check("15/148 (10.1 %, 95 % CI 6.2–16.9)").findings

    assert (interval.verdict, interval.would_be) == (Verdict.FAILS, "6.2–16.0")


@given(count=st.integers(0, 500), more=st.integers(1, 500), decimals=st.integers(0, 3))
def test_what_is_computed_and_rounded_always_holds(count, more, decimals):
    of = count + more

    assert only(f"{count}/{of} ({100 * count / of:.{decimals}f}%)").verdict is Verdict.HOLDS


@given(count=st.integers(1, 300), more=st.integers(0, 300), decimals=st.integers(0, 2))
def test_the_true_whole_is_among_those_that_fit(count, more, decimals):
    of = count + more
    low, high = wholes_for(count, Printed.of(f"{100 * count / of:.{decimals}f}"))

    assert low <= of <= high


@given(st.text(max_size=300))
def test_any_text_can_be_checked(text):
    check(text)


def test_a_share_without_a_whole_is_held_against_the_whole_of_all_others():
    """As an abstract prints it: n = 70 once, then counts with percentages only."""
    text = "Participants (n=70) named skills 46 (65.7%), practice 47 (67.1%), workload 22 (31.4%), ownership 8 (11.5%)."
    *others, last = check(text).findings

    assert {one.verdict for one in others} == {Verdict.HOLDS}
    assert (last.verdict, last.would_be, last.values["of"]) == (Verdict.FAILS, "11.4 %", 70)


def test_a_whole_is_no_count():
    text = "Skills 46 (65.7%), practice 47 (67.1%), workload 22 (31.4%) of 70; a few of 40 (30%) came."

    assert {one.verdict for one in check(text).findings} == {Verdict.HOLDS}


def test_an_interval_may_stand_before_the_count():
    interval, share = check("Prevalence was 30.8% (95% CI 25.5 to 36.6; 81/263).").findings

    assert (interval.values["method"], share.verdict) == ("Wilson", Verdict.HOLDS)


def test_a_table_about_others_is_not_held_against_the_whole_of_the_text():
    text = "All 70: skills 46 (65.7%), practice 47 (67.1%), workload 22 (31.4%).\n\nTable 2. n (%)\n"

    found = check(text + "Trained 12 (48.0)\nNot 13 (52.0)\n").findings
    assert [one.would_be for one in found if one.verdict is not Verdict.HOLDS] == ["N = 25", "N = 25"]
    found = check(text + "A 7 (10.0)\nB 14 (20.0)\nC 21 (30.0)\nD 8 (11.5)\n").findings
    assert [one.would_be for one in found if one.verdict is Verdict.FAILS] == ["11.4 %"]


def test_two_shares_are_too_few_to_tell_the_whole_of_a_third():
    *_, last = check("Of 70, skills 46 (65.7%), practice 47 (67.1%), ownership 8 (11.5%).").findings

    assert last.code == "no_whole_possible"


# What stands in sensible manuscripts and says nothing that could be wrong.
@pytest.mark.parametrize(
    "text",
    [
        "Blood pressure was 120/80 (95 % of readings were taken seated).",
        "The line answers 24/7 (100% of calls).",
        "In the school year 2021/22 (45% of the total) none came.",
        "Vision was 6/12 (20% of eyes).",
        "The ratio was 3/1 (75% women), and of mentors to mentees 1:4 (25%).",
        "From 12/03/2021 (10% of sites) to 26.11.2022 (all).",
        "In all, 12 of 40 nurses came, and 55% of doctors.",
        "Of them 12 of 40 nurses scored 80% or more.",
        "Half of them (28,5 %) came back.",
        "Phase 2 (50%), Figure 3 (20%), a BMI of ≥ 30 (15%), 10 mg (5%).",
        "OR 2.1 (95% CI 1.3–3.4; p = 0.002), HR 0.84 (0.71-0.99), see 12/34.",
        "α = 0.84 (95% CI 0.74–0.92), a mean of 4.2 (SD 0.7), median 5 (IQR 3–8).",
    ],
)
def test_what_is_no_share_of_a_count_is_left_alone(text):
    assert not check(text).findings


@pytest.mark.parametrize(
    "text",
    ["46/70 (66.7% of nurses)", "46 of 70, or 66.7%, improved", "75/70 (95%)", "wauguzi 46 kati ya wauguzi 70 (66,7%)"],
)
def test_slips_are_still_seen_in_the_same_shapes(text):
    assert only(text).verdict is Verdict.FAILS


# Newcombe 1998, Table I, method 4: .0598 to .1644, which R's prop.test gives without being asked.
def test_wilson_with_a_continuity_correction_is_recognised():
    interval, _ = check("15/148 (10.1%; 95% CI 5.98-16.44)").findings

    assert interval.values["method"] == "Wilson with a continuity correction"


@pytest.mark.parametrize(("name", "theirs"), [("Agresti-Coull", "agresti_coull"), ("Jeffreys", "jeffreys")])
@pytest.mark.parametrize(("count", "of"), [(15, 148), (0, 20), (20, 20), (81, 263)])
def test_statsmodels_gives_the_same(name, theirs, count, of):
    low, high = dict(intervals.methods(count, of, 0.95))[name]

    assert (low, high) == pytest.approx(
        proportion_confint(count, of, method=theirs), abs=0.02 if count in (0, of) else 1e-9
    )


def test_a_wider_interval_is_asked_about_where_the_text_speaks_of_clusters():
    text = "15/148 (10.1%; 95% CI 4.0-19.0)"

    assert check(text).findings[0].verdict is Verdict.FAILS
    assert check(f"Errors are robust to clustering. {text}").findings[0].code == "interval_adjusted"
    assert check(f"Errors are robust to clustering. {text.replace('4.0', '10.2')}").findings[0].verdict is Verdict.FAILS


@given(count=st.integers(0, 60), more=st.integers(0, 60), level=st.sampled_from([0.8, 0.95, 0.99]))
def test_every_interval_lies_between_none_and_all(count, more, level):
    for name, (low, high) in intervals.methods(count, count + more or 1, level):
        assert 0 <= low <= high <= 1, name


def test_means_in_a_table_are_no_shares_and_the_text_after_it_is_no_table():
    table = "Women\tn (%)\nAll\t70\nNurses\t46 (65.7)\nAge, mean (SD)\t34 (6.2)\nLater 12 (3.4) was the mean."

    assert [finding.quote for finding in check(table).findings] == ["46 (65.7)"]
