"""The pictures of results: from plain data to charts, each with its numbers behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext

from mlezi.plumbing.charts import CORAL, INK, INK_SOFT, LAKE, MARIGOLD, ONE_BELOW_THE_OTHER, Chart
from mlezi.studies import spoken
from mlezi.studies.spoken import Speaker

WIDE, HIGH, ROW = 520, 260, 30
MANY, CLOSE = 20, 17  # so many rows stand closer together, so that a page holds them
Data = Mapping[str, Any]


def chart(picture: Data, figures: Mapping[str, Data], speaker: Speaker) -> Chart:
    """Draw one picture of an analysis; `figures` are its figures by key."""
    return KINDS[picture["kind"]](picture, figures, speaker)


def _intervals(picture: Data, figures: Mapping[str, Data], speaker: Speaker) -> Chart:
    """One row a figure: the point and its interval; hidden and empty ones stand in the table only."""
    unit = picture["data"]["unit"]
    shown = [figures[key] for key in picture["data"]["of"] if key in figures]
    names = speaker.labels_apart([one["label"] for one in shown])
    values, rows = [], []
    for name, one in zip(names, shown, strict=True):
        estimate, kind = one["estimate"], one["unit"]
        rows.append([name, spoken.point(estimate, kind), spoken.interval(estimate, kind), spoken.counted(estimate)])
        if estimate["point"] is not None:
            low, high = estimate["low"], estimate["high"]
            values.append(
                {
                    "n": name,
                    "v": estimate["point"],
                    "l": estimate["point"] if low is None else low,
                    "h": estimate["point"] if high is None else high,
                }
            )
    share = unit == "share"
    y = {"field": "n", "type": "nominal", "sort": None, "axis": {"title": None, "labelColor": INK, "labelLimit": 300}}
    scale: dict[str, Any] = (
        {"domain": [0, 1]} if share and values and min(v["l"] for v in values) >= 0 else {"zero": False}
    )
    level = gettext("with its {level} % interval").format(level=spoken.number(speaker.plan.level * 100, 0))
    unit_words = speaker.unit(picture["label"])
    axis = {
        "title": f"{unit_words}, {level}" if unit_words else level,
        "format": ".0%" if share else ",.3~f",
        "tickCount": 5,
    }
    x = {"type": "quantitative", "scale": scale, "axis": axis}
    layers = [
        {
            "mark": {"type": "rule", "color": LAKE, "strokeWidth": 2.5},
            "encoding": {"x": {**x, "field": "l"}, "x2": {"field": "h"}},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 70, "color": LAKE, "opacity": 1},
            "encoding": {"x": {**x, "field": "v"}},
        },
    ]
    if not share and values and min(v["l"] for v in values) < 0 < max(v["h"] for v in values):
        layers.append(
            {"mark": {"type": "rule", "color": INK_SOFT, "strokeDash": [4, 4]}, "encoding": {"x": {"datum": 0}}}
        )
    return Chart(
        title=speaker.label(picture["label"]),
        description="; ".join(f"{row[0]}: {row[1]}" + (f" ({row[2]})" if row[2] else "") for row in rows),
        spec={
            "width": 300,
            "height": {"step": ROW if len(values) <= MANY else CLOSE},
            "data": {"values": values},
            "encoding": {"y": y},
            "layer": layers,
        },
        header=[gettext("What"), gettext("Value"), gettext("Interval"), "n"],
        rows=rows if values else [],
        narrow_width=140,
    )


def _change(picture: Data, figures: Mapping[str, Data], speaker: Speaker) -> Chart:
    """Each person's line from the first time to the later, and the mean of those with both."""
    data = picture["data"]
    first, last = (speaker.label([f"time:{code}"]) for code in data["times"])
    values = [
        {"t": time, "v": value, "p": place}
        for place, line in enumerate(data["lines"])
        for time, value in zip((first, last), line, strict=True)
    ]
    means = [
        {"t": time, "v": value} for time, value in zip((first, last), data["means"], strict=True) if value is not None
    ]
    x = {"field": "t", "type": "ordinal", "sort": [first, last], "axis": {"title": None, "labelAngle": 0}}
    what = speaker.label(picture["label"])
    y_title = speaker.unit(picture["label"]) or what
    y = {"field": "v", "type": "quantitative", "axis": {"title": y_title}, "scale": {"zero": False}}
    count: dict[tuple[float, float], int] = {}
    for a, b in data["lines"]:
        count[a, b] = count.get((a, b), 0) + 1
    rows = [[spoken.number(a), spoken.number(b), str(n)] for (a, b), n in sorted(count.items())]
    title = gettext("Each person's change and, thick, the mean: {what} (n = {n})").format(
        what=what, n=spoken.number(data["n"], 0)
    )
    up, down = (sum(sign * (b - a) > 0 for a, b in data["lines"]) for sign in (1, -1))
    return Chart(
        title=title,
        description=gettext("{n} people: {up} rose, {down} fell, {same} stayed the same.").format(
            n=len(data["lines"]), up=up, down=down, same=len(data["lines"]) - up - down
        ),
        spec={
            "width": WIDE,
            "height": HIGH,
            "layer": [
                {
                    "data": {"values": values},
                    "mark": {"type": "line", "color": LAKE, "opacity": 0.35, "strokeWidth": 1.2, "point": False},
                    "encoding": {"x": x, "y": y, "detail": {"field": "p"}},
                },
                {
                    "data": {"values": means},
                    "mark": {"type": "line", "color": CORAL, "strokeWidth": 3.5},
                    "encoding": {"x": x, "y": y},
                },
            ],
        },
        header=[first, last, gettext("People")],
        rows=rows,
    )


