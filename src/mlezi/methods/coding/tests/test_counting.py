"""Themes counted by people, texts and mentions, each with its own N."""

import pytest

from mlezi.methods.coding import counting
from mlezi.methods.coding.counting import Coded
from mlezi.methods.coding.units import Mark, table, together, units

SAID = [
    Coded("time", "A", (1,), 0, 10, "hinders", coding=1),
    Coded("time", "A", (1,), 5, 20, "hinders", coding=2),  # overlaps: the same mention
    Coded("time", "B", (1, 2), 0, 5, "both", coding=3),
    Coded("mentor", "B", (2,), 2, 9, "helps", coding=4),
]


@pytest.mark.parametrize(("base", "n", "of"), [("participants", 2, 70), ("documents", 2, 4), ("mentions", 2, 2)])
def test_a_theme_is_counted_on_the_base_that_is_named(base, n, of):
    rows = {row.theme: row for row in counting.frequencies(SAID, base=base, heard=of)}

    assert rows["time"].n == n
    assert rows["time"].codings == (1, 2, 3)


def test_sixteen_of_seventy_is_22_9_and_eight_11_4():
    """The two shares that S08 misprints, with Wilson's interval of 46 of 70 (Newcombe's method)."""

    def share(n):
        coded = [Coded("x", person, (person,), 0, 1) for person in range(n)]
        return counting.frequencies(coded, base="participants", heard=70)[0].estimate

    assert f"{100 * share(16).point:.1f} {100 * share(8).point:.1f}" == "22.9 11.4"
    assert (round(100 * share(46).low, 1), round(100 * share(46).high, 1)) == (54.0, 75.8)


def test_both_counts_as_helping_and_as_hindering():
    sides = counting.by_valence(SAID, "participants")

    assert sides["time"] == {"hinders": 2, "both": 2, "helps": 2}


def test_themes_are_in_common_by_people_and_by_words():
    assert counting.in_common(SAID, "participants") == {("mentor", "time"): 1}
    assert counting.overlapping(SAID) == {("mentor", "time"): 1}


def test_ranks_share_and_skip():
    assert counting.ranked({"a": 5, "b": 3, "c": 3, "d": 1}) == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_units_are_turns_answers_or_whole_people():
    places = [(0, 5, "A"), (6, 9, "B"), (10, 20, "A")]
    pieces = [{"start": start, "end": end, "kind": "turn", "speaker": who} for start, end, who in places]
    people = units(pieces, "participant")
    assert [one.spans for one in people] == [((0, 5), (10, 20)), ((6, 9),)]

    marks = [Mark("x", "t", 4, 8), Mark("y", "t", 12, 13)]
    assert table(people, marks, ["x", "y"]) == {"t": [(True, True), (True, False)]}
    assert together(table(units(pieces, "turn"), marks, ["x", "y"])["t"]) == (0, 3, 0)
