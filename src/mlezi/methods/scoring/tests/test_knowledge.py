"""Tests with keys, marked by hand, and what must hold for every test."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.scoring import Key, KnowledgeTest, mark

FOUR = (
    Key("q1", frozenset("b")),
    Key("q2", frozenset("ac")),
    Key("q3", frozenset("a"), points=2),
    Key("q4", frozenset("d")),
)


def test_right_answers_count_their_points():
    """q1 right (1), q2 only half chosen (0), q3 right (2), q4 wrong: 3 of 5 points."""
    found = mark(KnowledgeTest("t", FOUR), {"q1": ["b"], "q2": ["a"], "q3": ["a"], "q4": ["c"]})

    assert found.score == 60
    assert (found.n_items, found.n_answered) == (4, 4)


def test_one_choice_too_many_is_wrong():
    assert mark(KnowledgeTest("t", FOUR[:1]), {"q1": ["a", "b"]}).score == 0


def test_a_blank_is_wrong_or_missing_as_the_test_says():
    answers = {"q1": ["b"], "q3": ["a"]}

    assert mark(KnowledgeTest("t", FOUR), answers).score == 60
    assert mark(KnowledgeTest("t", FOUR, blank="missing", need=0.5), answers).score == 100
    assert mark(KnowledgeTest("t", FOUR, blank="missing", need=0.75), answers).score is None


def test_a_test_that_nobody_began_has_no_score():
    assert mark(KnowledgeTest("t", FOUR), {}).score is None


@pytest.mark.parametrize(
    "keys", [(), (FOUR[0], FOUR[0]), (Key("q", frozenset()),), (Key("q", frozenset("a"), points=0),)]
)
def test_a_test_without_a_proper_key_is_refused(keys):
    with pytest.raises(ValueError, match="needs"):
        KnowledgeTest("t", keys)


choice = st.sets(st.sampled_from("abcd"), min_size=1)


@given(st.lists(st.tuples(choice, st.sets(st.sampled_from("abcd")), st.integers(1, 5)), min_size=1, max_size=15))
def test_a_right_answer_more_never_lowers_the_score(rows):
    test = KnowledgeTest("t", tuple(Key(str(n), frozenset(right), points) for n, (right, _, points) in enumerate(rows)))
    answers = {str(n): given_ for n, (_, given_, _) in enumerate(rows)}
    before = mark(test, answers).score

    better = mark(test, {**answers, "0": rows[0][0]}).score

    assert better is not None
    assert 0 <= better <= 100
    assert before is None or better >= before
