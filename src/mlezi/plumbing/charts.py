"""Charts as Vega-Lite specifications, drawn to SVG on the server: the same picture in page, PDF and Word.

A chart always carries its numbers as a table; the picture is for people who see it, the table for all.
Drawing costs 10 to 50 ms, so a picture is kept under the content it was drawn from.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from textwrap import wrap
from typing import Any

import vl_convert
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mlezi.plumbing import assets

NAME, NARROW_NAME = 38, 20  # signs of a name in one line beside a picture, and beside a narrow one
LINE_HEIGHT = 16  # units from line to line
TYPEFACE = "Atkinson Hyperlegible Next"
INK, INK_SOFT, LINE = "#14302f", "#48605d", "#d5e0dd"
LAKE, MARIGOLD, CORAL, LEAF, SKY, PLUM = "#0f7c7a", "#c97f00", "#c24422", "#3d8a4d", "#1d5578", "#7a3b69"
SERIES = [LAKE, MARIGOLD, SKY, CORAL, LEAF, PLUM]
LOOK: dict[str, Any] = {
    "aria": False,  # our own title and description say it better than one label per mark
    "background": None,
    "font": TYPEFACE,
    "view": {"stroke": None},
    "range": {"category": SERIES},
    "axis": {
        "labelColor": INK_SOFT, "titleColor": INK_SOFT, "labelFontSize": 13, "titleFontSize": 13,
        "titleFontWeight": 400, "gridColor": LINE, "domain": False, "ticks": False, "labelPadding": 6,
        "labelLimit": 280,
    },
    "legend": {
        "orient": "top", "title": None, "labelFontSize": 13, "labelColor": INK, "symbolType": "square", "offset": 6,
    },
    "bar": {"color": LAKE, "cornerRadiusEnd": 3},
    "line": {"color": LAKE, "strokeWidth": 2.5, "point": {"size": 45, "filled": True}},
    "text": {"color": INK, "fontSize": 13},
}  # fmt: skip

ONE_BELOW_THE_OTHER = {"config": {**LOOK, "legend": {**LOOK["legend"], "columns": 1}}}  # for long words in a legend

PLACES = re.compile(r' (?:d|transform|[xyr]|[xy][12]|c[xy]|width|height|points)="[^"]*"')
LONG = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")


@dataclass(frozen=True)
class Chart:
    """A specification with the words and numbers that go with it. `header` and `rows` are the table behind."""

    title: str | Promise
    description: str | Promise
    spec: Mapping[str, Any]
    header: Sequence[str | Promise] = ()
    rows: Sequence[Sequence[object]] = field(default_factory=list)
    narrow_width: int = 270
    narrow: Mapping[str, Any] = field(default_factory=dict)  # what a narrow picture says otherwise

    @property
    def is_empty(self) -> bool:
        return not self.rows

    @property
    def svg(self) -> SafeString:
        """The picture for a page, named and described for those who hear it."""
        return mark_safe(_named(self.picture, str(self.title), str(self.description)))  # noqa: S308 - words escaped there

    @property
    def narrow_svg(self) -> SafeString:
        """The same for a telephone: fewer units across, so that the words stay readable."""
        narrow = _text({**_with_lines(self.spec, NARROW_NAME), **self.narrow, "width": self.narrow_width})
        return mark_safe(_named(_drawn(narrow), str(self.title), str(self.description)))  # noqa: S308 - words escaped there

    @property
    def picture(self) -> str:
        """The picture alone, as documents take it."""
        return _drawn(_text(_with_lines(self.spec, NAME)))


def _with_lines(spec: Mapping[str, Any], signs: int) -> Mapping[str, Any]:
    """With the names beside rows broken into lines of so many signs, so that long ones are read whole."""
    y = spec.get("encoding", {}).get("y", {})
    if y.get("type") != "nominal":
        return spec
    name, rows = y["field"], spec["data"]["values"]

    def lines(text: object) -> str:
        return "\n".join(wrap(str(text), signs)) or str(text)

    most = max((lines(row[name]).count("\n") + 1 for row in rows), default=1)
    if most == 1:
        return spec
    axis = {**(y.get("axis") or {}), "labelExpr": r"split(datum.label, '\n')", "labelOffset": _centred(most)}
    broken = {**y, "axis": axis}
    if y.get("sort"):
        broken["sort"] = [lines(one) for one in y["sort"]]
    if "domain" in y.get("scale", {}):
        broken["scale"] = {**y["scale"], "domain": [lines(one) for one in y["scale"]["domain"]]}
    height = {"step": max(spec["height"]["step"], LINE_HEIGHT * most + 8)}
    data = {"values": [{**row, name: lines(row[name])} for row in rows]}
    return {**spec, "height": height, "data": data, "encoding": {**spec["encoding"], "y": broken}}


def _centred(most: int) -> Mapping[str, Any]:
    """Names of several lines stand in the middle of their row, not with their first line there."""
    counted = r"length(split(datum.label, '\n'))"
    cases = [{"test": f"{counted} == {n}", "value": -LINE_HEIGHT * (n - 1) / 2} for n in range(2, most + 1)]
    return {"condition": cases, "value": 0}


def _text(spec: Mapping[str, Any]) -> str:
    return json.dumps(spec, sort_keys=True, default=str, ensure_ascii=False)


@lru_cache(maxsize=512)
def _drawn(spec: str) -> str:
    _know_typeface()
    whole = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "config": LOOK, **json.loads(spec)}
    return _rounded(str(vl_convert.vegalite_to_svg(whole, vl_version="5.20")))


def _rounded(svg: str) -> str:
    """Places to a hundredth of a unit, where they are drawn with fifteen digits; words are left alone."""

    def short(number: re.Match[str]) -> str:
        return f"{round(float(number[0]), 2) + 0:.2f}".rstrip("0").rstrip(".")  # + 0: never "-0"

    return PLACES.sub(lambda attribute: LONG.sub(short, attribute[0]), svg)


@lru_cache(maxsize=1)
def _know_typeface() -> None:
    folder = assets.document_fonts()
    if folder:
        vl_convert.register_font_directory(str(folder))


def _named(svg: str, title: str, description: str) -> str:
    key = hashlib.sha256((svg + title).encode()).hexdigest()[:10]
    svg = re.sub(r' (?:role="graphics-\w+"|aria-roledescription="[^"]*")', "", _own_ids(svg, key))
    opening, rest = svg.split(">", 1)
    return (
        f'{opening} role="img" aria-labelledby="t{key} d{key}">'
        f'<title id="t{key}">{escape(title)}</title><desc id="d{key}">{escape(description)}</desc>{rest}'
    )


def _own_ids(svg: str, key: str) -> str:
    """Two pictures in one page must not share the ids of their clip paths and gradients."""
    return re.sub(r'(id="|url\(#|href="#)((?:clip|gradient)\w*)', rf"\g<1>{key}-\g<2>", svg)
