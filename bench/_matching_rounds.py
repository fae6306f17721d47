"""Made-up large rounds for the benchmark: sites in clusters, thirty competencies, languages, slots, hard rules."""

import numpy as np

from mlezi.methods.assignment import criteria, rules
from mlezi.methods.assignment.objective import Objective
from mlezi.methods.assignment.problem import Problem


def large(n, m, *, seed=1, places_per_mentee=1.0, served_first=False):
    """A round of n mentees and m mentors with about `places_per_mentee` places for each mentee."""
    dice = np.random.default_rng(seed)
    n_sites = max(20, min(2000, n // 50))
    towns = dice.uniform(0, 1000, (max(3, n_sites // 20), 2))
    sites = towns[dice.integers(0, len(towns), n_sites)] + dice.normal(0, 40, (n_sites, 2))
    km = np.hypot(*(sites[:, None, :] - sites[None, :, :]).transpose(2, 0, 1))
    minutes = km * 1.3 / 40 * 60
    site, site_m = dice.integers(0, n_sites, n), dice.integers(0, n_sites, m)
    need = np.where(dice.random((n, 30)) < 1 / 6, dice.random((n, 30)), 0)
    speaks, speaks_m = dice.random((n, 4)) < [0.95, 0.3, 0.1, 0.1], dice.random((m, 4)) < [0.95, 0.5, 0.2, 0.1]
    slots = slot_masks(dice, n, 5)
    slots_m = slot_masks(dice, m, 7)
    mean = n * places_per_mentee / m
    barred = (dice.integers(0, n, 3 * n), dice.integers(0, m, 3 * n))
    return Problem(
        mentees=tuple(map(str, range(n))),
        mentors=tuple(f"m{j}" for j in range(m)),
        wants=np.ones(n, dtype=np.int64),
        places=dice.integers(1, max(2, round(2 * mean)), m),
        criteria=(
            criteria.Competency(need, dice.beta(2, 3, (m, 30)), weight=45),
            criteria.Travel(minutes, site, site_m, half=75, weight=20),
            criteria.Languages(speaks, speaks_m, dice.integers(-1, 4, n), weight=10),
            criteria.Availability(slots, slots_m, np.full(n, 3), weight=10),
            criteria.Seniority(dice.integers(0, 5, n), dice.integers(2, 9, m), weight=5),
            criteria.TrackRecord(dice.random(m), n, weight=10),
        ),
        rules=(
            rules.conflict_of_interest(*barred, n_mentors=m),
            rules.CommonLanguage(speaks, speaks_m),
            rules.CommonTime(slots, slots_m, least=2),
        ),
        objective=Objective(served_first=served_first),
    )


def slot_masks(dice, n, mean):
    """Free slots of the week as bits, 21 slots, about `mean` of them free."""
    free = dice.random((n, 21)) < mean / 21
    return (free * (1 << np.arange(21))).sum(axis=1).astype(np.uint64)
