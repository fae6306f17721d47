"""Nobody is mentored by their own line manager: the purpose wall would have a hole."""

from __future__ import annotations

import numpy as np

from mlezi.methods.assignment.arrays import Ints

from .barred import Barred


def line_manager(managers: Ints, *, n_mentors: int) -> Barred:
    """`managers` (mentees, levels): the mentors who manage this mentee, -1 where there is none."""
    table = managers.reshape(len(managers), managers.shape[1] if managers.ndim == 2 else 1)
    mentees, level = np.nonzero(table >= 0)
    return Barred(mentees, table[mentees, level], n_mentors, "line_manager", "This mentor is their line manager.")
