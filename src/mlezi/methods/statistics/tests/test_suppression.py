"""Small counts stay hidden whatever a reader adds and subtracts."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlezi.methods.statistics import suppression
from mlezi.methods.statistics.means import mean
from mlezi.methods.statistics.proportions import proportion
from mlezi.methods.statistics.values import BadValue

tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=4)
)


def test_one_small_cell_takes_three_with_it():
    """A 2 by 2 table with totals: hiding one cell alone hides nothing; the other three give it away."""
    protection = suppression.protect_table([[3, 20], [30, 40]])

    assert protection.primary == {(0, 0)}
    assert len(protection.hidden) == 4
    low, high = protection.ranges[(0, 0)]
    assert low < 5 <= high


def test_the_complement_is_as_small_as_possible():
    protection = suppression.protect_table([[3, 20, 7], [30, 40, 9], [50, 60, 70]])
    assert protection.primary == {(0, 0)}
    assert protection.secondary == {(0, 2), (1, 0), (1, 2)}


def test_a_table_without_small_counts_is_printed_whole():
    protection = suppression.protect_table([[5, 0], [8, 9]])
    assert protection.hidden == frozenset()
    assert protection.shown[("total", "total")] == 22
    assert protection.shown[(0, 1)] == 0


def test_zeros_are_hidden_when_the_policy_says_so():
    assert suppression.protect_table([[0, 8], [9, 10]], zeros="hide").primary == {(0, 0)}
    assert suppression.protect_table([[0, 8], [9, 10]], zeros="show").primary == frozenset()


def test_the_threshold_itself_is_shown():
    assert suppression.is_small(4, threshold=5)
    assert not suppression.is_small(5, threshold=5)
    assert suppression.is_small(9, threshold=10)
    assert not suppression.is_small(0)
    assert suppression.is_small(0, zeros="hide")


def test_a_small_total_is_hidden_too():
    protection = suppression.protect_table([[1, 2]])
    assert {(0, "total"), ("total", "total")} <= protection.primary


def test_linked_tables_are_protected_together():
    """Women appear in both tables. Hidden in one and printed in the other would give the small count away."""
    counts = {"women": 20, "men": 10, "all": 30, "women here": 3, "women there": 17, "nurses": 12, "others": 18}
    relations = [
        ("all", ["women", "men"]),
        ("women", ["women here", "women there"]),
        ("all", ["nurses", "others"]),
    ]
    protection = suppression.protect(counts, relations, threshold=5)

    assert protection.primary == {"women here"}
    assert protection.secondary == {"women there"}
    assert protection.shown["all"] == 30


def test_the_audit_finds_a_careless_table():
    """Somebody hid one cell of a row and printed the total."""
    relations = [("row", ["a", "b", "c"])]
    assert suppression.audit({"row": 30, "a": 20, "b": 7}, ["c"], relations) == {"c": (3, 3)}
    assert suppression.audit({"row": 30, "a": 20}, ["b", "c"], relations)["c"] == (0, 10)
    assert suppression.audit({"a": 20, "b": 7}, ["c", "row"], relations) == {"c": (0, None), "row": (27, None)}


def test_the_audit_refuses_numbers_that_contradict():
    with pytest.raises(BadValue, match="contradict"):
        suppression.audit({"row": 10, "a": 20}, ["b"], [("row", ["a", "b"])])


def test_counts_that_do_not_add_up_are_refused():
    with pytest.raises(BadValue, match="do not add up"):
        suppression.protect({"row": 9, "a": 4, "b": 4}, [("row", ["a", "b"])])
    with pytest.raises(BadValue, match="negative"):
        suppression.protect({"a": -1})
    with pytest.raises(BadValue, match="at least 1"):
        suppression.protect({"a": 1}, threshold=0)
    assert suppression.protect({"a": 1}, threshold=1).hidden == frozenset()
    with pytest.raises(BadValue, match="differ in length"):
        suppression.protect_table([[1, 2], [3]])


def test_a_count_without_totals_hides_alone():
    protection = suppression.protect({"a": 2, "b": 9})
    assert protection.hidden == {"a"}
    assert protection.ranges == {"a": (1, None)}


def test_an_empty_table_has_nothing_to_hide():
    assert suppression.protect({}).shown == {}
    assert suppression.protect_table([]).shown == {("total", "total"): 0}


@settings(max_examples=60, deadline=None)
@given(tables, st.sampled_from([3, 5, 10]), st.sampled_from(["show", "hide"]))
def test_no_small_count_can_be_worked_out(rows, threshold, zeros):
    """For every small cell some table that fits the print has it below the threshold, and some at or above."""
    protection = suppression.protect_table(rows, threshold=threshold, zeros=zeros)
    for key in protection.primary:
        low, high = protection.ranges[key]
        assert low < threshold
        assert high is None or high >= threshold
    for key in protection.secondary:
        low, high = protection.ranges[key]
        assert high is None or high > low
    for key, count in protection.shown.items():
        assert not suppression.is_small(count, threshold=threshold, zeros=zeros), key


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2))
def test_the_ranges_are_those_of_trying_every_table(rows):
    """All 2 by 2 tables up to 20 per cell that agree with the print; the audit must find the same ends."""
    protection = suppression.protect_table(rows, threshold=3, zeros="hide")
    if any(isinstance(part, str) for key in protection.hidden for part in key):
        return
    fits = []
    for a, b, c, d in itertools.product(range(13), repeat=4):
        cells = {(0, 0): a, (0, 1): b, (1, 0): c, (1, 1): d}
        sums = {(0, "total"): a + b, (1, "total"): c + d, ("total", 0): a + c, ("total", 1): b + d}
        everything = {**cells, **sums, ("total", "total"): a + b + c + d}
        if all(everything[key] == count for key, count in protection.shown.items()):
            fits.append(everything)
    for key in protection.hidden:
        seen = [one[key] for one in fits]
        assert protection.ranges[key] == (min(seen), max(seen))


@pytest.mark.parametrize(("count", "n"), [(3, 40), (38, 40), (2, 3)])
def test_a_share_that_gives_a_small_count_away_is_withheld(count, n):
    hidden = suppression.withhold(proportion(count, n, asked=50))
    assert hidden.empty_because.code == "withheld"
    assert (hidden.point, hidden.low, dict(hidden.numbers)) == (None, None, {})
    assert hidden.n_used == (40 if n == 40 else 0)


def test_a_share_of_enough_people_is_shown():
    for shown in (proportion(10, 40), proportion(0, 40), proportion(40, 40), proportion(5, 10)):
        assert suppression.withhold(shown) is shown


def test_a_mean_of_few_is_withheld_and_of_enough_is_shown():
    few, enough = mean([1, 2, 3, 4]), mean([1, 2, 3, 4, 5])
    assert suppression.withhold(few).empty_because.code == "withheld"
    assert suppression.withhold(enough) is enough
    nobody = mean([])
    assert suppression.withhold(nobody) is nobody
    assert suppression.withhold(nobody, zeros="hide").empty_because.code == "withheld"
    assert suppression.withhold(enough, threshold=6).empty_because.code == "withheld"


def test_rounding_to_a_base():
    assert [suppression.round_to_base(n) for n in (0, 2, 3, 7, 8, 12, 13)] == [0, 0, 5, 5, 10, 10, 15]
    assert suppression.round_to_base(5, base=10) == 10
    for count, base in ((-1, 5), (1, 0)):
        with pytest.raises(BadValue, match="at least"):
            suppression.round_to_base(count, base=base)


def test_one_person_is_few_and_nobody_is_not():
    assert suppression.is_small(1)
    assert not suppression.is_small(0)
    assert suppression.is_small(0, zeros="hide")
    assert not suppression.is_small(5)


def test_a_base_of_one_rounds_nothing():
    assert suppression.round_to_base(7, base=1) == 7
    with pytest.raises(BadValue):
        suppression.round_to_base(7, base=0)


def test_what_is_hidden_beside_a_small_count_is_the_least_that_protects_it():
    """3 of 40 is small. Hiding the 9 beside it protects; a chain through larger cells would cost more."""
    protection = suppression.protect_table([[3, 9, 28], [9, 9, 30]], threshold=5)

    assert protection.secondary == {(0, 1), (1, 0), (1, 1)}
    assert protection.ranges[0, 0] == (0, 12) or protection.ranges[0, 0][0] < 5 <= protection.ranges[0, 0][1]
    assert protection.ranges[1, 1][0] < protection.ranges[1, 1][1]


def test_both_ends_of_a_hidden_count_are_found():
    counts, relations = {"row": 30, "a": 20}, [("row", ["a", "b", "c"]), ("b", ["d", "e"])]

    assert suppression.audit(counts | {"d": 4}, ["b", "c", "e"], relations) == {"b": (4, 10), "c": (0, 6), "e": (0, 6)}
