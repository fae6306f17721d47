"""Figures: ask an indicator, get a value with its n, N, interval and parts. No data is None, never 0."""

from __future__ import annotations

import functools
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connections

from mlezi.evaluation import answers, areas, engines, standing, tables, usual, versions
from mlezi.evaluation.arithmetic import Numbers, of_counts, of_ratio, of_spread
from mlezi.evaluation.ask import Ask, Question, Shape
from mlezi.evaluation.behind import Behind
from mlezi.evaluation.datasets import Datasets, live, stored
from mlezi.evaluation.engines import Row, Statement
from mlezi.evaluation.hiding import hide
from mlezi.evaluation.indicator import ABOVE, Indicator, Measure, When
from mlezi.evaluation.indicators import BY_CODE
from mlezi.evaluation.problems import NoSuchBreakdown, NoSuchIndicator
from mlezi.evaluation.queries import rated_since, rules
from mlezi.places.scope import Scope

TOTAL, RECORDS = "total", "records"
GROUND = "ground"  # rows of districts and regions: the whole, each district and each region are sums of them
MANY = 5  # districts; of fewer the encounters of their people are looked up one by one
Reader = Callable[[Statement, Mapping[str, Any]], list[Row]]


@dataclass(frozen=True)
class Figure:
    """One answer. `numbers` of the whole, `parts` by the key of the breakdown (a place's id, a code)."""

    indicator: Indicator
    question: Question
    numbers: Numbers
    by: str | None = None
    parts: Mapping[Any, Numbers] = field(default_factory=dict)
    engine: str = ""

    @property
    def value(self) -> float | None:
        return self.numbers.value

    @property
    def statement(self) -> Statement:
        """The SQL that made the whole figure."""
        return statement(self.indicator.code, self.engine, self.question.shape, TOTAL)

    def records(
        self, *, scope: Scope | None = None, only: Mapping[str, str] | None = None, using: str = "default"
    ) -> Behind:
        """The rows behind, those only that `scope` (of the permission to see such records) allows.

        `only` narrows them to one part: a breakdown's column → the text of its value.
        """
        question = self.question if scope is None else _common(self.question, scope)
        made = statement(self.indicator.code, connections[using].vendor, question.shape, RECORDS)
        n = self._n_records if question.scope == self.question.scope and not only else None
        return Behind(made, question.values(), only=only, n=n, using=using)

    @property
    def _n_records(self) -> int | None:
        """How many rows made the whole figure, where that is told; nothing is counted twice then."""
        of, missing = self.numbers.of, self.numbers.missing
        return None if of is None or missing is None else of + missing


def ask(
    code: str,
    *,
    programme: int,
    start: date,
    end: date,
    scope: Scope,
    by: str | None = None,
    reveal: bool = False,
    using: str = "default",
    notice: bool = True,
) -> Figure:
    """Answer one indicator for the days from `start` up to but not including `end`.

    `scope` limits what is counted. Small groups of people are hidden with their complements unless the
    viewer may see such persons' records anyway (`reveal`). A question that takes long is remembered and kept
    warm (`usual`), unless nobody waits for it (`notice`).
    Raises NoSuchIndicator, NoSuchBreakdown.
    """
    indicator, engine = _told(code, by), connections[using].vendor
    question = Question(programme, start, end, scope, rules(programme))
    if not (settings.KEEP_ANSWERS and indicator.is_kept):
        read = functools.partial(engines.read, using=using)
        return answer(code, question, by=by, reveal=reveal, engine=engine, read=read)

    def asked(narrow: Question, by_area: bool) -> list[Row]:
        quick = quickest(indicator, narrow, form)
        made = statement(code, engine, narrow.shape, form, quick=quick, by_area=by_area)
        return engines.read(made, narrow.values(), using=using)

    form = form_of(indicator, by)
    compute = functools.partial(_computed, indicator, by)
    begun = time.perf_counter()
    found = answers.kept(f"{code} {form}", question, by, splits=indicator.splits, read=asked, compute=compute)
    if notice:
        usual.noticed(code, by, question, time.perf_counter() - begun)
    whole, parts = _shown(indicator, *found, reveal=reveal)
    return Figure(indicator, question, whole, by, parts, engine)


def ask_stored(
    code: str, question: Question, connection: Any, *, by: str | None = None, reveal: bool = False
) -> Figure:
    """The same of stored datasets: `connection` is a DuckDB one in which each dataset is a table or view."""
    read = functools.partial(engines.read_stored, connection)
    return answer(code, question, by=by, reveal=reveal, engine="duckdb", read=read)


def answer(code: str, question: Question, *, by: str | None, reveal: bool, engine: str, read: Reader) -> Figure:
    """Ask afresh, of whatever `read` reads."""
    indicator = _told(code, by)
    form = form_of(indicator, by)
    quick = None if engine == "duckdb" else quickest(indicator, question, form)
    rows = read(statement(code, engine, question.shape, form, quick=quick), question.values())
    whole, parts = _shown(indicator, *_computed(indicator, by, rows), reveal=reveal)
    return Figure(indicator, question, whole, by, parts, engine)


def _told(code: str, by: str | None) -> Indicator:
    """The indicator. Raises NoSuchIndicator, NoSuchBreakdown."""
    indicator = named(code)
    if by is not None and by not in indicator.breakdowns:
        raise NoSuchBreakdown(indicator=indicator.title, by=by, known=", ".join(indicator.breakdowns))
    return indicator


