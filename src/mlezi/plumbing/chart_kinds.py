"""The few kinds of chart that pages use. Each takes rows of plain values and gives a `Chart`.

Values that are missing are left out of the picture and said to be missing in the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from mlezi.plumbing.charts import CORAL, INK, LAKE, LINE, Chart
from mlezi.plumbing.words import number, percent

Words = str | Promise
WIDE, HIGH, BARS, BARS_NARROW = 540, 220, 330, 165


def _axis(kind: str, title: Words) -> dict[str, Any]:
    form = "%" if kind == "share" else ",.0f" if kind == "count" else ",.1f"
    return {"title": str(title) or None, "format": form, "tickCount": 5}


def _say(kind: str, value: float | None) -> str:
    if kind == "share":
        return percent(value)
    return number(value, 0 if kind == "count" else 1)


def over_time(
    title: Words,
    points: Sequence[tuple[str, str, float | None]],
    *,
    kind: str = "share",
    target: float | None = None,
    unit: Words = "",
    high: int = HIGH,
) -> Chart:
    """Lines by month: (month as words in their order, series, value). `kind` is share, count or number."""
    months = list(dict.fromkeys(month for month, _, _ in points))
    series = list(dict.fromkeys(name for _, name, _ in points))
    values = [{"m": month, "s": name, "v": value} for month, name, value in points if value is not None]
    y: dict[str, Any] = {"field": "v", "type": "quantitative", "axis": _axis(kind, unit)}
    if kind == "share":
        y["scale"] = {"domain": [0, 1]}
    axis = {"title": None, "labelAngle": 0, "labelOverlap": True}
    x = {"field": "m", "type": "ordinal", "sort": months, "axis": axis, "scale": {"domain": months}}
    color: dict[str, Any] = {"field": "s", "type": "nominal", "sort": series, "legend": {} if len(series) > 1 else None}
    layers: list[dict[str, Any]] = [{"mark": {"type": "line"}, "encoding": {"x": x, "y": y, "color": color}}]
    if target is not None:
        layers.append(
            {"mark": {"type": "rule", "color": CORAL, "strokeDash": [5, 4]}, "encoding": {"y": {"datum": target}}}
        )
    cells = {(month, name): value for month, name, value in points}
    rows = [[month, *(_say(kind, cells.get((month, name))) for name in series)] for month in months]
    known = [value for _, _, value in points if value is not None]
    return Chart(
        title=title,
        description=_span(kind, known, months),
        spec={"width": WIDE, "height": high, "data": {"values": values}, "layer": layers},
        header=[gettext("Month"), *series],
        rows=rows if known else [],
    )


def _span(kind: str, known: Sequence[float], months: Sequence[str]) -> str:
    if not known:
        return gettext("No data.")
    return gettext("{n} months from {first} to {last}; lowest {low}, highest {high}.").format(
        n=len(months), first=months[0], last=months[-1], low=_say(kind, min(known)), high=_say(kind, max(known))
    )


def bars(
    title: Words,
    values: Sequence[tuple[str, float | None]],
    *,
    kind: str = "share",
    unit: Words = "",
    names: Words = "",
    target: float | None = None,
) -> Chart:
    """One bar a name, longest names whole, values written at the ends. Order is the caller's."""
    known = [value for _, value in values if value is not None]
    top = 1.0 if kind == "share" else max([*known, target or 0, 1e-9])
    data = [{"n": name, "v": value or 0, "t": _say(kind, value), "end": top, "goal": target} for name, value in values]
    y = {"field": "n", "type": "nominal", "sort": None, "axis": {"title": None, "labelColor": INK}}

    def across(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative", "scale": {"domain": [0, top * 1.14]}, "axis": None}

    bar = {"type": "bar", "height": {"band": 0.55}}
    layers: list[dict[str, Any]] = [
        {"mark": {**bar, "color": LINE}, "encoding": {"x": across("end")}},
        {"mark": {**bar, "color": LAKE}, "encoding": {"x": across("v")}},
        {"mark": {"type": "text", "align": "left", "dx": 6}, "encoding": {"x": across("end"), "text": {"field": "t"}}},
    ]
    if target is not None:
        layers.append({"mark": {"type": "tick", "color": CORAL, "thickness": 2}, "encoding": {"x": across("goal")}})
    return Chart(
        title=title,
        description="; ".join(f"{name}: {_say(kind, value)}" for name, value in values),
        spec={
            "width": BARS, "height": {"step": 34}, "data": {"values": data}, "encoding": {"y": y},
            "layer": layers,
        },
        header=[names or gettext("Name"), unit or gettext("Value")],
        rows=[[name, _say(kind, value)] for name, value in values] if known else [],
        narrow_width=BARS_NARROW,
    )  # fmt: skip


def stacked(
    title: Words, rows: Sequence[tuple[str, Sequence[tuple[str, int | None]]]], *, names: Words, colors: Sequence[str]
) -> Chart:
    """Shares of a whole, one line a name: (name, ((part, count or None when hidden), …)) in the parts' order."""
    hidden = gettext("hidden")
    parts = [part for part, _ in rows[0][1]] if rows else []
    shown = {name: all(count is not None for _, count in counts) for name, counts in rows}
    order = [name if shown[name] else f"{name} ({hidden})" for name, _ in rows]
    data = [
        {"n": name, "p": part, "v": count, "o": at}
        for name, counts in rows
        if shown[name]
        for at, (part, count) in enumerate(counts)
    ]
    spec = {
        "width": BARS, "height": {"step": 34}, "data": {"values": data},
        "mark": {"type": "bar", "height": {"band": 0.6}, "cornerRadiusEnd": 0, "stroke": "#fff", "strokeWidth": 1},
        "encoding": {
            "y": {"field": "n", "type": "nominal", "sort": order,
                  "axis": {"title": None, "labelColor": INK}, "scale": {"domain": order}},
            "x": {"field": "v", "type": "quantitative", "stack": "normalize",
                  "axis": {"format": "%", "title": None, "tickCount": 5}},
            "color": {"field": "p", "type": "nominal", "sort": parts,
                      "scale": {"domain": parts, "range": list(colors)}},
            "order": {"field": "o"},
        },
    }  # fmt: skip
    table = [[name, *(hidden if count is None else number(count) for _, count in counts)] for name, counts in rows]
    return Chart(
        title=title,
        description="; ".join(
            f"{name}: " + ", ".join(f"{part} {hidden if count is None else count}" for part, count in counts)
            for name, counts in rows
        ),
        spec=spec,
        header=[names, *parts],
        rows=table,
        narrow_width=BARS_NARROW,
    )
