"""An answer of the engine as bytes, and back, to go on from it when something small has changed."""

from __future__ import annotations

import json

import numpy as np

from mlezi.methods.assignment.certificate import Certificate
from mlezi.methods.assignment.problem import Problem
from mlezi.methods.assignment.result import Result


def read(content: bytes) -> Result:
    """The result whose `to_bytes` this is."""
    parts = json.loads(content)
    said = parts["certificate"]
    versions = tuple((str(name), str(number)) for name, number in said.pop("versions"))
    price = tuple(int(p) for p in said.pop("price"))
    i, j, score = np.array(parts["pairs"], dtype=np.int64).reshape(-1, 3).T
    return Result(
        i=np.ascontiguousarray(i),
        j=np.ascontiguousarray(j),
        score=np.ascontiguousarray(score),
        gain=np.array(parts["gain"], dtype=np.int64),
        price=np.array(price, dtype=np.int64),
        certificate=Certificate(price=price, versions=versions, **said),
        rounds=parts["rounds"],
    )


def fits(result: Result, problem: Problem) -> bool:
    """Whether an earlier answer is about the same people, so that the engine may start from it."""
    columns = problem.n_mentors + (problem.asked_cap is not None) * len(result.price[problem.n_mentors :])
    return len(result.gain) == problem.n_mentees and len(result.price) == columns
