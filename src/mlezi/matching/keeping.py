"""Whether an earlier answer of the engine can be gone on from when something small has changed."""

from __future__ import annotations

from mlezi.methods.assignment.problem import Problem
from mlezi.methods.assignment.result import Result


def fits(result: Result, problem: Problem) -> bool:
    """Whether an earlier answer is about the same people, so that the engine may start from it."""
    columns = problem.n_mentors + (problem.asked_cap is not None) * len(result.price[problem.n_mentors :])
    return len(result.gain) == problem.n_mentees and len(result.price) == columns
