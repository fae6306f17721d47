"""Match rates: from drawn records to all records."""

import pytest

from mlezi.methods.sampling import rates, records
from mlezi.methods.statistics.proportions import bounds
from mlezi.methods.statistics.values import BadValue

FRAME = [f"visit-{i:03}" for i in range(200)]


def test_a_plain_sample_by_hand():
    """50 of 200 checked, 45 match: variance .75 * .09 / 49, effective n = .09 / variance = 65.33."""
    sample = records.draw(FRAME, n=50, seed=1)
    matched = {record: place >= 5 for place, record in enumerate(sample.records)}
    estimate = rates.match_rate(sample, matched)

    assert estimate.point == pytest.approx(0.9)
    assert estimate.numbers["effective_n"] == pytest.approx(49 / 0.75)
    assert (estimate.low, estimate.high) == pytest.approx(bounds(0.9 * 49 / 0.75, 49 / 0.75))
    assert (estimate.n_used, estimate.n_eligible) == (50, 50)
    assert (estimate.numbers["matched"], estimate.numbers["population"]) == (45, 200)


def test_strata_weigh_as_much_as_they_hold():
    """Clinics 90 records, all of 3 match; hospitals 10 records, 1 of 2 matches: .9 * 1 + .1 * .5 = .95."""
    strata = {f"c{i}": "clinic" for i in range(90)} | {f"h{i}": "hospital" for i in range(10)}
    sample = records.draw_by_stratum(strata, n={"clinic": 3, "hospital": 2}, seed=5)
    first_hospital = next(one.record for one in sample.drawn if one.stratum == "hospital")
    estimate = rates.match_rate(sample, {record: record != first_hospital for record in sample.records})
    variance = 0.1**2 * (1 - 2 / 10) * 0.25 / 1

    assert estimate.point == pytest.approx(0.95)
    assert estimate.numbers["effective_n"] == pytest.approx(0.95 * 0.05 / variance)


def test_one_record_in_a_stratum_borrows_the_overall_spread():
    strata = {"a1": "a", "a2": "a", "b1": "b", "b2": "b", "b3": "b", "b4": "b"}
    sample = records.draw_by_stratum(strata, n={"a": 1, "b": 2}, seed=5)
    b = [one.record for one in sample.drawn if one.stratum == "b"]
    estimate = rates.match_rate(sample, {record: record != b[0] for record in sample.records})
    point = 1 / 3 + 2 / 3 * 0.5
    variance = (1 / 3) ** 2 * 0.5 * point * (1 - point) + (2 / 3) ** 2 * 0.5 * 0.25

    assert estimate.numbers["effective_n"] == pytest.approx(point * (1 - point) / variance)


def test_all_match_leaves_room_for_one_that_does_not():
    sample = records.draw(FRAME, n=50, seed=1)
    estimate = rates.match_rate(sample, dict.fromkeys(sample.records, True))

    assert estimate.point == estimate.high == 1
    assert estimate.numbers["effective_n"] == pytest.approx(50 * 199 / 150)
    assert estimate.low == pytest.approx(bounds(50 * 199 / 150, 50 * 199 / 150)[0])


def test_a_full_check_leaves_nothing_to_chance():
    sample = records.draw(FRAME[:4], n=4, seed=1)
    estimate = rates.match_rate(sample, {record: record != FRAME[0] for record in sample.records})
    assert (estimate.low, estimate.point, estimate.high) == (0.75, 0.75, 0.75)
    assert estimate.numbers["effective_n"] == 4


def test_unchecked_records_are_missing_and_not_wrong():
    sample = records.draw(FRAME, n=10, seed=1)
    matched = dict.fromkeys(sample.records[:8], True) | {sample.records[8]: None}
    estimate = rates.match_rate(sample, matched)
    assert (estimate.point, estimate.n_used, estimate.missing) == (1, 8, 2)
    assert "missing" in [one.code for one in estimate.warnings]


def test_nothing_checked_is_empty():
    sample = records.draw(FRAME, n=10, seed=1)
    assert rates.match_rate(sample, {}).empty_because.code == "all_missing"
    assert rates.match_rate(records.draw([], n=1, seed=1), {}).empty_because.code == "nobody"


def test_a_stratum_that_nobody_checked_makes_it_empty():
    sample = records.draw_by_stratum({"a": "x", "b": "y"}, n={"x": 1}, seed=3)
    estimate = rates.match_rate(sample, {"a": True})
    assert estimate.empty_because.code == "group_empty"
    assert "y" in str(estimate.empty_because)


def test_a_record_that_was_not_drawn_is_refused():
    with pytest.raises(BadValue, match="not drawn"):
        rates.match_rate(records.draw(["a"], n=1, seed=3), {"z": True})
