"""Drawing records: repeatable, indifferent to order, and with the probability that it claims."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.sampling import records
from mlezi.methods.statistics.values import BadValue

frames = st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=40)


@given(frames, st.integers(0, 45), st.integers(0, 2**63), st.randoms())
def test_order_does_not_matter_and_size_is_kept(frame, n, seed, shuffler):
    one = records.draw(frame, n=n, seed=seed)
    shuffled = list(frame)
    shuffler.shuffle(shuffled)

    assert records.draw(shuffled, n=n, seed=seed) == one
    assert len(one.records) == min(n, len(frame))
    assert set(one.records) <= set(frame)


def test_a_larger_sample_holds_the_smaller():
    frame = [f"visit-{i}" for i in range(100)]
    small, large = (set(records.draw(frame, n=n, seed=7).records) for n in (10, 30))
    assert small < large


def test_the_same_seed_gives_the_same_sample_for_ever():
    """Tickets are SHA-256 of "7|visit-0" and so on: the five lowest can be checked with sha256sum."""
    sample = records.draw([f"visit-{i}" for i in range(20)], n=5, seed=7)
    assert records.ticket("visit-0", seed=7).startswith("d8692ce9f9e0")
    assert sample.records == ("visit-12", "visit-13", "visit-18", "visit-7", "visit-9")


def test_every_record_is_drawn_as_often_as_claimed():
    """4 of 20 over 2,000 seeds: each about 400 times, standard deviation 18."""
    frame = [f"r{i}" for i in range(20)]
    times = dict.fromkeys(frame, 0)
    for seed in range(2000):
        for record in records.draw(frame, n=4, seed=seed).records:
            times[record] += 1
    assert all(abs(count - 400) < 90 for count in times.values())
    assert {one.probability for one in records.draw(frame, n=4, seed=1).drawn} == {0.2}


def test_strata_have_their_own_probability():
    strata = {**{f"a{i}": "clinic" for i in range(10)}, **{f"b{i}": "hospital" for i in range(4)}}
    sample = records.draw_by_stratum(strata, n={"clinic": 5, "hospital": 9}, seed=3)

    assert sample.taken == {"clinic": 5, "hospital": 4}
    assert {one.stratum: one.probability for one in sample.drawn} == {"clinic": 0.5, "hospital": 1.0}
    assert list(sample.records) == sorted(sample.records)


def test_a_stratum_without_a_size_is_not_drawn_from():
    sample = records.draw_by_stratum({"a": "x", "b": "y"}, n={"x": 1}, seed=3)
    assert sample.records == ("a",)
    assert sample.taken == {"x": 1, "y": 0}


def test_impossible_samples_are_refused():
    with pytest.raises(BadValue, match="listed twice"):
        records.draw(["a", "a"], n=1, seed=1)
    with pytest.raises(BadValue, match="negative"):
        records.draw(["a"], n=-1, seed=1)
    with pytest.raises(BadValue, match="no record belongs to the stratum 'z'"):
        records.draw_by_stratum({"a": "x"}, n={"z": 1}, seed=1)


def test_nothing_can_be_drawn_from_nothing():
    assert records.draw([], n=5, seed=1).records == ()
