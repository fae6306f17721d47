"""Small made-up rounds that use every criterion, rule and objective. The same seed gives the same round."""

import numpy as np

from mlezi.methods.assignment import criteria, rules
from mlezi.methods.assignment.objective import EvenLoad, Help, Objective, Stay, Waiting
from mlezi.methods.assignment.problem import Problem

RULES = ("line_manager", "conflict", "earlier_pair", "same_person", "radius", "cadre", "language", "time", "asked_cap")
OBJECTIVES = ("served_first", "waiting", "help", "even_load", "stay")


def made_up(seed, *, n=5, m=4, most_wants=1, most_places=2, use_rules=(), use_objectives=(), wants_all=False):
    dice = np.random.default_rng(seed)
    minutes = dice.integers(0, 200, (6, 6)).astype(float)
    minutes = np.minimum(minutes, minutes.T)
    minutes[0, 5] = minutes[5, 0] = np.inf
    np.fill_diagonal(minutes, 0)
    site, site_m = dice.integers(-1, 6, n), dice.integers(-1, 6, m)
    speaks, speaks_m = dice.random((n, 3)) < 0.6, dice.random((m, 3)) < 0.6
    slots = dice.integers(0, 2**21, n).astype(np.uint64)
    slots_m = dice.integers(0, 2**21, m).astype(np.uint64)
    slots[dice.random(n) < 0.2] = 0
    asked, labels = dice.integers(-1, 2, n), dice.integers(-1, 2, m)
    cadre, cadre_m = dice.integers(0, 3, n), dice.integers(0, 3, m)
    need = np.where(dice.random((n, 5)) < 0.5, dice.random((n, 5)), 0)
    n_wishes = max(1, n // 2)
    points = (
        criteria.Competency(need, dice.random((m, 5)), weight=4),
        criteria.Travel(minutes, site, site_m, weight=2),
        criteria.Languages(speaks, speaks_m, dice.integers(-1, 3, n), weight=1),
        criteria.Availability(slots, slots_m, dice.integers(1, 6, n), weight=1),
        criteria.TrackRecord(np.where(dice.random(m) < 0.2, np.nan, dice.random(m)), n, weight=1),
        criteria.Seniority(dice.integers(-1, 5, n), dice.integers(-1, 8, m), weight=1),
        criteria.Topics(dice.random((n, 4)) < 0.4, dice.random((m, 4)) < 0.4, weight=1),
        criteria.Asked(asked, labels, weight=1),
        criteria.Wishes(
            dice.integers(0, n, n_wishes), dice.integers(0, m, n_wishes), dice.integers(1, 4, n_wishes), m, weight=0.5
        ),
    )
    ids, ids_m = tuple(f"p{k}" for k in range(n)), tuple(f"p{k + n - 1}" for k in range(m))
    one = (dice.integers(0, n, 2), dice.integers(0, m, 2))
    offered = {
        "line_manager": rules.line_manager(dice.integers(-1, m, n), n_mentors=m),
        "conflict": rules.conflict_of_interest(*one, n_mentors=m),
        "earlier_pair": rules.earlier_pair(one[0][::-1], one[1], n_mentors=m),
        "same_person": rules.same_person(ids, ids_m),
        "radius": rules.Radius(minutes, site, site_m, most=120),
        "cadre": rules.Cadre(cadre, cadre_m, dice.random((3, 3)) < 0.7),
        "language": rules.CommonLanguage(speaks, speaks_m),
        "time": rules.CommonTime(slots, slots_m, least=3),
    }
    places = dice.integers(0, most_places + 1, m)
    goals = {
        "waiting": Waiting(dice.integers(0, 400, n), points=700),
        "help": Help(dice.random(n) < 0.4, percent=150),
        "even_load": EvenLoad(60_000, already=dice.integers(0, 3, m)),
        "stay": Stay(dice.integers(0, n, 1), dice.integers(0, m, 1), points=40_000),
    }
    return Problem(
        mentees=ids,
        mentors=ids_m,
        wants=np.full(n, most_wants) if wants_all else dice.integers(0, most_wants + 1, n),
        places=places,
        criteria=points,
        rules=tuple(offered[name] for name in use_rules if name in offered),
        objective=Objective(
            "served_first" in use_objectives, **{k: v for k, v in goals.items() if k in use_objectives}
        ),
        asked_cap=rules.AskedCap(asked, labels, np.minimum(places, 1)) if "asked_cap" in use_rules else None,
    )
