"""The two searches of `paths`, written as loops over arrays so that they can be compiled.

Nodes are rows (0 … n-1) and columns (n …). `state` is what an assignment is: arcs, places, who sits where
(`seat[arc]`, -1 = not taken; `seats` by column), `load` (seats used directly), `flow` (also by parts),
`free[row]` (mentors still wanted), `gain`, `price`. `work` is scratch space, left clean after each search.
Lengths of steps: taking an arc, gain + price - worth; giving one up, worth - gain - price; both are >= 0.
"""

# ruff: noqa: PLR0917 - compiled loops take their arrays one by one

from __future__ import annotations

from typing import Any

from .arrays import Ints
from .compiled import compiled
from .heap import put, take

FAR = 2**62
State = tuple[Any, ...]


@compiled
def leave(arc: int, cols: Ints, starts: Ints, seats: Ints, seat: Ints, load: Ints) -> None:
    """Give up the seat of an arc; the last one of the column moves into it."""
    column = cols[arc]
    load[column] -= 1
    last = seats[starts[column] + load[column]]
    seats[starts[column] + seat[arc]] = last
    seat[last] = seat[arc]
    seat[arc] = -1


@compiled
def sit(arc: int, cols: Ints, starts: Ints, seats: Ints, seat: Ints, load: Ints) -> None:
    column = cols[arc]
    seat[arc] = load[column]
    seats[starts[column] + load[column]] = arc
    load[column] += 1


@compiled
def keep_tight(kept: Ints, state: State) -> None:
    """Take the arcs that are still as good as any at these prices, as far as there are places."""
    arcs, cols, worth, rows, parent, places, starts, costs, seats, seat, load, flow, free, gain, price = state
    for arc in kept:
        row, column = rows[arc], cols[arc]
        if free[row] == 0 or flow[column] == places[column] or worth[arc] - price[column] != gain[row]:
            continue
        if costs[starts[column] + flow[column]] <= price[column]:
            sit(arc, cols, starts, seats, seat, load)
            flow[column] += 1
            free[row] -= 1


@compiled
def clean(seen: Ints, n_seen: int, far: Ints, at: Ints) -> None:
    for k in range(n_seen):
        far[seen[k]] = FAR
        at[seen[k]] = -1


@compiled
def reach(
    node: int, distance: int, link: int, best: int, size: int, n_seen: int,
    far: Ints, at: Ints, nodes: Ints, back: Ints, seen: Ints,
) -> tuple[int, int]:  # fmt: skip
    """Note that `node` can be reached over `link` in `distance`, if that is news. Returns (size, n_seen)."""
    if distance < far[node] and distance < best:
        if far[node] == FAR:
            seen[n_seen] = node
            n_seen += 1
        far[node] = distance
        back[node] = link
        size = put(nodes, at, far, size, node)
    return size, n_seen


@compiled
def serve(i: int, state: State, work: State) -> None:  # noqa: PLR0912, PLR0915 - one search, told in order
    """One mentor for row i, or the news that it is better off without: then `gain[i]` becomes 0.

    `back[row]`: the arc that the row gives up; `back[column]`: the arc that is taken, or -2 - k when reached
    from column k through a parent or a part.
    """
    arcs, cols, worth, rows, parent, places, starts, costs, seats, seat, load, flow, free, gain, price = state
    far, at, nodes, back, seen, first_child, next_child = work
    n = len(gain)
    best, end = FAR, -1
    far[i] = 0
    back[i] = -1
    seen[0] = i
    n_seen = 1
    size = put(nodes, at, far, 0, i)
    while size > 0:
        node = nodes[0]
        here = far[node]
        if here >= best:
            break
        size = take(nodes, at, far, size)
        if node < n:
            if here + gain[node] < best:
                best, end = here + gain[node], node
            for arc in range(arcs[node], arcs[node + 1]):
                if seat[arc] < 0:
                    step = here + gain[node] + price[cols[arc]] - worth[arc]
                    size, n_seen = reach(n + cols[arc], step, arc, best, size, n_seen, far, at, nodes, back, seen)
            continue
        column = node - n
        up = parent[column]
        if flow[column] < places[column]:
            step = costs[starts[column] + flow[column]] - price[column]
            if up < 0:
                if here + max(0, step) < best:
                    best, end = here + max(0, step), node
            else:
                size, n_seen = reach(
                    n + up, here + step + price[up], -2 - column, best, size, n_seen, far, at, nodes, back, seen
                )
        for k in range(load[column]):
            arc = seats[starts[column] + k]
            step = here + worth[arc] - gain[rows[arc]] - price[column]
            size, n_seen = reach(rows[arc], step, arc, best, size, n_seen, far, at, nodes, back, seen)
        part = first_child[column]
        while part >= 0:
            if flow[part] > 0:
                step = here + price[part] - price[column] - costs[starts[part] + flow[part] - 1]
                size, n_seen = reach(n + part, step, -2 - column, best, size, n_seen, far, at, nodes, back, seen)
            part = next_child[part]
    for k in range(n_seen):
        node = seen[k]
        if far[node] < best:
            if node < n:
                gain[node] -= best - far[node]
            else:
                price[node - n] += best - far[node]
    node = end
    if node >= n:
        flow[node - n] += 1
    while back[node] != -1:
        link = back[node]
        if node < n:
            leave(link, cols, starts, seats, seat, load)
            free[node] += 1
            node = n + cols[link]
        elif link >= 0:
            sit(link, cols, starts, seats, seat, load)
            node = rows[link]
            free[node] -= 1
        else:
            other = -2 - link
            if parent[other] == node - n:
                flow[other] += 1
            else:
                flow[node - n] -= 1
            node = n + other
    clean(seen, n_seen, far, at)


