"""A heap of nodes by distance that knows where each node is, so that distances can be lowered in place.

`nodes[:size]` is the heap, `at[node]` its place in it or -1, `far[node]` its distance. Equal distances are
ordered by node, so that the same input always gives the same paths.
"""

from __future__ import annotations

from .arrays import Ints
from .compiled import compiled


@compiled
def before(far: Ints, a: int, b: int) -> bool:
    return bool(far[a] < far[b] or (far[a] == far[b] and a < b))


@compiled
def rise(nodes: Ints, at: Ints, far: Ints, k: int) -> None:
    node = nodes[k]
    while k > 0:
        up = (k - 1) // 2
        if not before(far, node, nodes[up]):
            break
        nodes[k] = nodes[up]
        at[nodes[k]] = k
        k = up
    nodes[k] = node
    at[node] = k


@compiled
def put(nodes: Ints, at: Ints, far: Ints, size: int, node: int) -> int:
    """Add the node, or move it up after its distance fell. Returns the new size."""
    if at[node] >= 0:
        rise(nodes, at, far, at[node])
        return size
    nodes[size] = node
    at[node] = size
    rise(nodes, at, far, size)
    return size + 1


@compiled
def take(nodes: Ints, at: Ints, far: Ints, size: int) -> int:
    """Take out the nearest node, which is `nodes[0]`. Returns the new size."""
    at[nodes[0]] = -1
    size -= 1
    if size == 0:
        return size
    node = nodes[size]
    k = 0
    while True:
        down = 2 * k + 1
        if down >= size:
            break
        if down + 1 < size and before(far, nodes[down + 1], nodes[down]):
            down += 1
        if not before(far, nodes[down], node):
            break
        nodes[k] = nodes[down]
        at[nodes[k]] = k
        k = down
    nodes[k] = node
    at[node] = k
    return size
