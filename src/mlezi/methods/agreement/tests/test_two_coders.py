"""Two coders on the same units."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.agreement import many_coders, two_coders
from mlezi.methods.agreement.tests.matrices import ABSTRACTORS, ANXIETY, VISION, unfolded
from mlezi.methods.statistics.values import BadValue

COEFFICIENTS = ("kappa", "scott", "ac1", "brennan_prediger")
pairs = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30)


def test_two_abstractors():
    """irrCAC vignette: .89; kappa .7964094 (se .05891, .680 to .913), Scott .7962397, AC1 .8493305, BP .835."""
    found = two_coders.agreement(*unfolded(ABSTRACTORS), unit="record")

    assert found.percent.point == 0.89
    assert round(found.kappa.point, 7) == 0.7964094
    assert round(found.kappa.numbers["se"], 5) == 0.05891
    assert (round(found.kappa.low, 3), round(found.kappa.high, 3)) == (0.680, 0.913)
    assert round(found.scott.point, 7) == 0.7962397
    assert round(found.ac1.point, 7) == 0.8493305
    assert found.brennan_prediger.point == pytest.approx(0.835)
    assert found.kappa.estimand == "Chance-corrected agreement per record"


def test_unaided_vision():
    """irr: kappa .5954, with linear weights .6524."""
    eyes = unfolded(VISION)
    assert round(two_coders.agreement(*eyes, unit="woman").kappa.point, 4) == 0.5954
    linear = two_coders.agreement(*eyes, unit="woman", weights="linear").kappa
    assert round(linear.point, 4) == 0.6524
    assert "4 categories, linear weights" in linear.variant


def test_anxiety_ratings():
    """irr: raters 1 and 2, kappa .1195, squared weights .2968."""
    first, second, _ = zip(*ANXIETY, strict=True)
    assert round(two_coders.agreement(first, second, unit="person").kappa.point, 4) == 0.1195
    squared = two_coders.agreement(first, second, unit="person", weights="squared", categories=range(1, 7))
    assert round(squared.kappa.point, 4) == 0.2968


def test_the_order_of_categories_matters_for_weights_only():
    first, second, _ = zip(*ANXIETY, strict=True)
    odd = [6, 1, 5, 2, 4, 3]
    plain = two_coders.agreement(first, second, unit="person", categories=odd)
    assert plain.kappa.point == pytest.approx(two_coders.agreement(first, second, unit="person").kappa.point)
    weighted = two_coders.agreement(first, second, unit="person", categories=odd, weights="linear")
    assert weighted.kappa.point != two_coders.agreement(first, second, unit="person", weights="linear").kappa.point
    for weights in ("none", "linear", "squared"):
        matrix = two_coders.weight_matrix(3, weights)
        assert matrix[0].tolist() == {"none": [1, 0, 0], "linear": [1, 0.5, 0], "squared": [1, 0.75, 0]}[weights]
    with pytest.raises(ValueError, match="cubic"):
        two_coders.weight_matrix(3, "cubic")


def test_unused_categories_change_what_chance_is_for_ac1():
    """10 and 2 categories: Brennan-Prediger (.75 - 1/q) / (1 - 1/q)."""
    first, second = ["a", "a", "b", "b"], ["a", "a", "b", "a"]
    two, ten = (two_coders.agreement(first, second, unit="turn", categories=list("abcdefghij")[:q]) for q in (2, 10))
    assert two.brennan_prediger.point == pytest.approx(0.5)
    assert ten.brennan_prediger.point == pytest.approx(0.65 / 0.9)
    assert ten.ac1.point > two.ac1.point
    assert ten.kappa.point == pytest.approx(two.kappa.point)


def test_skewed_margins_send_the_reader_to_ac1():
    first, second = ["no"] * 19 + ["yes"], ["yes"] + ["no"] * 19
    found = two_coders.agreement(first, second, unit="turn")
    assert found.percent.point == 0.9
    assert found.kappa.point < 0
    assert found.ac1.point > 0.85
    assert "nearly all codings are “no”" in str(found.kappa.warnings[0]).lower()
    assert found.ac1.warnings == ()


def test_fewer_than_ten_units_are_marked():
    nine, ten = list("ababababa"), list("ababababab")
    assert "few" in [one.code for one in two_coders.agreement(nine, nine[::-1], unit="turn").ac1.warnings]
    assert "few" not in [one.code for one in two_coders.agreement(ten, ten[::-1], unit="turn").ac1.warnings]
    two = two_coders.agreement(["a", "b"], ["a", "a"], unit="turn")
    assert two.kappa.low is not None


def test_gaps_are_left_out_and_counted():
    found = two_coders.agreement(["a", None, "b", "a"], ["a", "b", None, "b"], unit="turn")
    assert (found.kappa.n_used, found.kappa.n_eligible, found.percent.missing) == (2, 4, 2)


def test_what_has_no_coefficient():
    nobody = two_coders.agreement([], [], unit="turn")
    assert {getattr(nobody, name).empty_because.code for name in COEFFICIENTS} == {"nobody"}
    silent = two_coders.agreement([None], ["a"], unit="turn")
    assert silent.kappa.empty_because.code == "all_missing"
    same = two_coders.agreement(["a", "a"], ["a", "a"], unit="turn")
    assert (same.percent.point, same.kappa.empty_because.code) == (1, "one_category")
    declared = two_coders.agreement(["a", "a"], ["a", "a"], unit="turn", categories=["a", "b"])
    assert declared.kappa.empty_because.code == "one_category"
    assert declared.kappa.numbers["agreement"] == 1
    assert (declared.ac1.point, declared.ac1.low) == (1, None)
    single = two_coders.agreement(["a"], ["b"], unit="turn")
    assert (single.kappa.point, single.kappa.low) == (0, None)
    assert "no_interval" in [one.code for one in single.kappa.warnings]


def test_full_agreement_has_no_interval():
    found = two_coders.agreement(list("abcab") * 3, list("abcab") * 3, unit="turn")
    for name in COEFFICIENTS:
        estimate = getattr(found, name)
        assert (estimate.point, estimate.low, estimate.high) == (1, None, None)
        assert "perfect" in [one.code for one in estimate.warnings]


def test_codings_that_do_not_fit_are_refused():
    with pytest.raises(BadValue, match="differ in the number of units: 1 and 2"):
        two_coders.agreement(["a"], ["a", "b"], unit="turn")
    with pytest.raises(BadValue, match="“z” is not one of the categories"):
        two_coders.agreement(["a"], ["z"], unit="turn", categories=["a", "b"])


@given(pairs)
def test_the_textbook_formulas(rows):
    first, second = (list(column) for column in zip(*rows, strict=True))
    found = two_coders.agreement(first, second, unit="turn", categories=list("abc"))
    n = len(rows)
    of_first, of_second = (np.array([side.count(code) / n for code in "abc"]) for side in (first, second))
    both = (of_first + of_second) / 2
    observed = sum(a == b for a, b in rows) / n
    chance = {
        "kappa": of_first @ of_second,
        "scott": both @ both,
        "ac1": both @ (1 - both) / 2,
        "brennan_prediger": 1 / 3,
    }
    for name, expected in chance.items():
        estimate = getattr(found, name)
        if expected < 1 - 1e-9:
            assert estimate.point == pytest.approx((observed - expected) / (1 - expected))


@given(pairs)
def test_swapping_coders_changes_nothing(rows):
    first, second = zip(*rows, strict=True)
    for weights in ("none", "squared"):
        one, other = (
            two_coders.agreement(*order, unit="turn", weights=weights) for order in ((first, second), (second, first))
        )
        for name in COEFFICIENTS:
            assert getattr(one, name).point == pytest.approx(getattr(other, name).point)
            assert getattr(one, name).low == pytest.approx(getattr(other, name).low)


@given(pairs)
def test_the_many_coder_forms_agree_for_two(rows):
    first, second = zip(*rows, strict=True)
    two, many = two_coders.agreement(first, second, unit="turn"), many_coders.agreement(rows, unit="turn")
    for one, other in (("kappa", "conger"), ("scott", "fleiss"), ("ac1", "ac1")):
        assert getattr(two, one).point == pytest.approx(getattr(many, other).point)
        if "se" in getattr(two, one).numbers:
            scale = (len(rows) / (len(rows) - 1)) ** 0.5
            assert getattr(two, one).numbers["se"] * scale == pytest.approx(getattr(many, other).numbers["se"])
