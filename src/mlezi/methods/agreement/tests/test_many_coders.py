"""Many coders, with gaps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.agreement import many_coders, two_coders
from mlezi.methods.agreement.tests.matrices import FLEISS, KRIPPENDORFF
from mlezi.methods.statistics.values import BadValue


def test_four_raters_with_gaps():
    """irrCAC vignette: .81818; AC1 .77544 (se .14295, .461 to 1), Fleiss .76117 (.15302), Conger .76282 (.14917), BP
    .77273 (.14472)."""
    found = many_coders.agreement(KRIPPENDORFF, unit="unit")

    assert round(found.percent.point, 5) == 0.81818
    assert round(found.ac1.point, 5) == 0.77544
    assert round(found.ac1.numbers["se"], 5) == 0.14295
    assert (round(found.ac1.low, 3), found.ac1.high) == (0.461, 1)
    assert round(found.fleiss.point, 5) == 0.76117
    assert round(found.conger.point, 5) == 0.76282
    assert round(found.brennan_prediger.point, 5) == 0.77273
    others = (found.fleiss, found.conger, found.brennan_prediger)
    assert [round(one.numbers["se"], 5) for one in others] == [0.15302, 0.14917, 0.14472]
    assert (found.ac1.n_used, found.ac1.n_eligible, found.percent.n_eligible) == (11, 12, 12)
    assert "1 unit has fewer" in str(found.ac1.warnings[0])
    assert found.percent.high == 1


def test_psychiatric_diagnoses():
    """Fleiss 1971: kappa .430; irr prints .430245."""
    fleiss = many_coders.agreement(FLEISS, unit="patient").fleiss
    assert round(fleiss.point, 6) == 0.430245
    assert fleiss.warnings == ()


def test_ten_subjects_and_fourteen_raters():
    """The worked example of many textbooks: ten subjects, fourteen ratings, five categories; kappa .210."""
    counts = [
        (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
    ]  # fmt: skip
    rows = [[code for code, times in enumerate(row) for _ in range(times)] for row in counts]
    assert round(many_coders.agreement(rows, unit="subject").fleiss.point, 3) == 0.210


def test_few_units_and_skewed_margins_are_marked():
    nine, ten = [("no", "no")] * 8 + [("no", "yes")], [("no", "no")] * 9 + [("no", "yes")]
    codes = [[one.code for one in many_coders.agreement(units, unit="turn").fleiss.warnings] for units in (nine, ten)]
    assert codes == [["few", "skewed_margins"], ["skewed_margins"]]
    found = many_coders.agreement(ten, unit="turn")
    assert [one.code for one in found.conger.warnings] == ["skewed_margins"]
    assert found.ac1.warnings == found.brennan_prediger.warnings == ()
    four_of_five = [("no", "no")] * 4 + [("yes", "yes")]
    assert "skewed_margins" in [one.code for one in many_coders.agreement(four_of_five, unit="turn").fleiss.warnings]


def test_conger_by_hand():
    """Coders choose a: 1, 1/2, 0 of the time. Pairs: chance .5, 0, .5, so 1/3. Agreeing pairs: 1 of 3 per unit."""
    found = many_coders.agreement([("a", "a", "b"), ("a", "b", "b")], unit="turn")
    assert found.conger.numbers["chance"] == pytest.approx(1 / 3)
    assert found.conger.point == pytest.approx(0)
    assert found.fleiss.numbers["chance"] == pytest.approx(0.5)


def test_a_coder_who_never_coded_does_not_count():
    rows = [("a", "a", None), ("a", "b", None), ("b", "b", None)]
    whole, less = (
        many_coders.agreement(rows, unit="turn"),
        many_coders.agreement([row[:2] for row in rows], unit="turn"),
    )
    assert whole.conger.point == pytest.approx(less.conger.point)
    assert whole.conger.numbers["se"] == pytest.approx(less.conger.numbers["se"])


def test_what_has_no_coefficient():
    for units, code in (([], "nobody"), ([("a", None)], "all_missing"), ([("a", "a")], "one_category")):
        found = many_coders.agreement(units, unit="turn")
        for name in ("fleiss", "conger", "ac1", "brennan_prediger"):
            assert getattr(found, name).empty_because.code == code
    with pytest.raises(BadValue, match="one place per coder"):
        many_coders.agreement([("a",), ("a", "b")], unit="turn")
    with pytest.raises(BadValue, match="not one of the categories"):
        many_coders.agreement([("a", "z")], unit="turn", categories=["a", "b"])


@given(st.lists(st.lists(st.sampled_from(["a", "b", None]), min_size=3, max_size=3), min_size=2, max_size=12))
def test_coefficients_and_intervals_are_in_order(rows):
    found = many_coders.agreement(rows, unit="turn", categories=["a", "b", "c"])
    for name in ("fleiss", "conger", "ac1", "brennan_prediger"):
        estimate = getattr(found, name)
        if not estimate.is_empty:
            assert estimate.point <= 1
            if estimate.low is not None:
                assert estimate.low <= estimate.point <= estimate.high <= 1


def test_standard_errors_are_those_of_leaving_out_one_unit_at_a_time():
    dice = np.random.default_rng(8)
    truth = dice.integers(0, 3, size=80)
    units = [tuple(int(one if dice.random() < 0.7 else dice.integers(0, 3)) for _ in range(4)) for one in truth]
    found = many_coders.agreement(units, unit="turn")
    without = [many_coders.agreement(units[:n] + units[n + 1 :], unit="turn") for n in range(len(units))]
    for name in ("ac1", "fleiss", "conger", "brennan_prediger"):
        points = np.array([getattr(one, name).point for one in without])
        jackknife = ((len(units) - 1) * np.mean((points - points.mean()) ** 2)) ** 0.5
        assert getattr(found, name).numbers["se"] == pytest.approx(jackknife, rel=0.02), name


def test_of_two_coders_congers_is_cohens():
    rows = [("a", "a"), ("a", "b"), ("b", "b"), ("b", "b"), ("a", "a"), ("b", "a"), ("a", "a"), ("b", "b")]

    of_many = many_coders.agreement(rows, unit="turn").conger
    of_two = two_coders.agreement(*zip(*rows, strict=True), unit="turn").kappa

    assert of_many.numbers["chance"] == pytest.approx(0.5)
    assert of_many.point == pytest.approx(of_two.point)
