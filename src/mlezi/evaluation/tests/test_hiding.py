"""What is hidden stays hidden: an audit by linear programming works from the printed numbers alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlezi.evaluation.arithmetic import of_counts
from mlezi.evaluation.hiding import hide
from mlezi.methods.statistics import suppression

THRESHOLD = 5
STATES = ("yes", "no", "missing")
groups = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 6)), min_size=1, max_size=6)


def figure(rows):
    """A share of the whole and of each group, from how many count, do not, and are of unknown state."""
    sums = tuple(map(sum, zip(*rows, strict=True)))
    return _numbers(sums), {key: _numbers(row) for key, row in enumerate(rows)}


def _numbers(row):
    yes, no, missing = row
    return of_counts(yes, yes + no, yes + no + missing, is_count=False)


def printed(numbers):
    return dict(zip(STATES, (numbers.n or 0, (numbers.of or 0) - (numbers.n or 0), numbers.missing or 0), strict=True))


def worked_out(whole, parts):
    """What a reader can work out about each number that is not printed: its lowest and highest value."""
    shown = {("all", state): count for state, count in printed(whole).items()}
    for key, part in parts.items():
        if not part.is_hidden:
            shown |= {(key, state): count for state, count in printed(part).items()}
    relations = [(("all", state), [(key, state) for key in parts]) for state in STATES]
    unknown = [(key, state) for key, part in parts.items() for state in STATES if part.is_hidden]
    return suppression.audit(shown, unknown, relations)


@settings(max_examples=60, deadline=None)
@given(groups)
def test_no_hidden_number_can_be_worked_out_more_closely_than_the_threshold(rows):
    whole, parts = hide(*figure(rows), threshold=THRESHOLD)
    if whole.is_hidden:
        assert all(part.is_hidden for part in parts.values())
        return
    for (_, state), (low, high) in worked_out(whole, parts).items():
        if state != "missing":  # how many answers are missing tells of nobody
            assert (low, high) == (0, 0) or high - low >= THRESHOLD


@settings(max_examples=60, deadline=None)
@given(groups)
def test_whatever_is_printed_is_of_no_small_group(rows):
    whole, parts = hide(*figure(rows), threshold=THRESHOLD)
    for numbers in (whole, *parts.values()):
        if not numbers.is_hidden:
            counts = printed(numbers)
            known = counts["yes"] + counts["no"]
            for count in (counts["yes"], counts["no"], known + counts["missing"]):
                assert not 0 < count < THRESHOLD


def test_the_audit_sees_a_group_hidden_alone():
    """Without a complement the small group is the whole less the rest."""
    whole, parts = figure([(3, 9, 0), (20, 20, 0)])
    careless = {0: parts[0].hidden(), 1: parts[1]}

    assert worked_out(whole, careless)[0, "yes"] == (3, 3)


@pytest.mark.parametrize("rows", [[(2, 2, 0)], [(0, 3, 0), (1, 0, 0)]])
def test_of_few_people_nothing_is_shown(rows):
    whole, parts = hide(*figure(rows), threshold=THRESHOLD)

    assert whole.is_hidden
    assert all(part.is_hidden for part in parts.values())


def test_groups_of_one_person_each_do_not_hide_each_other():
    """Five hidden groups that hold five people together hold one each: another joins them."""
    _, parts = hide(*figure([(1, 0, 0), (1, 0, 0), (1, 0, 0), (1, 0, 0), (1, 0, 0), (10, 8, 0), (20, 20, 0)]),
                    threshold=THRESHOLD)  # fmt: skip

    assert [key for key, part in parts.items() if not part.is_hidden] == [6]
