"""A person who is both mentor and mentee in a round is never paired with themselves."""

from __future__ import annotations

import numpy as np

from .barred import Barred


def same_person(mentee_ids: tuple[str, ...], mentor_ids: tuple[str, ...]) -> Barred:
    where = {name: j for j, name in enumerate(mentor_ids)}
    both = [(i, where[name]) for i, name in enumerate(mentee_ids) if name in where]
    pairs = np.array(both, dtype=np.int64).reshape(-1, 2)
    return Barred(pairs[:, 0], pairs[:, 1], len(mentor_ids), "same_person", "They are the same person.")