def _computed(indicator: Indicator, by: str | None, rows: Sequence[Row]) -> tuple[Numbers, dict[Any, Numbers]]:
    return computed(indicator, rows), computed_parts(indicator, rows, by) if by else {}


def _shown(
    indicator: Indicator, whole: Numbers, parts: dict[Any, Numbers], *, reveal: bool
) -> tuple[Numbers, dict[Any, Numbers]]:
    """What may be shown: small groups are hidden only now, from whoever may not see them."""
    if indicator.about_people and not reveal:
        return hide(whole, parts, threshold=settings.SMALL_GROUP)
    return whole, parts


def form_of(indicator: Indicator, by: str | None) -> str:
    """The form whose rows answer a breakdown (None: the whole). Most questions share one, so it is asked once."""
    if by in (None, *ABOVE) and set(ABOVE) <= set(indicator.breakdowns):
        return GROUND
    return by or TOTAL


def quickest(indicator: Indicator, question: Question, form: str = TOTAL) -> When | None:
    """Which of the indicator's rollups holds what is asked in that form, if any."""
    if not indicator.quick or not standing.is_current(question.programme):
        return None
    holds = {
        When.WHOLE_MONTHS: lambda: question.start.day == 1 and question.end.day == 1,
        When.MANY_DISTRICTS: lambda: _is_of_many_districts(question),
        When.EVERYWHERE: lambda: _is_of_everywhere(question),
        When.LATEST: lambda: not question.scope.persons and not rated_since(question.programme, question.end),
        When.DISTRICTS: lambda: _is_of_whole_districts(question),
        When.MONTH_END: lambda: not question.scope.persons and question.end.day == 1,
    }
    possible = (quick.when for quick in indicator.quick if form not in quick.but)
    return next((when for when in possible if holds[when]()), None)


def _is_of_many_districts(question: Question) -> bool:
    if question.scope.persons:
        return False
    return len(areas.ground(question.scope, version=_tree_of(question)).areas) >= MANY


def _is_of_everywhere(question: Question) -> bool:
    return not question.scope.persons and areas.is_everywhere(question.scope, version=_tree_of(question))


def _tree_of(question: Question) -> int:
    return versions.now(question.programme).everywhere


def _is_of_whole_districts(question: Question) -> bool:
    begins, ends = question.whole_months
    if question.scope.persons or begins == ends:
        return False
    return areas.is_of_whole_districts(question.scope, version=_tree_of(question))


def named(code: str) -> Indicator:
    """The indicator of that code. Raises NoSuchIndicator."""
    try:
        return BY_CODE[code]
    except KeyError:
        raise NoSuchIndicator(code=code, known=", ".join(BY_CODE)) from None


@functools.cache
def statement(
    code: str, engine: str, shape: Shape, form: str, *, quick: When | None = None, by_area: bool = False
) -> Statement:
    """Compiled once in a process for each indicator, engine, shape of scope and form (a breakdown, or all)."""
    indicator = BY_CODE[code]
    data: Datasets = stored() if engine == "duckdb" else live(engine)
    make = next((one.rows for one in indicator.quick if one.when is quick), indicator.rows)
    rows = make(data, Ask(shape))
    if form == RECORDS:
        return engines.compiled(tables.records(indicator, rows), engine)
    by = {TOTAL: (), GROUND: ABOVE}.get(form, (form,))
    return engines.compiled(tables.tidy(indicator, rows, by, by_area=by_area), engine)


def computed_parts(indicator: Indicator, rows: Sequence[Row], by: str) -> dict[Any, Numbers]:
    """The numbers of each part. The key None is a part without a name, as a place outside any district."""
    by_part: dict[Any, list[Row]] = {}
    for row in rows:
        by_part.setdefault(row[by], []).append(row)
    return {key: computed(indicator, found) for key, found in by_part.items()}


def computed(indicator: Indicator, rows: Sequence[Row]) -> Numbers:
    """One figure's numbers from tidy rows, of all their parts together: so parts and whole always agree."""
    if indicator.measure is Measure.SPREAD:
        return of_spread([(row["amount"], row["times"]) for row in rows])
    asked = sum(row["asked"] for row in rows)
    if indicator.measure is Measure.RATIO:
        known = sum(row["known"] for row in rows)
        return of_ratio(_sum(rows, "amount"), _sum(rows, "of"), known, asked)
    is_count = indicator.measure is Measure.COUNT
    return of_counts(sum(row["n"] for row in rows), sum(row["of"] for row in rows), asked, is_count=is_count)


def _sum(rows: Sequence[Row], name: str) -> float:
    return math.fsum(row[name] or 0.0 for row in rows)


def _common(question: Question, scope: Scope) -> Question:
    """The question limited to what another scope allows as well."""
    ranges = {
        (max(low, other_low), min(high, other_high))
        for low, high in question.scope.ranges
        for other_low, other_high in scope.ranges
        if max(low, other_low) < min(high, other_high)
    }
    both = Scope(
        ranges=tuple(sorted(ranges)),
        programmes=question.scope.programmes & scope.programmes,
        persons=question.scope.persons & scope.persons,
    )
    return Question(question.programme, question.start, question.end, both, question.rules)
