"""Scales by hand, and what must hold for every scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.scoring import Band, Scale, score

SIX = tuple(f"ra{n}" for n in range(1, 7))


def scale(**more):
    return Scale(**{"code": "x", "items": SIX, "lowest": 1, "highest": 7, **more})


def test_reverse_items_are_mirrored_before_anything_else():
    """Six items of seven points, the first three worded the other way: 8-2, 8-1, 8-3, then 6, 5, 7."""
    role = scale(reverse=frozenset({"ra1", "ra2", "ra3"}))

    found = score(role, {"ra1": 2, "ra2": 1, "ra3": 3, "ra4": 6, "ra5": 5, "ra6": 7})

    assert found.score == pytest.approx((6 + 7 + 5 + 6 + 5 + 7) / 6)
    assert (found.n_items, found.n_answered) == (6, 6)


def test_four_of_five_are_enough_where_80_per_cent_must_be_answered():
    five = Scale("x", SIX[:5], 1, 5, need=0.8)

    assert score(five, {"ra1": 1, "ra2": 2, "ra3": 3, "ra4": 4}).score == 2.5
    assert score(five, {"ra1": 1, "ra2": 2, "ra3": 3}).score is None


def test_a_sum_with_an_item_missing_says_nothing_unless_a_rule_fills_it():
    three = {"items": SIX[:3], "combine": "sum"}
    partial = {"ra1": 2, "ra2": 4}

    assert score(scale(**three, need=0.6), partial).score is None
    assert score(scale(**three, need=0.6, substitute="person-mean"), partial).score == 9  # 2 + 4 + their mean, 3


def test_weights_count_in_sums_and_means():
    weighted = {"items": SIX[:2], "weights": {"ra1": 3.0}}

    assert score(scale(**weighted), {"ra1": 7, "ra2": 3}).score == 6
    assert score(scale(**weighted, combine="sum"), {"ra1": 7, "ra2": 3}).score == 24


@pytest.mark.parametrize(("highest", "answer", "percent"), [(3, 2, 50), (5, 4, 75), (7, 1, 0), (11, 11, 100)])
def test_per_cent_of_the_way_on_3_to_11_points(highest, answer, percent):
    one = Scale("x", ("a",), 1, highest, combine="percent")

    assert score(one, {"a": answer}).score == pytest.approx(percent)


def test_an_answer_off_the_scale_is_named_and_not_counted():
    found = score(scale(items=SIX[:2], need=0.5), {"ra1": 9, "ra2": 4})

    assert (found.score, found.n_answered, found.outside) == (4, 1, ("ra1",))


def test_bands_begin_where_they_say():
    bands = (Band(1, "low"), Band(3.5, "some"), Band(5, "high"))

    assert [score(scale(items=("ra1",), bands=bands), {"ra1": at}).band for at in (1, 3.4, 3.5, 5, 7)] == [
        "low", "low", "some", "high", "high",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": ()},
        {"items": ("a", "a")},
        {"lowest": 7},
        {"need": 0},
        {"reverse": frozenset({"z"})},
        {"weights": {"ra1": 0}},
    ],
)
def test_a_scale_that_cannot_be_scored_is_refused(wrong):
    with pytest.raises(ValueError, match=r"items|lowest|share|weight"):
        scale(**wrong)


@st.composite
def answered(draw):
    """A scale and somebody's answers to it, some left out."""
    lowest, points = draw(st.integers(0, 2)), draw(st.integers(3, 11))
    items = tuple(f"i{n}" for n in range(draw(st.integers(1, 12))))
    reverse = frozenset(draw(st.sets(st.sampled_from(items))))
    one = Scale(
        "x",
        items,
        lowest,
        lowest + points - 1,
        reverse=reverse,
        weights={item: draw(st.integers(1, 4)) for item in items},
        need=draw(st.floats(0.05, 1)),
        combine=draw(st.sampled_from(["mean", "sum", "percent"])),
        substitute=draw(st.sampled_from(["none", "person-mean"])),
    )
    grade = st.one_of(st.none(), st.integers(lowest, lowest + points - 1))
    return one, {item: draw(grade) for item in items}


@given(answered())
def test_no_score_below_the_share_that_must_be_answered_and_none_outside_the_range(case):
    one, answers = case

    found = score(one, answers)

    given_ones = sum(value is not None for value in answers.values())
    assert found.n_answered == given_ones
    if given_ones < one.needed:
        assert found.score is None
    elif found.score is not None:
        weight = sum(one.weights.values())
        low, high = {
            "mean": (one.lowest, one.highest),
            "sum": (one.lowest * weight, one.highest * weight),
            "percent": (0, 100),
        }[one.combine]
        assert low - 1e-9 <= found.score <= high + 1e-9


@given(answered())
def test_turning_every_item_and_every_answer_round_changes_nothing(case):
    one, answers = case
    turned = Scale(
        one.code, one.items, one.lowest, one.highest, frozenset(one.items) - one.reverse, one.weights,
        one.combine, one.need, one.substitute,
    )  # fmt: skip
    mirrored = {k: None if v is None else one.lowest + one.highest - v for k, v in answers.items()}

    first, second = score(one, answers).score, score(turned, mirrored).score

    assert first == pytest.approx(second) if first is not None else second is None


@given(answered(), st.permutations(range(12)))
def test_the_order_of_items_does_not_matter(case, order):
    one, answers = case
    items = tuple(one.items[n] for n in order if n < len(one.items))
    shuffled = Scale(
        one.code, items, one.lowest, one.highest, one.reverse, one.weights, one.combine, one.need, one.substitute
    )

    first, second = score(one, answers).score, score(shuffled, answers).score

    assert first == pytest.approx(second) if first is not None else second is None
