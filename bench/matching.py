"""Matching, side by side: ours, SciPy, OR-Tools on all pairs, lap, HiGHS, and stable matching by two programs.

    python3 dev.py bench matching          2k x 400 and 10k x 2k, everybody; writes bench/results/matching.json
    python -m bench.matching large         also ours at 100k x 20k and 300k x 60k (about ten minutes)
    python -m bench.matching only NAME N M one measurement, put into the results
    python -m bench.matching one NAME N M  one measurement in this process, as JSON

Every run is a process of its own, so that peak memory is its own; *over base* is what it took beyond Python, the
libraries and the warming up. Rounds are made up and seeded (`_matching_rounds`).
Compiled code is warmed up on a small round first; making the round is not counted, scoring is. `seconds` are on the
clock, `cpu_seconds` those of all cores together: compare these when the machine has other work.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from bench._matching_rounds import large

from mlezi.methods.assignment.fast_sweep import FastSweep
from mlezi.methods.assignment.network import Valuation
from mlezi.methods.assignment.proposals import Proposals
from mlezi.methods.assignment.scoring import Scorer
from mlezi.methods.assignment.solve import solve
from mlezi.methods.assignment.stable import Lists, blocking, match
from mlezi.methods.assignment.standing import Standing
from mlezi.methods.assignment.sweep import NO_PAIRS

RESULTS = Path(__file__).parent / "results" / "matching.json"
LIMIT = 900  # seconds for one run of anybody
SMALL, MIDDLE, BIG, HUGE = (2_000, 400), (10_000, 2_000), (100_000, 20_000), (300_000, 60_000)
PLANS = {
    "ours": (SMALL, MIDDLE, BIG, HUGE),
    "ours_served_first": (SMALL, MIDDLE, BIG),
    "scipy": (SMALL, MIDDLE),
    "lap": (SMALL, MIDDLE),
    "ortools": (SMALL, MIDDLE),
    "highs": (SMALL, MIDDLE),
    "bare_pass": (SMALL, MIDDLE, BIG, HUGE),
    "one_leaves": (SMALL, MIDDLE, BIG),
    "stable": (SMALL, MIDDLE, BIG),
    "stable_matching_package": ((500, 100), SMALL, MIDDLE),
}


def ours(problem):
    steps = []
    begun = time.perf_counter()
    result = solve(problem, progress=lambda p: steps.append([round(time.perf_counter() - begun, 2), p.gap]))
    return {"objective": result.certificate.worth, "gap": result.certificate.gap, "rounds": steps}


def worths(problem):
    return Valuation(problem, Scorer(problem)).between(np.arange(problem.n_mentees))


def seats(problem):
    """Worth of every mentee in every single place, float64, as the dense solvers want it."""
    return np.repeat(np.maximum(0, worths(problem)).astype(np.float64), problem.places, axis=1)


def scipy(problem):
    from scipy.optimize import linear_sum_assignment

    table = seats(problem)
    return {"objective": int(table[linear_sum_assignment(table, maximize=True)].sum())}


def lap(problem):
    import lap as package

    table = seats(problem)
    _, seat, _ = package.lapjv(-table, extend_cost=True)
    row = np.flatnonzero(seat >= 0)
    return {"objective": int(table[row, seat[row]].sum())}


def all_pairs(problem):
    valuation = Valuation(problem, Scorer(problem))
    i, j = np.nonzero(valuation.between(np.arange(problem.n_mentees)) >= 0)
    return valuation, valuation.network(i, j, valuation.pairs(i, j))


def ortools(problem):
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    from mlezi.methods.assignment.residual import arcs

    _, network = all_pairs(problem)
    tail, head, cost, room = arcs(network)
    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
    supply = np.zeros(network.n_rows + network.sides.n + 1, dtype=np.int64)
    supply[: network.n_rows], supply[-1] = network.wants, -network.wants.sum()
    flow.set_nodes_supplies(np.arange(len(supply)), supply)
    assert flow.solve() == flow.OPTIMAL
    return {"objective": -flow.optimal_cost()}


def highs(problem):
    from scipy import optimize, sparse

    _, network = all_pairs(problem)
    size, ones = len(network.worth), np.ones(len(network.worth))
    rows = [
        sparse.csr_array((ones, (who, np.arange(size))), shape=(count, size))
        for who, count in ((network.rows(), network.n_rows), (network.columns, network.sides.n))
    ]
    limits = np.concatenate([network.wants, network.sides.places])
    answer = optimize.linprog(
        -network.worth / 1e6, A_ub=sparse.vstack(rows), b_ub=limits, bounds=(0, 1), method="highs"
    )
    return {"objective": round(-answer.fun * 1e6)}


def bare_pass(problem):
    """Scoring every pair once and keeping nothing: no certified answer can be quicker than two of these."""
    valuation = Valuation(problem, Scorer(problem))
    times = []
    for _ in range(3):
        sweep = FastSweep(valuation)
        begun = time.perf_counter()
        sweep.look(
            NO_PAIRS, price=np.zeros(valuation.sides.n, dtype=np.int64), gain=np.full(problem.n_mentees, 10**7), most=1
        )
        times.append(time.perf_counter() - begun)
    return {
        "seconds": round(min(times), 3),
        "ns_per_pair": round(1e9 * min(times) / problem.n_mentees / problem.n_mentors, 2),
    }


def one_leaves(problem):
    standing = Standing(problem, solve(problem))
    times, used, moved = [], [], []
    for j in range(10, 20):
        begun, cpu = time.perf_counter(), time.process_time()
        change = standing.mentor_leaves(j)
        times.append(1000 * (time.perf_counter() - begun))
        used.append(1000 * (time.process_time() - cpu))
        moved.append(len(change.moved))
        assert change.is_proved
    return {
        "ms_median": round(float(np.median(times)), 1),
        "ms_worst": round(max(times), 1),
        "cpu_ms_median": round(float(np.median(used)), 1),
        "moved": moved,
    }


def clocked(kind, name):
    """The seconds of each call of this method, from now on."""
    seconds, method = [], getattr(kind, name)

    def timed(self, *arguments):
        begun = time.perf_counter()
        answer = method(self, *arguments)
        seconds.append(time.perf_counter() - begun)
        return answer

    setattr(kind, name, timed)
    return seconds


def stable(problem):
    """Reading everybody's list as far as needed, and the proposals themselves, apart; the rest is making ready."""
    took = {"lists_s": clocked(Lists, "extend"), "proposals_s": clocked(Proposals, "go_on")}
    held = match(problem)
    facts = {name: round(sum(seconds), 2) for name, seconds in took.items()}
    facts |= {"extended": held.extended, "matched": len(held.i), "quality": held.quality}
    if problem.n_mentees <= 10_000:
        facts["blocking_pairs"] = len(blocking(problem, held.i, held.j).i)
    return facts


