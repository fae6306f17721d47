"""What could still change in a finished assignment: its residual network, and shortest ways through it.

The distance from a node to the outside is the most that its price can be while the prices still prove the optimum;
the distance from the outside, negated, is the least. Between them lies every valid price. (Ahuja, Magnanti and
Orlin, Network Flows, 1993, chapter 9; distances by Bellman and Ford, all arcs of a round at once.)
"""

from __future__ import annotations

import numpy as np

from .arrays import Ints
from .network import Network

Graph = tuple[Ints, Ints, Ints, Ints]
"""Arcs as (from, to, cost, room)."""

FAR = np.iinfo(np.int64).max // 4


def arcs(network: Network) -> Graph:
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


def flows(network: Network, taken: Ints) -> Ints:
    """How much of each arc of `arcs` an assignment uses: pairs taken, places from the cheapest on, the rest outside."""
    sides = network.sides
    load = np.bincount(network.columns[taken], minlength=sides.n)
    part = sides.parent >= 0
    np.add.at(load, sides.parent[part], load[part])
    nth = np.arange(len(sides.costs)) - np.repeat(sides.starts[:-1], sides.places)
    pairs = np.zeros(len(network.worth), dtype=np.int64)
    pairs[taken] = 1
    served = np.bincount(network.rows()[taken], minlength=network.n_rows)
    return np.concatenate([pairs, (nth < np.repeat(load, sides.places)).astype(np.int64), network.wants - served])


def to_outside(graph: Graph, used: Ints, outside: int) -> Ints:
    """The length of the shortest way from each node to the outside (nodes,), FAR where there is none."""
    return _distances(*_residual(graph, used), outside)


def from_outside(graph: Graph, used: Ints, outside: int) -> Ints:
    """The length of the shortest way from the outside to each node (nodes,)."""
    start, stop, length = _residual(graph, used)
    return _distances(stop, start, length, outside)


def _residual(graph: Graph, used: Ints) -> tuple[Ints, Ints, Ints]:
    tail, head, cost, room = graph
    ahead, back = used < room, used > 0
    return (
        np.concatenate([tail[ahead], head[back]]),
        np.concatenate([head[ahead], tail[back]]),
        np.concatenate([cost[ahead], -cost[back]]),
    )


def _distances(start: Ints, stop: Ints, length: Ints, outside: int) -> Ints:
    """Shortest lengths from each node to `outside` along arcs start -> stop.

    Raises `ArithmeticError` when a cycle would shorten itself for ever, that is, when the flow is not optimal.
    """
    order = np.argsort(start, kind="stable")
    start, stop, length = start[order], stop[order], length[order]
    first = np.flatnonzero(np.diff(start, prepend=-1))
    who = start[first]
    far = np.full(outside + 1, FAR)
    far[outside] = 0
    for _ in range(outside + 2):
        nearest = np.minimum.reduceat(length + far[stop], first)
        better = nearest < np.minimum(far[who], FAR // 2)
        if not better.any():
            return far
        far[who[better]] = nearest[better]
    raise ArithmeticError("The assignment can be improved, so it is not an optimum.")
