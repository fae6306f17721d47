"""Pairs that have ended and are not to be made again, for instance after a no-fault ending."""

from __future__ import annotations

from mlezi.methods.assignment.arrays import Ints

from .barred import Barred


def earlier_pair(mentees: Ints, mentors: Ints, *, n_mentors: int) -> Barred:
    return Barred(mentees, mentors, n_mentors, "earlier_pair", "They were a pair before, and it has ended.")
