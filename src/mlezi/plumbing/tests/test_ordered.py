"""Identities in the order of time, as RFC 9562 lays them out."""

import time
import uuid

from mlezi.plumbing import ordered


def test_it_is_a_version_7_of_this_moment():
    before = time.time_ns() // 1_000_000
    made = ordered.ordered_id()
    after = time.time_ns() // 1_000_000

    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert before <= made.int >> 80 <= after


def test_the_example_of_the_standard(monkeypatch):
    """RFC 9562, appendix A.6: 017F22E2-79B0-7CC3-98C4-DC0C0C07398F of 22 February 2022, 2:22:22 PM GMT-05:00."""
    monkeypatch.setattr(ordered.time, "time_ns", lambda: 0x017F22E279B0 * 1_000_000)
    monkeypatch.setattr(ordered.os, "urandom", lambda n: bytes.fromhex("fcc3d8c4dc0c0c07398f"))

    assert ordered.ordered_id() == uuid.UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")


def test_later_ones_sort_later_and_none_comes_twice():
    made = []
    for _ in range(3):
        made.append([ordered.ordered_id() for _ in range(500)])
        time.sleep(0.002)

    assert max(made[0]) < min(made[1])
    assert max(made[1]) < min(made[2])
    assert len({one for some in made for one in some}) == 1500
