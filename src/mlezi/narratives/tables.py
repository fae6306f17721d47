"""Results as tables: themes by people, texts or mentions; by group; framework matrix; CFIR; months.

Who may read the texts sees every count. Others see counts of people with small ones hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from mlezi.methods.coding import columns, counting
from mlezi.methods.coding.counting import Base, Coded
from mlezi.methods.statistics.estimate import Estimate
from mlezi.methods.statistics.suppression import protect_table, withhold
from mlezi.narratives.models import Code
from mlezi.narratives.queries.results import Material
from mlezi.narratives.queries.tallies import Tally, tallies
from mlezi.narratives.queries.tallies import together as found_together
from mlezi.plumbing.words import percent, worded

NOBODY = Tally(0, {})


@dataclass(frozen=True)
class Row:
    """One theme in a table. `hidden` says that its count is too small to show to this person."""

    code: Code
    depth: int
    n: int
    estimate: Estimate
    rank: int
    sides: dict[str, int] = field(default_factory=dict)
    hidden: bool = False

    @property
    def share(self) -> float | None:
        return None if self.hidden or self.estimate.point is None else self.estimate.point * 100

    @property
    def words(self) -> str:
        """As people say it: 46 of 70 (65.7 %)."""
        if self.hidden and self.n >= settings.SMALL_GROUP:
            return gettext("hidden")
        if self.hidden:
            return gettext("fewer than {n}").format(n=settings.SMALL_GROUP)
        said = gettext("{n} of {of}").format(n=self.n, of=self.estimate.n_used)
        return f"{said} ({percent(self.estimate.point, 1)})" if self.estimate.point is not None else said

    @property
    def interval(self) -> str:
        if self.hidden or self.estimate.low is None:
            return ""
        return f"{percent(self.estimate.low, 1)} – {percent(self.estimate.high, 1)}"


@dataclass(frozen=True)
class Heard:
    """Whom the counts are of, and how that number was found."""

    people: int
    texts: int
    asked: int | None
    n_unread: int
    n_blind: int

    def of(self, base: Base) -> int:
        return self.people if base == "participants" else self.texts

    @property
    def words(self) -> str:
        said = [
            gettext("Participants: {people}. Texts that a coder is done with or that have codings: {texts}.").format(
                people=self.people, texts=self.texts
            )
        ]
        if self.asked is not None:
            said.append(
                gettext("{people} of {asked} who were asked answered ({share}).").format(
                    people=self.people, asked=self.asked,
                    share=percent(self.people / self.asked if self.asked else None),
                )
            )  # fmt: skip
        if self.n_unread:
            said.append(gettext("{n} texts are not read yet and left out.").format(n=self.n_unread))
        if self.n_blind:
            blind = gettext("{n} texts are being coded blind and count when all coders are done.")
            said.append(blind.format(n=self.n_blind))
        return " ".join(said)


def heard(material: Material, *, asked: int | None = None) -> Heard:
    return Heard(material.n_people, material.n_texts, asked, material.n_unread, material.n_blind)


def themes(material: Material, base: Base, *, reads_all: bool, asked: int | None = None) -> list[Row]:
    """Every theme of the codebook in its order, those above counting what stands under them."""
    counts = tallies(material, base)
    of = heard(material, asked=asked).of(base) if base != "mentions" else _n_stretches(material)
    live = [code for code in material.codes if code.retired_at is None or code.pk in counts]
    ranks = counting.ranked({code.pk: counts.get(code.pk, NOBODY).n for code in live})
    made = []
    for code in live:
        one = counts.get(code.pk, NOBODY)
        estimate = counting.share(one.n, base=base, of=of, asked=asked)
        hides = not reads_all and withhold(estimate, threshold=settings.SMALL_GROUP).is_empty
        hidden = hides and one.n > 0
        made.append(Row(code, code.path.count("."), one.n, estimate, ranks[code.pk], one.sides, hidden=hidden))
    return made


def _n_stretches(material: Material) -> int:
    return columns.stretches(material.grid.spans)


@dataclass(frozen=True)
class Cell:
    """A count in a cross table; None is hidden."""

    n: int | None
    of: int | None
    key: str = ""

    @property
    def share(self) -> float | None:
        return self.n / self.of if self.n is not None and self.of else None


@dataclass(frozen=True)
class ByGroup:
    groups: list[tuple[str, int | None]]
    rows: list[tuple[Code, list[Cell]]]
    has_hidden: bool


def by_group(material: Material, fact: str, *, reads_all: bool) -> ByGroup:
    """People with each theme by a fact about them. Small groups are hidden, and one more where one could subtract."""
    group_of = {pk: str(who.facts.get(fact) or gettext("not known")) for pk, who in material.participants.items()}
    named: Mapping[Any, str] = group_of
    groups = sorted(set(group_of.values()))
    sizes = {name: sum(one == name for one in group_of.values()) for name in groups}
    people = material.grid.said_by()
    counts = {
        code.pk: [sum(named.get(who) == name for who in people.get(code.pk, ())) for name in groups]
        for code in material.codes if code.retired_at is None
    }  # fmt: skip
    hidden = _hidden(counts, [sizes[name] for name in groups]) if not reads_all else set()
    shown = [(name, None if ("size", n) in hidden else sizes[name]) for n, name in enumerate(groups)]
    rows = [
        (code, [Cell(None if (code.pk, n) in hidden else counts[code.pk][n], shown[n][1], groups[n])
                for n in range(len(groups))])
        for code in material.codes if code.pk in counts
    ]  # fmt: skip
    return ByGroup(shown, rows, bool(hidden))


def _hidden(counts: dict[int, list[int]], sizes: list[int]) -> set[tuple[Hashable, int]]:
    """Cells nobody may work out: each theme's row with those who did not say it is a table that adds up."""
    gone: set[tuple[Hashable, int]] = set()
    whole = protect_table([sizes], threshold=settings.SMALL_GROUP) if len(sizes) > 1 else None
    if whole is None and sizes and 0 < sizes[0] < settings.SMALL_GROUP:
        gone.add(("size", 0))
    if whole is not None:
        gone |= {("size", n) for n in range(len(sizes)) if (0, n) not in whole.shown}
    small = {n for kind, n in gone if kind == "size"}
    for key, row in counts.items():
        table = protect_table([row, [size - n for size, n in zip(sizes, row, strict=True)]],
                              threshold=settings.SMALL_GROUP)  # fmt: skip
        gone |= {(key, n) for n in range(len(sizes)) if n in small or (0, n) not in table.shown}
    return gone


