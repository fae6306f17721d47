"""The compiled sweep finds exactly what plain NumPy finds, also when it remembers and skips."""

import numpy as np
import pytest

from mlezi.methods.assignment.candidates import Candidates
from mlezi.methods.assignment.compiled import is_fast
from mlezi.methods.assignment.fast_sweep import FastSweep
from mlezi.methods.assignment.network import Valuation
from mlezi.methods.assignment.scoring import Scorer
from mlezi.methods.assignment.sweep import Sweep

from .rounds import RULES, made_up

pytestmark = pytest.mark.skipif(not is_fast(), reason="needs numba")


@pytest.mark.parametrize("use_objectives", [(), ("served_first", "help")], ids=["float32", "float64"])
def test_the_compiled_sweep_finds_what_numpy_finds(use_objectives):
    problem = made_up(7, n=20, m=5000, use_rules=RULES, use_objectives=use_objectives)
    valuation = Valuation(problem, Scorer(problem))
    fast, plain = FastSweep(valuation), Sweep(valuation)
    plain.fast = None
    candidates = Candidates(valuation)
    dice = np.random.default_rng(1)
    gain = np.zeros(20, dtype=np.int64)
    price = np.zeros(valuation.sides.n, dtype=np.int64)
    for _ in range(8):
        want = plain.look(candidates.known(), price=price, gain=gain, most=5)
        have = fast.look(candidates.known(), price=price, gain=gain, most=5)
        assert (want.i == have.i).all()
        assert (want.j == have.j).all()
        candidates.add(want)
        price = np.maximum(0, price + dice.integers(-20_000, 60_000, len(price)))
        gain = gain + valuation.bonus // 4 + 100_000
