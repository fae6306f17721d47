# ruff: noqa: PLR0917 - compiled loops take their arrays one by one
"""Good first prices by an auction: mentees bid for places until nobody wants to bid again.

A place goes to the highest bidders and costs what the lowest of them bid; a bid overtops by at least `step`. The
prices are within `step` of prices that support an optimum, so `paths` has little left to repair. Coarse steps
first, then finer ones (Bertsekas 1988; identical places: Bertsekas and Castañón 1989). Only for rounds with one
mentor for each mentee and places that cost the same; anything else goes to `paths` directly.
"""

from __future__ import annotations

import numpy as np

from .arrays import Ints
from .compiled import compiled
from .network import Network


def suits(network: Network) -> bool:
    sides = network.sides
    return bool(network.wants.max(initial=0) == 1 and not sides.costs.any() and (sides.parent < 0).all())


def auction(network: Network, *, coarse: int, fine: int, factor: int = 6) -> Ints:
    """Prices (columns,) after auctions with steps from `coarse` down to `fine`."""
    price = np.zeros(network.sides.n, dtype=np.int64)
    places, starts = network.sides.places, network.sides.starts
    bids = np.zeros(int(starts[-1]), dtype=np.int64)
    arcs = np.zeros(int(starts[-1]), dtype=np.int64)
    row_of, step, again = network.rows(), coarse, 0
    while True:
        load = np.zeros(network.sides.n, dtype=np.int64)
        bid_all(
            network.wants,
            network.starts,
            network.columns,
            network.worth,
            row_of,
            places,
            starts,
            price,
            bids,
            arcs,
            load,
            step,
        )
        empty = (load < places) & (price > 0)
        price[empty] = 0
        if step > fine:
            step = max(fine, step // factor)
        elif not empty.any() or again == 0:
            return price
        else:
            again -= 1


@compiled
def sink(bids: Ints, arcs: Ints, start: int, size: int, bid: int, arc: int) -> None:
    """Replace the lowest of the bids start … start + size by another, lowest first again."""
    k = 0
    while True:
        down = 2 * k + 1
        if down >= size:
            break
        if down + 1 < size and bids[start + down + 1] < bids[start + down]:
            down += 1
        if bids[start + down] >= bid:
            break
        bids[start + k] = bids[start + down]
        arcs[start + k] = arcs[start + down]
        k = down
    bids[start + k] = bid
    arcs[start + k] = arc


@compiled
def lift(bids: Ints, arcs: Ints, start: int, k: int, bid: int, arc: int) -> None:
    """Add a bid at the end of the heap of k bids."""
    while k > 0 and bids[start + (k - 1) // 2] > bid:
        bids[start + k] = bids[start + (k - 1) // 2]
        arcs[start + k] = arcs[start + (k - 1) // 2]
        k = (k - 1) // 2
    bids[start + k] = bid
    arcs[start + k] = arc


@compiled
def bid_all(
    wants: Ints, row_starts: Ints, columns: Ints, worth: Ints, row_of: Ints, places: Ints, starts: Ints, price: Ints,
    bids: Ints, arcs: Ints, load: Ints, step: int,
) -> None:  # fmt: skip
    """Let every mentee bid until all have a place or want none at these prices. Changes price and load."""
    n = len(wants)
    queue = np.arange(n)[::-1].copy()
    size = n
    while size > 0:
        size -= 1
        i = queue[size]
        if wants[i] == 0:
            continue
        best, second, at = 0, 0, -1
        for arc in range(row_starts[i], row_starts[i + 1]):
            column = columns[arc]
            left = worth[arc] - price[column]
            if left > second and places[column] > 0:
                if left > best:
                    best, second, at = left, best, arc
                else:
                    second = left
        if at < 0:
            continue
        column = columns[at]
        bid = price[column] + best - second + step
        start = starts[column]
        if load[column] < places[column]:
            lift(bids, arcs, start, load[column], bid, at)
            load[column] += 1
        else:
            queue[size] = row_of[arcs[start]]
            size += 1
            sink(bids, arcs, start, places[column], bid, at)
        if load[column] == places[column]:
            price[column] = bids[start]