@dataclass(frozen=True)
class SideRow:
    """A construct with what hinders and what helps."""

    code: Code
    depth: int
    helps: int
    hinders: int
    unsaid: int
    total: int


def sides(material: Material, base: Base) -> list[SideRow]:
    """Barriers and facilitators of each construct, in the order of the framework. *Both* counts on both sides."""
    rows = []
    counts = tallies(material, base)
    for code in material.codes:
        if one := counts.get(code.pk):
            helps, hinders, unsaid = (one.sides.get(side, 0) for side in ("helps", "hinders", ""))
            rows.append(SideRow(code, code.path.count("."), helps, hinders, unsaid, one.n))
    return rows


def pairs(material: Material, base: Base) -> tuple[list[Code], list[tuple[Code, list[tuple[Code, int, int]]]]]:
    """Roles crossed with characteristics: how many say that it helps and that it hinders."""
    codes = {code.pk: code for code in material.codes}
    holders = {code.qualified_by_id for code in codes.values() if code.qualified_by_id}
    columns = [code for code in material.codes if code.parent_id in holders]
    rows = [code for code in material.codes if code.qualified_by_id]
    found: dict[tuple[Any, Any, str], list[Coded]] = defaultdict(list)
    for one in material.qualified:
        for side in ("helps", "hinders"):
            if one.valence in {side, "both"}:
                found[one.theme, one.qualifier, side].append(one)

    def n_of(row: Code, column: Code, side: str) -> int:
        return len(counting.who(found[row.pk, column.pk, side], base))

    return columns, [
        (row, [(column, n_of(row, column, "helps"), n_of(row, column, "hinders")) for column in columns])
        for row in rows
    ]


def by_month(material: Material, base: Base) -> tuple[list[str], list[tuple[Code, list[tuple[str, int, int]]]]]:
    """Barriers and facilitators of each top theme by month of the text."""
    texts: dict[str, list[Any]] = defaultdict(list)
    for text, day in material.days.items():
        if day is not None:
            texts[f"{day:%Y-%m}"].append(text)
    found = {month: tallies(material, base, among=texts[month]) for month in sorted(texts)}
    found = {month: counts for month, counts in found.items() if counts}
    rows = []
    for code in material.codes:
        if code.parent_id is None:
            of = {month: counts.get(code.pk, NOBODY).sides for month, counts in found.items()}
            cells = [(month, sides.get("helps", 0), sides.get("hinders", 0)) for month, sides in of.items()]
            rows.append((code, cells))
    return list(found), [(code, cells) for code, cells in rows if any(cell[1] or cell[2] for cell in cells)]


def together(material: Material, base: Base) -> list[tuple[Code, Code, int]]:
    """Themes that the same people (or texts, or words) have, the most often first."""
    codes = {code.pk: code for code in material.codes}
    rows = [(codes[a], codes[b], n) for (a, b), n in found_together(material, base).items()]
    return sorted(rows, key=lambda row: (-row[2], worded(row[0].title), worded(row[1].title)))


def masked(n: int, of: int | None = None) -> int | None:
    """A count for those who may not read the texts: small ones are left out, none is none.

    `of`: all who were heard, where it is known; nor is a count shown that leaves only few of them.
    """
    left = of - n if of else 0
    return None if 0 < n < settings.SMALL_GROUP or 0 < left < settings.SMALL_GROUP and n else n
