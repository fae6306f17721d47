"""The rounds of proposals of `stable`, as loops over arrays."""

from __future__ import annotations

import numpy as np

from .arrays import Bools, Ints
from .auction import lift, sink
from .compiled import compiled


def propose_all(wants: Ints, starts: Ints, mentors: Ints, value: Ints, places: Ints) -> tuple[Ints, Bools]:
    """Deferred acceptance. Mentee i proposes along the arcs `starts[i]:starts[i+1]` to `mentors[arc]`, in order.

    `value[arc]`: what the mentor thinks of the mentee, all different for one mentor; below zero is refused.
    Returns the arcs that hold, and which mentees came to the end of their list still wanting.
    """
    first = np.zeros(len(places) + 1, dtype=np.int64)
    np.cumsum(places, out=first[1:])
    held = np.full(int(first[-1]), -1, dtype=np.int64)
    row = np.repeat(np.arange(len(wants)), np.diff(starts))
    spent = np.zeros(len(wants), dtype=np.bool_)
    _propose(wants.copy(), starts, row, mentors, value, (places, first, held, np.zeros_like(held)), spent)
    return held[held >= 0], spent


@compiled
def _propose(  # noqa: PLR0917 - compiled loops take their arrays one by one
    open_: Ints, starts: Ints, row: Ints, mentors: Ints, value: Ints, seats: tuple[Ints, Ints, Ints, Ints], spent: Bools
) -> None:
    places, first, held, worst = seats
    load = np.zeros(len(places), dtype=np.int64)
    following = starts[:-1].copy()
    stack = np.arange(len(open_))[::-1].copy()
    size = len(stack)
    while size > 0:
        i = stack[size - 1]
        if open_[i] <= 0:
            size -= 1
            continue
        if following[i] == starts[i + 1]:
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
