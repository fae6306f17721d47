"""Order statistics of pairs: the quick way and the plain way give the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.statistics import pairwise

lists = st.lists(st.integers(-50, 50), min_size=1, max_size=15).map(lambda values: np.array(values, dtype=float))


@given(lists, lists, st.data())
def test_long_lists_are_searched_to_the_same_answer(first, second, data):
    walsh = sorted((a + b) / 2 for i, a in enumerate(first) for b in first[i:])
    differences = sorted(a - b for a in first for b in second)
    k, m = data.draw(st.integers(1, len(walsh))), data.draw(st.integers(1, len(differences)))

    with pytest.MonkeyPatch.context() as patch:
        for limit in (0, 1500):
            patch.setattr(pairwise, "DIRECT", limit)
            assert pairwise.kth_walsh_mean(first, k) == pytest.approx(walsh[k - 1], abs=1e-9)
            assert pairwise.kth_difference(first, second, m) == pytest.approx(differences[m - 1], abs=1e-9)
            assert pairwise.median_walsh_mean(first) == pytest.approx(np.median(walsh), abs=1e-9)
            assert pairwise.median_difference(first, second) == pytest.approx(np.median(differences), abs=1e-9)


def test_there_is_no_pair_beyond_the_last():
    for k in (0, 4):
        with pytest.raises(ValueError, match="no pair number"):
            pairwise.kth_walsh_mean(np.array([1.0, 2.0]), k)
    with pytest.raises(ValueError, match="no pair number 2 among 1"):
        pairwise.kth_difference(np.array([1.0]), np.array([1.0]), 2)
