"""What is asked: who wants a mentor, who can take whom, what makes a good pair, what may never happen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property

import numpy as np

from .arrays import UNIT, Ints, shares
from .criteria import Criterion
from .objective import Objective
from .rules import AskedCap, Rule


@dataclass(frozen=True)
class Problem:
    """One round of matching.

    `mentees`, `mentors`: names or ids, in the order of every array. `wants` (mentees,): mentors wished for each,
    usually 1. `places` (mentors,): free places, for instance from `rules.Places`.
    """

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    wants: Ints
    places: Ints
    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...] = ()
    objective: Objective = Objective()
    asked_cap: AskedCap | None = None

    def __post_init__(self) -> None:
        if len(self.wants) != len(self.mentees) or len(self.places) != len(self.mentors):
            raise ValueError("There must be one `wants` for each mentee and one `places` for each mentor.")
        if (self.wants < 0).any() or (self.places < 0).any():
            raise ValueError("`wants` and `places` cannot be below zero.")

    @property
    def n_mentees(self) -> int:
        return len(self.mentees)

    @property
    def n_mentors(self) -> int:
        return len(self.mentors)

    @cached_property
    def points(self) -> tuple[int, ...]:
        """How many of the 1 000 000 points each criterion can give."""
        return tuple(shares([criterion.weight for criterion in self.criteria], UNIT))

    def digest(self) -> str:
        """SHA-256 of everything that was asked; a certificate names the problem it belongs to by it."""
        state = hashlib.sha256()
        _feed(state, self)
        return state.hexdigest()


def _feed(state: hashlib._Hash, value: object) -> None:
    if is_dataclass(value) and not isinstance(value, type):
        state.update(type(value).__name__.encode())
        for part in fields(value):
            state.update(part.name.encode())
            _feed(state, getattr(value, part.name))
    elif isinstance(value, np.ndarray):
        state.update(f"{value.dtype}{value.shape}".encode())
        state.update(np.ascontiguousarray(value).tobytes())
    elif isinstance(value, tuple):
        state.update(f"({len(value)}".encode())
        for part_ in value:
            _feed(state, part_)
    else:
        state.update(repr(value).encode())
        state.update(b";")
