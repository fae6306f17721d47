"""The map of codes: those that the same people say stand near each other, joined where many say both."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext

from mlezi.methods.coding import columns, mapping
from mlezi.methods.coding.counting import Base
from mlezi.narratives.exchanging import PALETTE
from mlezi.narratives.models import Code
from mlezi.narratives.queries.results import Material
from mlezi.plumbing.charts import INK, INK_SOFT, Chart
from mlezi.plumbing.words import worded

MOST = 16  # more cannot be told apart in one picture
WIDE, HIGH = 620, 420
NARROW = 480  # under this width names stand in the list alone


@dataclass(frozen=True)
class OnMap:
    """A code with its number on the map, how many have it, and what it stands with: code and how many have both."""

    number: int
    code: Code
    n: int
    with_: list[tuple[Code, int]]


@dataclass(frozen=True)
class Map:
    chart: Chart
    codes: list[OnMap]
    n_left_out: int


def drawn(material: Material, base: Base) -> Map:
    """The codes that most have, each counted alone, without those under it."""
    grid = material.grid
    had = grid.had("documents" if base == "mentions" else base)
    both = columns.in_common(had)
    if base == "mentions":
        both = columns.overlapping(grid.spans, len(grid.codes)) + np.diag(np.bincount(
            grid.spans[:, 3], minlength=len(grid.codes)))  # fmt: skip
    order = [int(n) for n in np.argsort(-np.diag(both), kind="stable") if both[n, n]]
    shown = sorted(order[:MOST])
    codes = [material.codes[n] for n in shown]
    small = both[np.ix_(shown, shown)]
    rows = [
        OnMap(n + 1, code, int(small[n, n]), [(codes[m], int(small[n, m])) for m in np.argsort(-small[n], kind="stable")
                                              if m != n and small[n, m]])
        for n, code in enumerate(codes)
    ]  # fmt: skip
    return Map(_chart(rows, small), rows, len(order) - len(shown))


def _chart(rows: list[OnMap], both: columns.Numbers) -> Chart:
    at = mapping.places(both)
    nodes = [{"x": x, "y": y, "n": one.n, "number": str(one.number), "name": worded(one.code.title),
              "colour": PALETTE[one.code.colour % len(PALETTE)]}
             for one, (x, y) in zip(rows, at, strict=True)]  # fmt: skip
    lines = [
        {"x": at[a][0], "y": at[a][1], "x2": at[b][0], "y2": at[b][1], "both": int(both[a, b])}
        for a, b in _strong(both)
    ]
    x = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [-0.12, 1.12]}}
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [-0.12, 1.12]}}
    spec: dict[str, Any] = {
        "width": WIDE,
        "height": HIGH,
        "layer": [
            {
                "data": {"values": lines},
                "mark": {"type": "rule", "color": INK_SOFT, "opacity": 0.35, "strokeCap": "round"},
                "encoding": {
                    "x": x, "y": y, "x2": {"field": "x2"}, "y2": {"field": "y2"},
                    "strokeWidth": {"field": "both", "type": "quantitative", "legend": None,
                                    "scale": {"range": [1, 6], "zero": True}},
                },
            },
            {
                "data": {"values": nodes},
                "mark": {"type": "circle", "opacity": 1, "stroke": "white", "strokeWidth": 1.5},
                "encoding": {
                    "x": x, "y": y, "color": {"field": "colour", "type": "nominal", "scale": None},
                    "size": {"field": "n", "type": "quantitative", "legend": None,
                             "scale": {"range": [420, 1900], "zero": True}},
                },
            },
            {
                "data": {"values": nodes},
                "mark": {"type": "text", "color": "white", "fontWeight": 700, "fontSize": 14},
                "encoding": {"x": x, "y": y, "text": {"field": "number"}},
            },
            *(
                {
                    "data": {"values": nodes},
                    "mark": {"type": "text", "color": INK, "limit": 150, "dy": 31, **halo,
                             "opacity": {"expr": f"width < {NARROW} ? 0 : 1"}},
                    "encoding": {"x": x, "y": y, "text": {"field": "name"}},
                }
                for halo in ({"stroke": "white", "strokeWidth": 4}, {})
            ),
        ],
    }  # fmt: skip
    table = [[worded(one.code.title), one.number, one.n] for one in rows]
    return Chart(
        gettext("Codes that stand together"),
        gettext(
            "Each circle is a code, the larger the more have it. A line joins two that are often said together; the "
            "thicker, the more often. The list below says the same in numbers."
        ),
        spec,
        (gettext("Theme"), gettext("Number on the map"), "n"),
        table,
    )  # fmt: skip


def _strong(both: columns.Numbers) -> list[tuple[int, int]]:
    """The lines that are drawn: of each code its three strongest, so that the picture stays a picture."""
    drawn_: dict[tuple[int, int], bool] = defaultdict(bool)
    for a in range(len(both)):
        others = [int(b) for b in np.argsort(-both[a], kind="stable") if b != a and both[a, b]]
        for b in others[:3]:
            drawn_[min(a, b), max(a, b)] = True
    return sorted(drawn_)
