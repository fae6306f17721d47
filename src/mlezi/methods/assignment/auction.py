# ruff: noqa: PLR0917 - compiled loops take their arrays one by one
"""Good first prices by an auction: mentees bid for places until nobody wants to bid again.

A place goes to the highest bidders and costs what the lowest of them bid; a bid overtops by at least `step`. The
prices are within `step` of prices that support an optimum, so `paths` has little left to repair (Bertsekas 1988;
identical places: Bertsekas and Castañón 1989). There is one fine step only: going from coarse to fine would leave
prices on places that nobody takes, and repairing those costs more than all the bidding. Only for rounds with one
mentor for each mentee and places that cost the same; anything else goes to `paths` directly.
"""

from __future__ import annotations

import numpy as np

from .arrays import Ints
from .compiled import compiled
from .network import Network

STEPS = 10_000
"""Steps from nothing to the best pair; finer prices leave less to repair but take more bids."""


def suits(network: Network) -> bool:
    sides = network.sides
    return bool(network.wants.max(initial=0) == 1 and not sides.costs.any() and (sides.parent < 0).all())


def auction(network: Network, *, steps: int = STEPS) -> Ints:
    """Prices (columns,) after the auction; `steps` lead from nothing to the best pair.

    What a mentee brings along whoever the mentor is (being served at all) is cut to the worth of a good pair:
    it would take ages to bid up to it, and `paths` lifts the prices there in one step where it matters.
    """
    usual = network.worth - network.bonus[network.rows()]
    most = int(usual.max(initial=0))
    worth = usual + np.minimum(network.bonus, most)[network.rows()]
    sides = network.sides
    price = np.zeros(sides.n, dtype=np.int64)
    n_places = int(sides.starts[-1])
    scratch = np.zeros(n_places, dtype=np.int64), np.zeros(n_places, dtype=np.int64), np.zeros_like(price)
    step = max(1, most // steps)
    bid_all(
        network.wants,
        network.starts,
        network.columns,
        worth,
        network.rows(),
        sides.places,
        sides.starts,
        price,
        *scratch,
        step,
    )
    return price


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
