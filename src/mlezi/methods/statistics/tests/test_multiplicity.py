"""Adjusted p-values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.statistics import multiplicity
from mlezi.methods.statistics.values import BadValue

# Benjamini and Hochberg 1995, section 3.1: fifteen p-values of a trial of thrombolysis.
TRIAL = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
TRIAL += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]

several = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def test_the_1995_trial():
    """The paper: four hypotheses fall by the false discovery rate of .05, three by a family-wise rule."""
    assert sum(value <= 0.05 for value in multiplicity.benjamini_hochberg(TRIAL)) == 4
    assert sum(value <= 0.05 for value in multiplicity.holm(TRIAL)) == 3


def test_by_hand():
    """.01 * 3, .03 * 2, then .04 * 1 raised to .06; and .01 * 3 / 1, .03 * 3 / 2 lowered to .04, .04 * 3 / 3."""
    assert multiplicity.holm([0.04, 0.01, None, 0.03]) == pytest.approx([0.06, 0.03, None, 0.06])
    assert multiplicity.benjamini_hochberg([0.04, 0.01, None, 0.03]) == pytest.approx([0.04, 0.03, None, 0.04])


def test_nothing_and_nonsense():
    assert multiplicity.holm([]) == []
    assert multiplicity.benjamini_hochberg([None]) == [None]
    for bad in (-0.1, 1.1):
        with pytest.raises(BadValue, match="between 0 and 1"):
            multiplicity.holm([bad])


@given(several)
def test_adjusting_never_lowers_and_keeps_the_order(values):
    for adjusted in (multiplicity.holm(values), multiplicity.benjamini_hochberg(values)):
        assert all(before <= after <= 1 for before, after in zip(values, adjusted, strict=True))
        pairs = sorted(zip(values, adjusted, strict=True))
        assert [after for _, after in pairs] == sorted(after for _, after in pairs)


@given(several, st.floats(0.01, 0.2))
def test_the_definitions(values, level):
    """Holm rejects while p(i) <= level / (m - i + 1); Benjamini-Hochberg up to the last p(i) <= level i / m."""
    ordered, m = sorted(values), len(values)
    down = 0
    while down < m and ordered[down] <= level / (m - down):
        down += 1
    up = max((i + 1 for i in range(m) if ordered[i] <= level * (i + 1) / m), default=0)
    near = any(abs(ordered[i] * k / level - 1) < 1e-9 for i in range(m) for k in (m - i, m / (i + 1)))
    if not near:
        assert sum(value <= level for value in multiplicity.holm(values)) == down
        assert sum(value <= level for value in multiplicity.benjamini_hochberg(values)) == up
