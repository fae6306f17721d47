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
from .searches import FAR, fill_all, keep_tight, serve_all


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
    if kept is None and suits(network):
        price = auction(network)
    assignment = Assignment(network, price=price, kept=kept)
    assignment.serve()
    assignment.fill()
    return assignment.optimum()


class Assignment:
    """An assignment on a network while it is being made or changed; see `searches` for what the state holds."""

    def __init__(self, network: Network, *, price: Ints | None, kept: Ints | None) -> None:
        sides, n = network.sides, network.n_rows
        self.network = network
        start = np.zeros(sides.n, dtype=np.int64) if price is None else price.astype(np.int64).copy()
        part = sides.parent >= 0
        start[part] = start[sides.parent[part]]
        left = network.worth - start[network.columns]
        self.gain, self.price = best_left(left, network.starts), start
        self.places, self.free = sides.places.copy(), network.wants.astype(np.int64).copy()
        self.seats = np.full(int(sides.starts[-1]), -1, dtype=np.int64)
        self.seat = np.full(len(network.worth), -1, dtype=np.int64)
        self.load = np.zeros(sides.n, dtype=np.int64)
        self.state = (
            network.starts, network.columns, network.worth, network.rows(), sides.parent, self.places, sides.starts,
            sides.costs, self.seats, self.seat, self.load, np.zeros(sides.n, dtype=np.int64), self.free, self.gain,
            start,
        )  # fmt: skip
        if kept is not None and not part.any():
            keep_tight(kept, self.state)
        room = n + sides.n
        self.work = (
            np.full(room, FAR), np.full(room, -1, dtype=np.int64), np.zeros(room, dtype=np.int64),
            np.full(room, -1, dtype=np.int64), np.zeros(room, dtype=np.int64), *_children(sides.parent),
        )  # fmt: skip

    def serve(self) -> None:
        """Find a mentor for everybody who gains by having one more."""
        serve_all(self.state, self.work)

    def fill(self) -> None:
        """Bring the price of every mentor with a place to spare down until it is taken or costs nothing."""
        flow, sides = self.state[11], self.network.sides
        after = np.minimum(sides.starts[:-1] + flow, max(0, len(sides.costs) - 1))
        spare = (flow < self.places) & (sides.parent < 0)
        if not spare.any() or not (self.price[spare] > sides.costs[after[spare]]).any():
            return
        by_column = np.argsort(self.network.columns, kind="stable").astype(np.int64)
        starts = np.searchsorted(self.network.columns[by_column], np.arange(sides.n + 1)).astype(np.int64)
        fill_all(self.state, self.work, starts, by_column)
        self._raise_gains()

    def _raise_gains(self) -> None:
        """Where a price fell under somebody seated, their gain is now more than the search needed to know."""
        taken = np.flatnonzero(self.seat >= 0)
        rows = self.state[3][taken]
        least = np.full(len(self.gain), FAR)
        np.minimum.at(least, rows, self.network.worth[taken] - self.price[self.network.columns[taken]])
        seated = (self.free == 0) & (least < FAR)
        self.gain[seated] = np.maximum(self.gain[seated], least[seated])

    def close(self, column: int) -> None:
        """Take all places away from a mentor (one without parts); whoever was there is free again."""
        start = self.network.sides.starts[column]
        for arc in self.seats[start : start + self.load[column]]:
            self.seat[arc] = -1
            self.free[self.state[3][arc]] += 1
        self.load[column] = self.state[11][column] = self.places[column] = 0

    def optimum(self) -> Optimum:
        return Optimum(np.flatnonzero(self.seat >= 0), self.gain, self.price)


def _children(parent: Ints) -> tuple[Ints, Ints]:
    """The parts of each column as linked lists: the first part, and the next one after each."""
    first = np.full(len(parent), -1, dtype=np.int64)
    following = np.full(len(parent), -1, dtype=np.int64)
    for column in range(len(parent) - 1, -1, -1):
        if parent[column] >= 0:
            following[column] = first[parent[column]]
            first[parent[column]] = column
    return first, following
