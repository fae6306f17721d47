"""What a round wants, in parts that can be combined. Everything here keeps the problem a flow.

The worth of a pair is `gain[i] * score + bonus[i] (+ a bonus for staying)`, and each further mentee of
one mentor may cost something. All are whole numbers, so that an optimum can be proved without tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import UNIT, Bools, Ints


@dataclass(frozen=True)
class Waiting:
    """`days` (mentees,) waited so far; each day adds `points` (millionths of a full score), up to `most` days."""

    days: Ints
    points: int = 1000
    most: int = 365

    def bonus(self) -> Ints:
        return self.points * np.clip(self.days, 0, self.most)


@dataclass(frozen=True)
class Help:
    """Scores of `group` (mentees,) count `percent` per cent; others 100. See `fairness` for a budget."""

    group: Bools
    percent: int


@dataclass(frozen=True)
class EvenLoad:
    """Each further mentee of a mentor costs `points` more than the one before; `already` (mentors,) counts too."""

    points: int
    already: Ints | None = None


@dataclass(frozen=True)
class Stay:
    """Pairs that exist now get `points`: the gain in score below which a move is not worth the trouble."""

    mentees: Ints
    mentors: Ints
    points: int


@dataclass(frozen=True)
class Objective:
    """`served_first`: serving one more mentee beats any quality; then waiting, help, load and stay add up."""

    served_first: bool = True
    waiting: Waiting | None = None
    help: Help | None = None
    even_load: EvenLoad | None = None
    stay: Stay | None = None
    first_points: int | None = None
    """What being served counts, where it must stay the same while places change; else it is worked out."""

    @property
    def scale(self) -> int:
        """Points are counted in hundredths when a group's scores count a percentage."""
        return 100 if self.help else 1

    def gain(self, n_mentees: int) -> Ints:
        gain = np.full(n_mentees, self.scale, dtype=np.int64)
        if self.help:
            gain[self.help.group] = self.help.percent
        return gain

    def bonus(self, wants: Ints, places: Ints) -> Ints:
        """What each mentee's pairs get in addition, whoever the mentor is (mentees,)."""
        bonus = np.zeros(len(wants), dtype=np.int64)
        if self.waiting:
            bonus += self.scale * self.waiting.bonus()
        if self.served_first:
            bonus += self.first(wants, places)
        return bonus

    def first(self, wants: Ints, places: Ints) -> int:
        """More than everything else together can be worth, so that being served comes first.

        Raises `OverflowError` when the sum would not fit 64 bits (about 30 million mentees).
        """
        if self.first_points is not None:
            return self.first_points
        others = int(self.gain(len(wants)).max(initial=1)) * UNIT
        if self.waiting:
            others += self.scale * int(self.waiting.bonus().max(initial=0))
        if self.stay:
            # One figure for every usual bonus, so that answers under different ones can be compared.
            others += self.scale * max(2 * UNIT, self.stay.points)
        others += int(self.place_costs(places)[1].max(initial=0))
        answer = others * (min(int(wants.sum()), int(places.sum())) + 1) + 1
        if answer > 2**55:
            raise OverflowError("Too many people for served_first together with the other parts; leave one out.")
        return answer

    def place_costs(self, places: Ints) -> tuple[Ints, Ints]:
        """What each place of each mentor costs: (where each mentor's places start, costs, never falling)."""
        starts = np.zeros(len(places) + 1, dtype=np.int64)
        np.cumsum(places, out=starts[1:])
        costs = np.zeros(int(starts[-1]), dtype=np.int64)
        if self.even_load:
            nth = np.arange(len(costs)) - np.repeat(starts[:-1], places)
            already = self.even_load.already
            before = np.repeat(already, places) if already is not None else 0
            costs += self.scale * self.even_load.points * (nth + before)
        return starts, costs
