"""Means with SD and interval: which n explains them."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from mlezi.methods.manuscripts.checking import check
from mlezi.methods.manuscripts.finding import Verdict


def only(text):
    (finding,) = check(text).findings
    return finding


# The four domains of the needs assessment in Ghana (systems.md, S07): 316 people answered, but the intervals are
# t-intervals over the domains' topics, of which there are 8, 14, 10 and 15.
@pytest.mark.parametrize(
    ("figures", "topics"),
    [
        ("80.59 ± 9.024; 95% CI = 73.04-88.13", "8"),
        ("78.0 ± 6.973; 95% CI = 73.97-82.03", "14"),
        ("73.97 ± 10.65; 95% CI = 66.35-81.59", "10"),
        ("72.82 ± 9.719; 95% CI = 67.44-78.2", "15"),
    ],
)
def test_the_n_behind_an_interval_is_found(figures, topics):
    finding = only(f"A total of 316 professionals took part (mean = {figures}).")

    assert finding.values["fits"] == topics
    assert (finding.verdict, finding.code) == (Verdict.OPEN, "mean_fits_unnamed_n")


def test_an_n_that_the_text_names_settles_it():
    assert only("Eight topics: 80.59 ± 9.024 (95% CI 73.04 to 88.13)").verdict is Verdict.HOLDS


@pytest.mark.parametrize(
    "text",
    [
        "4.652 (SD 0.898, n = 2800; 95% CI 4.619 to 4.685)",  # bfi agreeableness (statistics.md)
        "-1.58 (SD 1.23) [95% CI -2.46 to -0.70], n = 10",  # R's sleep data
        "12,5 ± 3,1 (95 % CI 10,1–14,9), n = 9",
        "The mean age was 34.2 ± 8.1 years (95% CI 32.9–35.5; n = 150)",
        "The mean (SD) score was 12.4 (3.1), 95% CI 11.8-13.0, n = 104",
        "M = 3.4, SD = .8, 95% CI [3.1, 3.7], n = 30",  # as psychologists print it
        "34,5 ans (ET 6,2 ; IC à 95\u202f% 33,0 à 36,0), n = 68",
    ],
)
def test_an_interval_with_its_n_holds(text):
    assert only(text).code == "mean_holds"


def test_another_n_than_the_one_printed_fails_with_both():
    finding = only("80.59 ± 9.024 (n = 316; 95% CI 73.04-88.13)")

    assert (finding.code, finding.values["fits"], finding.would_be) == ("mean_other_n", "8", "79.59–81.59")


def test_an_interval_that_is_not_centred_is_no_t_interval():
    assert only("20.0 ± 5.0 (95% CI 18.0-25.0)").code == "not_centred"


def test_no_n_fits_an_interval_wider_than_that_of_two():
    assert only("20.0 ± 1.0 (95% CI 0.0-40.0)").code == "no_n_fits"


@given(
    n=st.integers(2, 5000),
    mean=st.floats(-500, 500, allow_nan=False),
    sd=st.floats(0.1, 100, allow_nan=False),
    decimals=st.integers(1, 4),
)
def test_the_n_that_made_an_interval_is_among_those_that_fit(n, mean, sd, decimals):
    half = t.ppf(0.975, n - 1) * sd / sqrt(n)
    low, high = f"{mean - half:.{decimals}f}", f"{mean + half:.{decimals}f}"

    finding = only(f"{mean:.{decimals}f} ± {sd:.{decimals}f} (95% CI {low} to {high}), n = {n}")

    assert finding.verdict is Verdict.HOLDS


@pytest.mark.parametrize("text", ["3.4 ± 0.8, 1-5", "34.5 years (SD 6.2; range 22–58)", "3.4±0.8 (n = 40) vs 3.9±0.7"])
def test_a_range_is_no_interval(text):
    assert not check(text).findings
