"""A second exact solver that shares no code with ours: Google's network simplex of OR-Tools.

It answers the same networks (parts, place costs and several mentors for a mentee included), so that the two
can check each other. Its Python door gives no prices; they are found afterwards as longest paths in the
residual network, which exist exactly because the flow is optimal.
"""

from __future__ import annotations

import numpy as np

from .arrays import Ints
from .network import Network
from .residual import Graph, arcs, to_outside


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


def duals(network: Network, graph: Graph, used: Ints) -> tuple[Ints, Ints]:
    """Gain of each row and price of each column from the residual network of an optimal flow."""
    n = network.n_rows
    far = to_outside(graph, used, n + network.sides.n)
    price = np.where(network.sides.places > 0, far[n:-1], int(network.worth.max(initial=0)))
    return np.maximum(0, -far[:n]), price