def _curve(picture: Data, figures: Mapping[str, Data], speaker: Speaker) -> Chart:
    """Staying over time with its band, one line a group."""
    data, values, rows = picture["data"], [], []
    for side, steps in data["lines"].items():
        name = gettext("everybody") if side == "all" else speaker.group(data["compare"], side)
        values += [{"s": name, "t": t, "v": v, "l": low, "h": high} for t, v, low, high in steps]
        for day in data["days"]:
            last = [step for step in steps if step[0] <= day]
            if last and steps[-1][0] >= day:
                rows.append(
                    [
                        name,
                        spoken.number(day, 0),
                        spoken.valued(last[-1][1], "share"),
                        f"{spoken.valued(last[-1][2], 'share')} – {spoken.valued(last[-1][3], 'share')}",
                    ]
                )
    names = list(dict.fromkeys(one["s"] for one in values))
    x = {"field": "t", "type": "quantitative", "axis": {"title": gettext("Days"), "tickCount": 6}}
    legend = {"symbolOpacity": 1} if len(names) > 1 else None
    color: dict[str, Any] = {"field": "s", "type": "nominal", "sort": names, "legend": legend}
    scale = {"domain": [0, 1]}
    band = {
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.16},
        "encoding": {
            "x": x,
            "y": {"field": "l", "type": "quantitative", "scale": scale},
            "y2": {"field": "h"},
            "color": color,
        },
    }
    line = {
        "mark": {"type": "line", "interpolate": "step-after", "point": False},
        "encoding": {
            "x": x,
            "y": {
                "field": "v",
                "type": "quantitative",
                "scale": scale,
                "axis": {"title": gettext("Still there"), "format": ".0%", "tickCount": 5},
            },
            "color": color,
        },
    }
    return Chart(
        title=speaker.label(picture["label"]),
        description="; ".join(f"{row[0]}, {row[1]} {gettext('days')}: {row[2]}" for row in rows) or gettext("No data."),
        spec={"width": WIDE, "height": HIGH, "data": {"values": values}, "layer": [band, line]},
        header=[gettext("Group"), gettext("Days"), gettext("Still there"), gettext("Interval")],
        rows=rows,
    )


def _scatter(picture: Data, figures: Mapping[str, Data], speaker: Speaker) -> Chart:
    """Two measures of the same people; darker where several lie on one spot."""
    data = picture["data"]
    names = speaker.measure(data["x"]), speaker.measure(data["y"])
    count: dict[tuple[float, float], int] = {}
    for a, b in data["points"]:
        count[a, b] = count.get((a, b), 0) + 1
    values = [{"x": a, "y": b, "n": n} for (a, b), n in sorted(count.items())]

    def axis(field: str, title: str) -> dict[str, Any]:
        are_whole = all(float(one[field]).is_integer() for one in values)  # there are no half encounters
        return {
            "field": field,
            "type": "quantitative",
            "axis": {"title": title, **({"tickMinStep": 1} if are_whole else {})},
            "scale": {"zero": False, "padding": 10},
        }

    return Chart(
        title=speaker.label(picture["label"]),
        description=gettext("{n} people by {x} and {y}.").format(n=data["n"], x=names[0], y=names[1]),
        spec={
            "width": WIDE,
            "height": HIGH,
            "data": {"values": values},
            "mark": {"type": "point", "filled": True, "color": LAKE, "opacity": 0.6},
            "encoding": {
                "x": axis("x", _with_unit(names[0], speaker.unit([f"outcome:{data['x']}"]))),
                "y": axis("y", _with_unit(names[1], speaker.unit([f"outcome:{data['y']}"]))),
                "size": {"field": "n", "type": "quantitative", "legend": None},
            },
        },
        header=[names[0], names[1], gettext("People")],
        rows=[[spoken.number(a), spoken.number(b), str(n)] for (a, b), n in sorted(count.items())],
    )