@compiled
def serve_all(state: State, work: State) -> None:
    free, gain = state[12], state[13]
    for i in range(len(gain)):
        while free[i] > 0 and gain[i] > 0:
            serve(i, state, work)


@compiled
def fill(v: int, state: State, work: State, col_starts: Ints, by_col: Ints) -> None:  # noqa: PLR0912, PLR0915
    """Lower the price of column v, a mentor with a place to spare, until somebody takes it or it costs no more
    than the place itself. The search goes backwards from v.

    `back[row]`: the arc that the row takes; `back[column]`: the arc that is given up there, or -2 - k.
    """
    arcs, cols, worth, rows, parent, places, starts, costs, seats, seat, load, flow, free, gain, price = state
    far, at, nodes, back, seen, first_child, next_child = work
    n = len(gain)
    best, end = price[v] - costs[starts[v] + flow[v]], -1
    far[n + v] = 0
    back[n + v] = -1
    seen[0] = n + v
    n_seen = 1
    size = put(nodes, at, far, 0, n + v)
    while size > 0:
        node = nodes[0]
        here = far[node]
        if here >= best:
            break
        size = take(nodes, at, far, size)
        if node < n:
            if free[node] > 0:
                best, end = here, node
                break
            for arc in range(arcs[node], arcs[node + 1]):
                if seat[arc] >= 0:
                    step = here + worth[arc] - gain[node] - price[cols[arc]]
                    size, n_seen = reach(n + cols[arc], step, arc, best, size, n_seen, far, at, nodes, back, seen)
            continue
        column = node - n
        up = parent[column]
        if flow[column] > 0 and column != v:
            step = here + price[column] - costs[starts[column] + flow[column] - 1]
            if up < 0:
                if step < best:
                    best, end = step, node
            else:
                size, n_seen = reach(
                    n + up, step - price[up], -2 - column, best, size, n_seen, far, at, nodes, back, seen
                )
        for k in range(col_starts[column], col_starts[column + 1]):
            arc = by_col[k]
            if seat[arc] < 0:
                step = here + gain[rows[arc]] + price[column] - worth[arc]
                size, n_seen = reach(rows[arc], step, arc, best, size, n_seen, far, at, nodes, back, seen)
        part = first_child[column]
        while part >= 0:
            if flow[part] < places[part]:
                step = here + price[column] - price[part] + costs[starts[part] + flow[part]]
                size, n_seen = reach(n + part, step, -2 - column, best, size, n_seen, far, at, nodes, back, seen)
            part = next_child[part]
    for k in range(n_seen):
        node = seen[k]
        if far[node] < best:
            if node < n:
                gain[node] += best - far[node]
            else:
                price[node - n] -= best - far[node]
    if end >= 0:
        exchange(end, v, state, work)
    clean(seen, n_seen, far, at)


@compiled
def exchange(end: int, v: int, state: State, work: State) -> None:
    """Carry out the chain found by `fill`, from `end` to v: first all seats given up, then all seats taken."""
    cols, rows, parent, starts, seats, seat, load, flow, free, gain = (
        state[1], state[3], state[4], state[6], state[8], state[9], state[10], state[11], state[12], state[13]
    )  # fmt: skip
    back = work[3]
    n = len(gain)
    flow[v] += 1
    if end >= n:
        flow[end - n] -= 1
    for taking in (False, True):
        node = end
        while back[node] != -1:
            link = back[node]
            if node < n:
                if taking:
                    sit(link, cols, starts, seats, seat, load)
                    free[node] -= 1
                node = n + cols[link]
            elif link >= 0:
                if not taking:
                    leave(link, cols, starts, seats, seat, load)
                    free[rows[link]] += 1
                node = rows[link]
            else:
                other = -2 - link
                if not taking:
                    if parent[other] == node - n:
                        flow[other] -= 1
                    else:
                        flow[node - n] += 1
                node = n + other


@compiled
def fill_all(state: State, work: State, col_starts: Ints, by_col: Ints) -> None:
    parent, places, starts, costs, flow, price = state[4], state[5], state[6], state[7], state[11], state[14]
    for v in range(len(price)):
        while parent[v] < 0 and flow[v] < places[v] and price[v] > costs[starts[v] + flow[v]]:
            fill(v, state, work, col_starts, by_col)
