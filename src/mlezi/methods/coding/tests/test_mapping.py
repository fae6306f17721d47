"""Themes that the same people say stand together; none stands on another."""

import numpy as np
import pytest

from mlezi.methods.coding.mapping import distances, places


def test_who_is_said_together_stands_together():
    both = np.array([[9, 8, 0, 0], [8, 8, 0, 0], [0, 0, 6, 5], [0, 0, 5, 7]])

    assert distances(both)[0, 1] == pytest.approx(1 - 8 / 9)
    at = np.array(places(both))
    far = np.linalg.norm(at[:, None] - at[None], axis=2)
    assert max(far[0, 1], far[2, 3]) < min(far[0, 2], far[0, 3], far[1, 2], far[1, 3])
    assert places(both) == places(both.copy())


@pytest.mark.parametrize("n", [0, 1, 2, 12])
def test_all_are_on_the_map_and_none_on_another(n):
    at = np.array(places(np.full((n, n), 3))).reshape(-1, 2)

    assert len(at) == n
    assert ((at >= 0) & (at <= 1)).all()
    assert len({(round(x, 2), round(y, 2)) for x, y in at.tolist()}) == n