def _with_unit(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name


def _histogram(picture: Data, figures: Mapping[str, Data], speaker: Speaker) -> Chart:
    """How many people received how much, and what was planned."""
    data, what = picture["data"], speaker.label(picture["label"])
    values = [{"x": amount, "n": n} for amount, n in enumerate(data["counts"])]
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "color": LAKE, "width": {"band": 0.85}},
            "encoding": {
                "x": {"field": "x", "type": "ordinal", "axis": {"title": what, "labelAngle": 0, "labelOverlap": True}},
                "y": {"field": "n", "type": "quantitative", "axis": {"title": gettext("People"), "tickMinStep": 1}},
            },
        }
    ]
    planned = data["planned"]
    note = gettext("Planned: {n}.").format(n=spoken.number(planned, 0)) if planned else ""
    return Chart(
        title=gettext("How much people received: {what}").format(what=what),
        description=gettext("{n} people.").format(n=data["n"]) + (f" {note}" if note else ""),
        spec={"width": WIDE, "height": 200, "data": {"values": values}, "layer": layers},
        header=[what, gettext("People")],
        rows=[[str(amount), str(n)] for amount, n in enumerate(data["counts"])],
    )


def _funnel(picture: Data, figures: Mapping[str, Data], speaker: Speaker) -> Chart:
    """Each site's share against its size, inside the limits that chance explains; those beyond by name."""
    data = picture["data"]
    kinds = [gettext("within both limits"), gettext("beyond the 95 % limit"), gettext("beyond the 99.8 % limit")]
    widest = max((n for n, *_ in data["points"]), default=1)
    points = [
        {"n": n, "v": share, "k": kinds[beyond], "s": speaker.sites.get(key, key) if beyond else "",
         "side": "left" if n > widest / 2 else "right"}
        for n, share, beyond, key in data["points"]
    ]  # fmt: skip
    rows = [
        [speaker.sites.get(key, key), spoken.valued(share, "share"), str(n), kinds[beyond]]
        for n, share, beyond, key in sorted(data["points"], key=lambda one: (-one[2], one[3]))
    ]
    return Chart(
        title=gettext("Sites against their size: {what}").format(what=speaker.label(picture["label"])),
        description=gettext("{n} sites; {out} beyond the 95 % limit.").format(
            n=len(points), out=sum(one[2] > 0 for one in data["points"])
        ),
        spec={"width": WIDE, "height": HIGH, "layer": _funnel_layers(data, points, kinds)},
        header=[gettext("Site"), gettext("Share"), gettext("People"), gettext("Against the limits")],
        rows=rows,
        narrow=ONE_BELOW_THE_OTHER,
    )


def _funnel_layers(data: Data, points: list[dict[str, Any]], kinds: list[str]) -> list[dict[str, Any]]:
    bounds = [[n, *pair] for n, *pair in data["limits"]]
    lines = [{"n": n, "v": value, "w": place} for n, *values in bounds for place, value in enumerate(values)]
    x = {"field": "n", "type": "quantitative", "axis": {"title": gettext("People at the site"), "grid": False}}
    share = {"title": gettext("Share"), "format": ".0%", "tickCount": 5}
    y = {"field": "v", "type": "quantitative", "axis": share, "scale": {"domain": [0, 1]}}
    is_wide = {"condition": {"test": "datum.w == 0 || datum.w == 1", "value": [5, 3]}, "value": [1, 0]}
    colors = {"domain": kinds, "range": [LAKE, MARIGOLD, CORAL]}
    color = {"field": "k", "type": "nominal", "sort": kinds, "scale": colors}
    named = [
        {
            "data": {"values": [one for one in points if one["s"] and one["side"] == side]},
            "mark": {"type": "text", "align": "left" if side == "right" else "right", "fontSize": 12, "limit": 190,
                     "dx": 8 if side == "right" else -8},
            "encoding": {"x": x, "y": y, "text": {"field": "s"}},
        }
        for side in ("left", "right")
    ]  # fmt: skip
    return [
        {
            "data": {"values": lines},
            "mark": {"type": "line", "color": INK_SOFT, "point": False, "strokeWidth": 1, "opacity": 0.75},
            "encoding": {"x": x, "y": y, "detail": {"field": "w"}, "strokeDash": is_wide},
        },
        {
            "mark": {"type": "rule", "color": INK_SOFT, "strokeWidth": 1.5},
            "data": {"values": [{}]},
            "encoding": {"y": {"datum": data["whole"]}},
        },
        {
            "data": {"values": points},
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
            "encoding": {"x": x, "y": y, "color": {**color, "legend": {"symbolType": "circle"}}},
        },
        *named,
    ]


KINDS: Mapping[str, Callable[[Data, Mapping[str, Data], Speaker], Chart]] = {
    "intervals": _intervals,
    "change": _change,
    "curve": _curve,
    "scatter": _scatter,
    "histogram": _histogram,
    "funnel": _funnel,
}