def stable_matching_package(problem):
    from matching.games import HospitalResident

    sys.setrecursionlimit(10**6)
    score = worths(problem)
    i_likes = {i: [int(j) for j in np.argsort(-row, kind="stable")[:32] if row[j] >= 0] for i, row in enumerate(score)}
    i_likes = {i: likes for i, likes in i_likes.items() if likes}
    j_likes: dict[int, list[int]] = {}
    for i, likes in i_likes.items():
        for j in likes:
            j_likes.setdefault(j, []).append(i)
    j_likes = {j: sorted(people, key=lambda i: (-score[i, j], i)) for j, people in j_likes.items()}
    game = HospitalResident.create_from_dictionaries(i_likes, j_likes, {j: int(problem.places[j]) for j in j_likes})
    return {"matched": sum(len(people) for people in game.solve().values())}


def one(name, n, m):
    """One measurement in this process."""
    if name != "stable_matching_package":
        RUNS.get(name, ours)(large(2_000, 400, seed=99, served_first=name == "ours_served_first"))
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    problem = large(n, m, served_first=name == "ours_served_first")
    begun, used = time.perf_counter(), time.process_time()
    facts = RUNS.get(name, ours)(problem)
    seconds, used = time.perf_counter() - begun, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "what": name,
        "mentees": n,
        "mentors": m,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(used, 2),
        "peak_gb": round(peak, 2),
        "peak_over_base_gb": round(peak - base, 3),
        **facts,
    }


RUNS = {run.__name__: run for run in (
    ours, scipy, lap, ortools, highs, bare_pass, one_leaves, stable, stable_matching_package
)}  # fmt: skip


def measure(sizes):
    for name, planned in PLANS.items():
        for n, m in planned:
            if (n, m) in (*sizes, (500, 100)):
                yield apart(name, n, m)


def apart(name, n, m):
    """One measurement in a process of its own."""
    command = [sys.executable, "-m", "bench.matching", "one", name, str(n), str(m)]
    try:
        out = subprocess.run(command, capture_output=True, check=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return {
            "what": name,
            "mentees": n,
            "mentors": m,
            "seconds": f"more than {LIMIT}",
            "load": round(os.getloadavg()[0], 1),
        }
    except subprocess.CalledProcessError as error:
        return {"what": name, "mentees": n, "mentors": m, "failed": error.stderr.decode().splitlines()[-1:]}
    return json.loads(out.stdout.splitlines()[-1])


def keep(line):
    """Put a measurement into the results, in place of an older one of the same kind."""
    old = json.loads(RESULTS.read_text())["runs"] if RESULTS.exists() else []
    key = ("what", "mentees", "mentors")
    runs = [run for run in old if any(run[name] != line[name] for name in key)] + [line]
    packages = ("numpy", "scipy", "numba", "ortools", "lap", "matching")
    facts = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "versions": {name: metadata.version(name) for name in packages if find_spec(name)},
        "runs": sorted(runs, key=lambda run: (run["mentees"], run["what"])),
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(facts, indent=1) + "\n")


def main():
    if sys.argv[1:2] == ["one"]:
        line = one(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
        print(json.dumps({**line, "load": round(os.getloadavg()[0], 1)}))
        return
    if sys.argv[1:2] == ["only"]:
        lines = [apart(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))]
    else:
        lines = measure((SMALL, MIDDLE, BIG, HUGE) if "large" in sys.argv else (SMALL, MIDDLE))
    for line in lines:
        print(json.dumps(line), flush=True)
        keep(line)


if __name__ == "__main__":
    main()
