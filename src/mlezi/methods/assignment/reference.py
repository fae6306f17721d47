"""A second exact solver that shares no code with ours: Google's network simplex of OR-Tools.

It answers the same networks (parts, place costs and several mentors for a mentee included), so that the two
can check each other. Its Python door gives no prices; they are found afterwards as longest paths in the
residual network, which exist exactly because the flow is optimal.
"""

from __future__ import annotations

import numpy as np

from .arrays import Ints
from .network import Network


class NotInstalled(ImportError):
    """The optional packages for large rounds are missing."""

    def __init__(self, name: str) -> None:
        super().__init__(f"This needs {name}. Install Mlezi with its matching extra: pip install 'mlezi[matching]'.")


def solve(network: Network, price: Ints, kept: Ints | None) -> tuple[Ints, Ints, Ints]:
    """(arcs taken, gain, price) of an optimum; `price` and `kept` are not needed here."""
    try:
        from ortools.graph.python import min_cost_flow  # noqa: PLC0415 - optional
    except ImportError as missing:
        raise NotInstalled("OR-Tools") from missing

    tail, head, cost, room = arcs(network)
    flow = min_cost_flow.SimpleMinCostFlow()
    numbers = flow.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
    supply = np.zeros(network.n_rows + network.sides.n + 1, dtype=np.int64)
    supply[: network.n_rows] = network.wants
    supply[-1] = -int(network.wants.sum())
    flow.set_nodes_supplies(np.arange(len(supply)), supply)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"The network solver stopped with status {status}.")
    used = np.asarray(flow.flows(numbers), dtype=np.int64)
    gain, prices = duals(network, (tail, head, cost, room), used)
    return np.flatnonzero(used[: len(network.worth)] > 0), gain, prices


def arcs(network: Network) -> tuple[Ints, Ints, Ints, Ints]:
    """Every arc as (from, to, cost, room): pairs, then places one by one, then doing without. Last node: outside."""
    n, sides = network.n_rows, network.sides
    outside = n + sides.n
    column = np.repeat(np.arange(sides.n), sides.places)
    above = np.where(sides.parent[column] >= 0, n + sides.parent[column], outside)
    rows = np.arange(n)
    tail = np.concatenate([network.rows(), n + column, rows])
    head = np.concatenate([n + network.columns, above, np.full(n, outside)])
    cost = np.concatenate([-network.worth, sides.costs, np.zeros(n, dtype=np.int64)])
    room = np.concatenate([np.ones(len(network.worth) + len(column), dtype=np.int64), network.wants])
    return tail.astype(np.int64), head.astype(np.int64), cost, room


def duals(network: Network, graph: tuple[Ints, Ints, Ints, Ints], used: Ints) -> tuple[Ints, Ints]:
    """Shortest distances to the outside in the residual network (Bellman and Ford): gain and price of each node.

    Raises `ArithmeticError` when there is a cycle that would improve the flow, that is, when it is not optimal.
    """
    tail, head, cost, room = graph
    n = network.n_rows
    outside = n + network.sides.n
    ahead, back = used < room, used > 0
    start = np.concatenate([tail[ahead], head[back]])
    stop = np.concatenate([head[ahead], tail[back]])
    length = np.concatenate([cost[ahead], -cost[back]])
    order = np.argsort(start, kind="stable")
    start, stop, length = start[order], stop[order], length[order]
    first = np.flatnonzero(np.diff(start, prepend=-1))
    who = start[first]
    far = np.full(outside + 1, np.iinfo(np.int64).max // 4)
    far[outside] = 0
    for _ in range(outside + 2):
        nearest = np.minimum.reduceat(length + far[stop], first)
        better = nearest < far[who]
        if not better.any():
            break
        far[who[better]] = nearest[better]
    else:
        raise ArithmeticError("The network solver's answer can be improved, so it is not an optimum.")
    return np.maximum(0, -far[:n]), np.where(network.sides.places > 0, far[n:outside], _top(network))


def _top(network: Network) -> Ints:
    """A price that nobody pays, for columns without a place."""
    return np.full(network.sides.n, int(network.worth.max(initial=0)))
