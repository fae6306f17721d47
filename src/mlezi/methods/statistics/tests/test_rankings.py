"""Ranked needs: ties, order, too few, and rank intervals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlezi.methods.statistics import rankings
from mlezi.methods.statistics.values import BadValue

RATINGS = {
    "ultrasound": [3] * 12,
    "charts": [2, 3] * 6,
    "audit": [3, 2] * 6,
    "ethics": [1] * 12,
    "new topic": [3] * 4 + [None] * 8,
}


def test_ties_share_a_rank_and_the_next_is_skipped():
    lines = rankings.ranked(RATINGS, top=3, seed=1, resamples=50)

    assert [(line.name, line.rank) for line in lines] == [
        ("ultrasound", 1),
        ("audit", 2),
        ("charts", 2),
        ("ethics", 4),
        ("new topic", None),
    ]
    assert lines[1].mean.point == 2.5
    assert lines[1].high.point == 0.5
    assert (lines[4].rank_low, lines[4].mean.n_used, lines[4].high.missing) == (None, 4, 8)


def test_intervals_of_ranks_by_hand():
    """Topics that nobody rates alike in order have a sure rank; two mirror images swap places."""
    lines = {line.name: line for line in rankings.ranked(RATINGS, top=3, seed=1, resamples=400)}

    assert (lines["ultrasound"].rank_low, lines["ultrasound"].rank_high) == (1, 1)
    assert (lines["ethics"].rank_low, lines["ethics"].rank_high) == (4, 4)
    for name in ("audit", "charts"):
        assert (lines[name].rank_low, lines[name].rank_high) == (2, 3)


def test_the_interval_is_the_middle_of_the_draws():
    """Respondents drawn again by the same dice; lowest ranks that hold 10 % and 90 % of the draws."""
    columns = {f"topic {i}": [(i * j + j // 3) % 3 + 1 for j in range(1, 25)] for i in range(1, 5)}
    dice = np.random.default_rng(8)
    times = dice.multinomial(24, np.full(24, 1 / 24), size=300)
    ranks = np.array([rankings.ranks_1224(draw @ np.array(list(columns.values())).T / 24) for draw in times])
    lines = {line.name: line for line in rankings.ranked(columns, top=3, seed=8, resamples=300, level=0.8)}
    for place, name in enumerate(columns):
        ordered = sorted(ranks[:, place])
        assert (lines[name].rank_low, lines[name].rank_high) == (ordered[29], ordered[269])


def test_the_same_seed_gives_the_same_table():
    mixed = {f"topic {i}": [(i * j) % 3 + 1 for j in range(1, 30)] for i in range(1, 7)}
    assert rankings.ranked(mixed, top=3, seed=5) == rankings.ranked(dict(reversed(mixed.items())), top=3, seed=5)


def test_many_people_are_drawn_in_parts(monkeypatch):
    whole = rankings.ranked(RATINGS, top=3, seed=1, resamples=100)
    monkeypatch.setattr(rankings, "CHUNK", 12 * 7)
    assert rankings.ranked(RATINGS, top=3, seed=1, resamples=100) == whole


def test_exactly_the_minimum_is_enough():
    ten, nine = rankings.ranked({"a": [3] * 10, "b": [2] * 9 + [None]}, top=3, seed=1, resamples=5)
    assert (ten.rank, nine.rank) == (1, None)
    assert [line.rank for line in rankings.ranked({"a": [1, 2]}, top=3, seed=1, minimum=2, resamples=5)] == [1]
    assert ten.mean.estimand == "Mean rating of “a”"
    assert ten.high.estimand == "Share who rated “a” 3 or more"


def test_nothing_to_rank():
    assert rankings.ranked({}, top=3, seed=1) == ()
    (line,) = rankings.ranked({"a": [None, None]}, top=3, seed=1, minimum=0)
    assert (line.rank, line.mean.is_empty, line.high.is_empty) == (None, True, True)


def test_lists_of_different_length_are_refused():
    with pytest.raises(BadValue, match="differ in length"):
        rankings.ranked({"a": [1], "b": [1, 2]}, top=3, seed=1)


@given(st.lists(st.integers(0, 5), max_size=12))
def test_a_rank_is_one_more_than_those_above(scores):
    ranks = rankings.ranks_1224(scores)
    assert ranks == [1 + sum(other > score for other in scores) for score in scores]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.integers(1, 3), min_size=12, max_size=12), min_size=2, max_size=5), st.integers(0, 99))
def test_rank_intervals_stay_among_the_ranks(columns, seed):
    lines = rankings.ranked({str(i): column for i, column in enumerate(columns)}, top=3, seed=seed, resamples=40)
    for line in lines:
        assert 1 <= line.rank_low <= line.rank_high <= len(columns)
