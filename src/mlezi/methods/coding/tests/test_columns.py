"""Columns of numbers count as `counting` does, one coding after the other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from mlezi.methods.coding import columns, counting
from mlezi.methods.coding.counting import Coded

THEMES = 4
UNDER = [[0, 1, 2], [1], [2], [3]]  # the first stands above two
ABOVE = {1: (0,), 2: (0,)}
codings = some.lists(
    some.builds(
        lambda theme, text, start, wide, side: Coded(theme, text, (text % 2,), start, start + wide, side),
        some.integers(0, THEMES - 1), some.integers(0, 2), some.integers(0, 12), some.integers(1, 6),
        some.sampled_from(tuple(columns.BITS)),
    ),
    max_size=25,
)  # fmt: skip


@given(codings)
def test_stretches_sides_and_pairs(coded):
    rows = [(one.document, one.start, one.end, one.theme, columns.SAID[one.valence]) for one in coded]
    spans = columns.in_order(columns.table(rows, 5))

    assert columns.stretches(spans) == len(counting.stretches(coded))
    for theme, (n, sides) in enumerate(columns.by_theme(spans, UNDER)):
        held = [one for one in coded if one.theme in UNDER[theme]]
        assert n == len(counting.stretches(held))
        for side in columns.BITS:
            on = [one for one in held if columns.SAID[one.valence] & columns.BITS[side]]
            assert sides.get(side, 0) == len(counting.stretches(on))
    pairs = columns.overlapping(spans, THEMES)
    assert {(a, b): pairs[a, b] for a, b in zip(*np.nonzero(np.triu(pairs)), strict=True)} == counting.overlapping(
        coded
    )

    had = columns.presence(spans[:, 0] % 2, spans[:, 3], spans[:, 4], 2, THEMES)
    both = columns.in_common(had)
    assert {(a, b): both[a, b] for a, b in zip(*np.nonzero(np.triu(both, 1)), strict=True)} == counting.in_common(
        coded, "participants"
    )
    lifted, read = columns.lifted(had, UNDER), counting.lifted(coded, ABOVE)
    for theme, sides in counting.by_valence(read, "participants").items():
        assert columns.by_side(lifted[:, theme]) == {side: n for side, n in sides.items() if n}
