"""Results as rows of a spreadsheet: every count with its N, how N was found, and Wilson's interval.

What a page hides from somebody is empty in their file, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from mlezi.formats.xlsx import Link
from mlezi.methods.coding import counting
from mlezi.methods.coding.counting import Base
from mlezi.methods.statistics.estimate import Estimate
from mlezi.methods.statistics.proportions import proportion
from mlezi.narratives import framework, tables
from mlezi.narratives.mapping import Map
from mlezi.narratives.models import Code
from mlezi.narratives.names import VALENCES
from mlezi.narratives.queries.quoting import Said
from mlezi.narratives.scores import JointRow
from mlezi.plumbing.words import worded

Sheet = tuple[list[str], list[list[object]]]
NONE = (None, None, None)


def themes(rows: Sequence[tables.Row], heard: str, *, reads_all: bool) -> Sheet:
    header = [_("Theme"), _("Title"), _("Rank"), "n", "N", *_interval(_("Share")), _("Helps"), _("Hinders"),
              _("How N was found")]  # fmt: skip
    lines: list[list[object]] = []
    for row in rows:
        shown = None if row.hidden else row.n
        counts = [row.sides.get(side, 0) for side in ("helps", "hinders")]
        sides = [None if row.hidden else n if reads_all else tables.masked(n, row.estimate.n_used) for n in counts]
        figures = NONE if row.hidden else _three(row.estimate)
        lines.append([row.code.path, worded(row.code.title), row.rank, shown, row.estimate.n_used, *figures, *sides,
                      heard])  # fmt: skip
    return header, lines


def groups(found: tables.ByGroup, fact: str, heard: str) -> Sheet:
    header = [_("Theme"), _("Title"), fact, "n", "N", *_interval(_("Share")), _("How N was found")]
    lines: list[list[object]] = []
    for code, cells in found.rows:
        for (name, _size), cell in zip(found.groups, cells, strict=True):
            known = cell.n is not None and cell.of
            figures = _three(proportion(cell.n, cell.of)) if known else NONE  # type: ignore[arg-type]
            lines.append([*_named(code), name, cell.n, cell.of, *figures, heard])
    return header, lines


def together(pairs: Sequence[tuple[Code, Code, int]], of: int | None, heard: str) -> Sheet:
    header = [_("Theme"), _("Title"), _("Stands with"), _("Title of that"), "n", "N", *_interval(_("Share")),
              _("How N was found")]  # fmt: skip
    lines: list[list[object]] = [
        [*_named(a), *_named(b), n, of, *(_three(proportion(n, of)) if of and n <= of else NONE), heard]
        for a, b, n in pairs
    ]
    return header, lines


def barriers(rows: Sequence[tables.SideRow], base: Base, of: int, heard: str, *, reads_all: bool) -> Sheet:
    """The table of constructs; of mentions N is left out, for they are counted and not asked."""
    header = [_("Construct"), _("Title"), _("Facilitator"), _("Barrier"), _("Not said"), _("All"), "N",
              *_interval(_("Facilitator, share")), *_interval(_("Barrier, share")), _("How N was found")]  # fmt: skip
    lines: list[list[object]] = []
    for row in rows:
        counts = [n if reads_all else tables.masked(n, of) for n in (row.helps, row.hinders, row.unsaid, row.total)]
        shares = [
            _three(counting.share(n, base=base, of=of)) if n is not None and base != "mentions" else NONE
            for n in counts[:2]
        ]
        lines.append([*_named(row.code), *counts, None if base == "mentions" else of, *shares[0], *shares[1], heard])
    return header, lines


def matrix(rows: Sequence[framework.Row], across: Sequence[Code], heard: str, *, quotes: str = "") -> Sheet:
    """A cell that has quotes opens them where their address is known: `quotes`, with code, who and wave to fill in."""
    header = [_("Participant"), _("Time point"), *(worded(code.title) for code in across), _("How N was found")]

    def shown(row: framework.Row, code: Code, cell: framework.Cell) -> object:
        if not quotes or not cell.n:
            return _cell(cell)
        return Link(_cell(cell), quotes.format(code=code.pk, who=row.participant.pk, wave=quote(row.wave)))

    return header, [
        [row.participant.label, row.wave, *(shown(row, code, cell) for code, cell in row.cells), heard] for row in rows
    ]


def quotes(rows: Iterable[Said], codes: Sequence[Code], address: str) -> tuple[list[str], Iterator[list[object]]]:
    """What each said, a line a quote; the text's label opens the place: `address`, with text and start to fill in."""
    header = [_("Participant"), _("Time point"), _("Theme"), _("Title"), _("Title of the second code"), _("Side"),
              _("Words"), _("Text")]  # fmt: skip
    known: dict[Any, Code] = {code.pk: code for code in codes}

    def line(row: Said) -> list[object]:
        one = row.coded
        second = worded(known[one.qualifier].title) if one.qualifier in known else ""
        place = Link(row.text, address.format(text=one.document, start=one.start))
        side = str(VALENCES[one.valence])
        return [row.who.label, row.wave, *_named(known[one.theme]), second, side, row.words, place]

    return header, (line(row) for row in rows)


def joint(rows: Sequence[JointRow], heard: str) -> Sheet:
    header = [_("Theme"), _("Title"), _("People who said it"), _("Measure"), _("Said it: mean"), "n",
              *_interval("")[1:], _("Did not: mean"), "n", *_interval("")[1:], _("How N was found")]  # fmt: skip
    lines: list[list[object]] = []
    for row in rows:
        for one in row.measures:
            said, silent = ([*_three(side)[:1], side.n_used, *_three(side)[1:]] if side else [None] * 4
                            for side in (one.said, one.silent))  # fmt: skip
            lines.append([*_named(row.code), row.n_said, one.name, *said, *silent, heard])
    return header, lines


def code_map(found: Map, heard: str) -> Sheet:
    header = [_("Number on the map"), _("Theme"), _("Title"), "n", _("Stands with"), _("Title of that"), _("Both"),
              _("How N was found")]  # fmt: skip
    lines: list[list[object]] = []
    for one in found.codes:
        here = [one.number, *_named(one.code), one.n]
        lines += [[*here, *_named(other), n, heard] for other, n in one.with_] or [[*here, "", "", None, heard]]
    return header, lines


def _named(code: Code) -> tuple[str, str]:
    return code.path, worded(code.title)


def _interval(share: str) -> list[str]:
    return [share, _("Interval from"), _("Interval to")]


def _three(estimate: Estimate) -> tuple[Any, Any, Any]:
    return estimate.point, estimate.low, estimate.high


def _cell(cell: framework.Cell) -> str:
    said = f"[{cell.n}]" if cell.n else ""
    return f"{cell.summary} {said}".strip()
