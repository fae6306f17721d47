"""What every hard rule about pairs offers. Rules about places are `Places` and `AskedCap`."""

from __future__ import annotations

from typing import Protocol

from mlezi.methods.assignment.arrays import Bools, Ints
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.terms import Term


class Rule(Protocol):
    @property
    def code(self) -> str: ...

    def allows(self, rows: Ints) -> Bools:
        """The definition: may these mentees be paired with each mentor? Shape (len(rows), mentors)."""
        ...

    def term(self) -> Term:
        """The same rule for the fast scorer: FORBIDDEN points where it says no, 0 elsewhere."""
        ...

    def explain(self, i: int, j: int) -> Reason:
        """Why mentee i may not be paired with mentor j."""
        ...
