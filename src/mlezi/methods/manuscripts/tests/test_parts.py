"""Percentages that are parts of one whole."""

from mlezi.methods.manuscripts.checking import check
from mlezi.methods.manuscripts.finding import Verdict


def parts(text):
    return [finding for finding in check(text).findings if finding.check == "parts"]


def test_parts_that_add_up_within_rounding_hold():
    (finding,) = parts("Of 382 nurses, 120 (31.4%) were men, 200 (52.4%) women and 62 (16.2%) did not say.")

    assert (finding.verdict, finding.values["sum"]) == (Verdict.HOLDS, "100.0")


def test_parts_that_nearly_add_up_are_shown_with_their_sum():
    (finding,) = parts("They were male 40.2%, female 58.8% and other 2.4%.")

    assert (finding.verdict, finding.values["sum"]) == (Verdict.FAILS, "101.4")


def test_the_rows_of_a_table_are_added_up_column_by_column():
    table = """Table 1\tAll, n (%)\tWomen, n (%)
Sex
Male\t80 (40.0)\t0 (0.0)
Female\t120 (60.0)\t120 (100.0)
Cadre
Nurse\t100 (50.0)\t60 (50.0)
Doctor\t60 (30.0)\t36 (30.0)
Midwife\t41 (20.5)\t24 (20.0)
"""
    (finding,) = parts(table)

    assert (finding.verdict, finding.values["sum"]) == (Verdict.OPEN, "100.5")
    assert finding.quote == "100 (50.0), 60 (30.0), 41 (20.5)"


def test_answers_of_which_several_could_be_ticked_are_left_alone():
    assert not parts("They named time 60%, money 55% and distance 30%.")


def test_levels_of_intervals_are_no_parts():
    assert not parts("It was 2% (95% CI 1-3), 1% (95% CI 0-2) and 2% (95% CI 1-4).")


def test_a_list_with_a_word_for_the_rest_is_asked_about_when_it_is_further_off():
    (finding,) = parts("45.0% were nurses, 30.5% midwives, 20.0% clinical officers and 10.0% others.")

    assert (finding.verdict, finding.values["sum"]) == (Verdict.OPEN, "105.5")
