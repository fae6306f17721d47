"""The exact solver: shortest augmenting paths on a network of candidates, in whole numbers.

It starts from any prices of places and ends with an assignment and prices that prove each other optimal
on the network (complementary slackness). A mentee's `gain` is what they get above the price of their place.

Two searches (both Dijkstra's, with the gains and prices keeping all lengths >= 0):
`serve` finds for a mentee without a place the cheapest chain of moves that ends at a free place, or at somebody
who would rather go without; `fill` lowers the price of a mentor who is not full until somebody comes or it is 0.
Source: successive shortest paths, Ahuja, Magnanti and Orlin, Network Flows, 1993, chapter 9.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import Ints
from .auction import auction, suits
from .network import Network, best_left
from .searches import FAR, fill_all, serve_all


@dataclass(frozen=True)
class Optimum:
    """`taken`: arcs of the network that are used, sorted; `gain` (rows,); `price` (columns,)."""

    taken: Ints
    gain: Ints
    price: Ints


def solve(network: Network, *, price: Ints | None = None, kept: Ints | None = None) -> Optimum:
    """The best assignment on the network. `price` and `kept` (arcs) of an earlier one make it quicker.

    No arc, no row and no column is a valid network too. The answer does not depend on `kept` or `price`
    except among assignments of equal worth.
    """
    sides, n = network.sides, network.n_rows
    start = np.zeros(sides.n, dtype=np.int64) if price is None else price.astype(np.int64).copy()
    if kept is None and suits(network):
        start = auction(network)
    part = sides.parent >= 0
    start[part] = start[sides.parent[part]]
    if part.any() or kept is None:
        kept = np.zeros(0, dtype=np.int64)
    rows = network.rows()
    left = network.worth - start[network.columns]
    gain = best_left(left, network.starts)
    seat = np.full(len(network.worth), -1, dtype=np.int64)
    state = (
        network.starts, network.columns, network.worth, rows, sides.parent, sides.places, sides.starts, sides.costs,
        np.full(int(sides.starts[-1]), -1, dtype=np.int64), seat, np.zeros(sides.n, dtype=np.int64),
        np.zeros(sides.n, dtype=np.int64), network.wants.astype(np.int64).copy(), gain, start,
    )  # fmt: skip
    seats, load, flow, free = state[8], state[10], state[11], state[12]
    for arc in kept[left[kept] == gain[rows[kept]]]:
        row, column = rows[arc], network.columns[arc]
        cost_at = sides.starts[column] + flow[column]
        if free[row] and flow[column] < sides.places[column] and sides.costs[cost_at] <= start[column]:
            seat[arc] = load[column]
            seats[sides.starts[column] + load[column]] = arc
            load[column] += 1
            flow[column] += 1
            free[row] -= 1
    first_child, next_child = _children(sides.parent)
    room = n + sides.n
    work = (
        np.full(room, FAR), np.full(room, -1, dtype=np.int64), np.zeros(room, dtype=np.int64),
        np.full(room, -1, dtype=np.int64), np.zeros(room, dtype=np.int64), first_child, next_child,
    )  # fmt: skip
    serve_all(state, work)
    by_column = np.argsort(network.columns, kind="stable").astype(np.int64)
    column_starts = np.searchsorted(network.columns[by_column], np.arange(sides.n + 1)).astype(np.int64)
    fill_all(state, work, column_starts, by_column)
    return Optimum(np.flatnonzero(seat >= 0), gain, start)


def _children(parent: Ints) -> tuple[Ints, Ints]:
    """The parts of each column as linked lists: the first part, and the next one after each."""
    first = np.full(len(parent), -1, dtype=np.int64)
    following = np.full(len(parent), -1, dtype=np.int64)
    for column in range(len(parent) - 1, -1, -1):
        if parent[column] >= 0:
            following[column] = first[parent[column]]
            first[parent[column]] = column
    return first, following
