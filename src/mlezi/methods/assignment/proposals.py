"""Deferred acceptance that goes on when somebody is given more wishes, as loops over arrays."""

from __future__ import annotations

import numpy as np

from .arrays import Bools, Ints
from .auction import lift, sink
from .compiled import compiled


class Proposals:
    """Who holds whom so far. A mentor only ever changes for somebody better, so wishes may come in portions."""

    def __init__(self, wants: Ints, places: Ints) -> None:
        self.open, self.places = wants.copy(), places
        self.first = np.zeros(len(places) + 1, dtype=np.int64)
        np.cumsum(places, out=self.first[1:])
        self.held = np.full(int(self.first[-1]), -1, dtype=np.int64)
        self.worst, self.load = np.zeros_like(self.held), np.zeros(len(places), dtype=np.int64)
        self.next, self.stop = np.zeros_like(wants), np.zeros_like(wants)
        self.i, self.j, self.value = (np.zeros(0, dtype=np.int64) for _ in range(3))

    def go_on(self, i: Ints, j: Ints, value: Ints) -> Bools:
        """Further wishes i[n] → j[n], sorted by mentee, the dearest first; who came to the end of them still wanting.

        `value`: what the mentor thinks of the mentee, all different for one mentor; below zero is refused. Whoever
        gets further wishes must have come to the end of the earlier ones.
        """
        begins = np.flatnonzero(np.diff(i, prepend=-1))
        self.next[i[begins]] = len(self.i) + begins
        self.stop[i[begins]] = len(self.i) + np.append(begins[1:], len(i))
        self.i, self.j = np.concatenate([self.i, i]), np.concatenate([self.j, j])
        self.value = np.concatenate([self.value, value])
        seats = (self.places, self.first, self.held, self.worst, self.load)
        spent = np.zeros(len(self.open), dtype=np.bool_)
        _propose(self.open, (self.next, self.stop), (self.i, self.j, self.value), seats, spent)
        return spent

    def least(self) -> Ints:
        """The lowest value (mentors,) that still gets a place; the largest number where nothing does."""
        full = self.load >= self.places
        answer = np.zeros(len(self.places), dtype=np.int64)
        answer[full] = np.iinfo(np.int64).max
        some = full & (self.places > 0)
        answer[some] = self.worst[self.first[:-1][some]] + 1
        return answer


@compiled
def _propose(
    open_: Ints, lists: tuple[Ints, Ints], arcs: tuple[Ints, Ints, Ints], seats: tuple[Ints, Ints, Ints, Ints, Ints],
    spent: Bools,
) -> None:  # fmt: skip
    following, stop = lists
    row, mentors, value = arcs
    places, first, held, worst, load = seats
    stack = np.empty(len(open_), dtype=np.int64)
    size = 0
    for i in range(len(open_) - 1, -1, -1):
        if open_[i] > 0:
            stack[size] = i
            size += 1
    while size > 0:
        i = stack[size - 1]
        if open_[i] <= 0:
            size -= 1
            continue
        if following[i] == stop[i]:
            spent[i] = True
            size -= 1
            continue
        arc = following[i]
        following[i] += 1
        j = mentors[arc]
        if value[arc] < 0 or places[j] == 0:
            continue
        other = -1
        if load[j] < places[j]:
            lift(worst, held, first[j], load[j], value[arc], arc)
            load[j] += 1
        elif value[arc] > worst[first[j]]:
            other = row[held[first[j]]]
            sink(worst, held, first[j], places[j], value[arc], arc)
        else:
            continue
        open_[i] -= 1
        if open_[i] == 0:
            size -= 1
        if other >= 0:
            # Whoever still wanted somebody is on the stack already, or has come to the end of the list.
            if open_[other] == 0:
                stack[size] = other
                size += 1
            open_[other] += 1
