"""Declared conflicts of interest: family, complaint, assessment, anything a person need not explain."""

from __future__ import annotations

from mlezi.methods.assignment.arrays import Ints

from .barred import Barred


def conflict_of_interest(mentees: Ints, mentors: Ints, *, n_mentors: int) -> Barred:
    return Barred(mentees, mentors, n_mentors, "conflict", "One of the two has asked not to be paired with the other.")
