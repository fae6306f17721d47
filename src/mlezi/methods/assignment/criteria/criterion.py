"""What every criterion offers. Points run from 0 to the `points` it is given; unknown counts as half."""

from __future__ import annotations

from typing import Protocol

from mlezi.methods.assignment.arrays import Ints
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Term


class Criterion(Protocol):
    @property
    def code(self) -> str: ...

    @property
    def weight(self) -> float: ...

    def score(self, rows: Ints, points: int) -> Ints:
        """The definition: points of these mentees with every mentor, shape (len(rows), mentors)."""
        ...

    def term(self, points: int) -> Term:
        """The same points in the shape that the fast scorer reads."""
        ...

    def explain(self, i: int, j: int, points: int) -> Reason:
        """One sentence a mentor understands about mentee i with mentor j."""
        ...
