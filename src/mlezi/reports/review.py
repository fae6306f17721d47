"""A review's flow in words and as a picture. What is counted, and whether it adds up, is `statistics.review_flow`."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import chain
from textwrap import wrap

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as say

from mlezi.methods.statistics.review_flow import BOXES, Broken, Column, Flow
from mlezi.plumbing.charts import INK, LAKE, LINE, TYPEFACE

TITLES = {
    "previous_studies": say("Studies in the version before"),
    "previous_reports": say("Reports of the studies in the version before"),
    "database_results": say("Records from databases"),
    "register_results": say("Records from registers"),
    "website_results": say("Records from websites"),
    "organisation_results": say("Records from organisations"),
    "citations_results": say("Records from lists of references"),
    "duplicates": say("Duplicates removed"),
    "excluded_automatic": say("Removed by an automatic tool"),
    "excluded_other": say("Removed for other reasons"),
    "records_screened": say("Records screened"),
    "records_excluded": say("Records excluded"),
    "dbr_sought_reports": say("Reports sought"),
    "dbr_notretrieved_reports": say("Reports not retrieved"),
    "dbr_assessed": say("Reports assessed"),
    "other_sought_reports": say("Reports sought, found otherwise"),
    "other_notretrieved_reports": say("Reports not retrieved, found otherwise"),
    "other_assessed": say("Reports assessed, found otherwise"),
    "new_studies": say("Studies included"),
    "new_reports": say("Reports of the studies included"),
    "total_studies": say("Studies in all"),
    "total_reports": say("Reports of all studies"),
}
WAITING = {
    "screening": say("Waiting to be screened"),
    "dbr": say("Waiting to be retrieved or assessed"),
    "other": say("Waiting, found otherwise"),
}
ASSESSED: dict[str, Column] = {"dbr_assessed": "dbr", "other_assessed": "other"}
COLUMNS = (say("Found in databases and registers"), say("Found in other ways"))
WIDTH, LEFT, GAP, PITCH, ROW = 290, 10, 30, 20, 30
HEAD = 36
ACROSS = 42  # signs that fit into a box
Box = tuple[str, ...]


def rows(flow: Flow) -> Iterator[tuple[str, int]]:
    """Every box with its count, the reasons and those who wait after the box they belong to."""
    for box in BOXES:
        if box not in flow.boxes:
            continue
        yield gettext(TITLES[box]), flow.boxes[box]
        for reason, n in _reasons(flow, ASSESSED[box]) if box in ASSESSED else ():
            yield "  " + gettext("Ineligible: {reason}").format(reason=reason), n
    for step, n in flow.waiting.items():
        if n:
            yield gettext(WAITING[step]), n


def sentence(one: Broken) -> str:
    words = gettext("{box}: {found}; by the other boxes at most {due}.") if one.at_most else gettext(
        "{box}: {found}; by the other boxes {due}."
    )  # fmt: skip
    return words.format(box=gettext(TITLES[one.box]), found=one.found, due=one.due)


def _reasons(flow: Flow, column: Column) -> list[tuple[str, int]]:
    """The largest first."""
    return sorted(flow.reasons.get(column, {}).items(), key=lambda item: (-item[1], item[0]))


def picture(flow: Flow) -> str:
    """The flow as SVG: a column each for what was found by search and in other ways, what was left out beside each."""
    columns = [_column(flow, "dbr")] + ([_column(flow, "other")] if flow.boxes.get("other_sought_reports") else [])
    heights = [max(_height(box) for column in columns for box in column[row] if box) for row in range(4)]
    tops = [HEAD + sum(heights[:row]) + ROW * row for row in range(4)]
    bottom = tops[3] + heights[3] + ROW
    parts = []
    for n, column in enumerate(columns):
        left = LEFT + n * 2 * (WIDTH + GAP)
        parts.append(f'<text x="{left}" y="22" font-weight="600">{escape(gettext(COLUMNS[n]))}</text>')
        for row, (main, aside) in enumerate(column):
            parts += _drawn(left, tops[row], main)
            if aside:
                parts += _drawn(left + WIDTH + GAP, tops[row], aside)
                parts += [_arrow(left + WIDTH, tops[row] + 18, left + WIDTH + GAP, tops[row] + 18)]
            if main:
                end = next(
                    (top for top, (box, _) in zip(tops[row + 1 :], column[row + 1 :], strict=True) if box), bottom
                )
                parts.append(_arrow(left + WIDTH / 2, tops[row] + _height(main), left + WIDTH / 2, end))
    last = _included(flow)
    width = LEFT + len(columns) * 2 * (WIDTH + GAP)
    parts += _drawn(LEFT, bottom, last, width - GAP - LEFT if len(columns) > 1 else WIDTH)
    height = bottom + _height(last) + 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}" width="{width}" height="{height:g}" '
        f'role="img" font-family="{TYPEFACE}, sans-serif" font-size="13" fill="{INK}">'
        f"<title>{escape(gettext('The flow of the review'))}</title>"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" fill="{LAKE}"/></marker></defs>{"".join(parts)}</svg>'
    )


def _column(flow: Flow, column: Column) -> list[tuple[Box, Box | None]]:
    """Four rows: what was found, screened, sought and assessed; each with what was left out, if anything was."""
    found: Box = ("database_results", "register_results")
    removed: Box = ("duplicates", "excluded_automatic", "excluded_other")
    if column == "other":
        found, removed = ("website_results", "organisation_results", "citations_results"), ()
    said = (_line(gettext("Ineligible: {reason}").format(reason=reason), n) for reason, n in _reasons(flow, column))
    ineligible = tuple(chain.from_iterable(said))
    screened = _lines(flow, "records_screened") if column == "dbr" else ()
    return [
        (_lines(flow, *found), _lines(flow, *removed, some=True) or None),
        (screened, _lines(flow, "records_excluded") if screened else None),
        (_lines(flow, f"{column}_sought_reports"), _lines(flow, f"{column}_notretrieved_reports")),
        (_lines(flow, f"{column}_assessed"), ineligible or None),
    ]


def _included(flow: Flow) -> Box:
    boxes = ("new_studies", "new_reports")
    before = ("previous_studies", "previous_reports", "total_studies", "total_reports")
    return _lines(flow, *boxes) + (_lines(flow, *before) if flow.boxes.get("previous_studies") else ())


def _lines(flow: Flow, *boxes: str, some: bool = False) -> Box:
    """A line a box, named alike in both columns; where `some`, only those that hold something."""
    shown = (box for box in boxes if box in flow.boxes and (flow.boxes[box] or not some))
    return tuple(
        chain.from_iterable(_line(gettext(TITLES[box.replace("other_", "dbr_")]), flow.boxes[box]) for box in shown)
    )


def _line(words: str, n: int) -> Box:
    """As many lines as the words need; what comes after the first is set in."""
    return tuple(wrap(f"{words} (n\u00a0=\u00a0{n})", ACROSS, subsequent_indent="\u2003"))


def _height(lines: Box) -> int:
    return PITCH * len(lines) + 16 if lines else 0


def _drawn(left: float, top: float, lines: Box, width: float = WIDTH) -> list[str]:
    if not lines:
        return []
    place = f'x="{left:g}" y="{top:g}" width="{width:g}" height="{_height(lines)}"'
    frame = f'<rect {place} rx="4" fill="#fff" stroke="{LINE}"/>'
    words = (
        f'<text x="{left + 10:g}" y="{top + PITCH * n + 22:g}">{escape(line)}</text>' for n, line in enumerate(lines)
    )
    return [frame, *words]


def _arrow(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<path d="M{x:g} {y:g}L{to_x:g} {to_y:g}" stroke="{LAKE}" stroke-width="1.5" marker-end="url(#tip)"/>'
