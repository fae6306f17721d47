"""What a measure is for each person: one Ibis expression per measure and time point, and frames that join them.

Everybody eligible is a row of a frame; who has no value has a gap. A person with several rows counts once
(`take` says how), and what looked wrong on the way is counted in `Trouble`, never mended in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import ibis
import numpy as np
from ibis import _
from numpy.typing import NDArray

from mlezi.evaluation.operations import days_between
from mlezi.methods.statistics.notes import Note, note
from mlezi.studies.data import Columns, Data
from mlezi.studies.plan import Comparison, Measure, Time

Numbers = NDArray[np.float64]
Table = Any


class NotThere(Exception):
    """The snapshot lacks the dataset a measure comes from."""

    def __init__(self, dataset: str) -> None:
        super().__init__(dataset)
        self.dataset = dataset


@dataclass(frozen=True)
class Trouble:
    """What was odd in a column: people with several rows, text where numbers belong, values off the scale."""

    repeated: int = 0
    text: int = 0
    outside: int = 0

    def notes(self, measure: Measure) -> tuple[Note, ...]:
        found: tuple[Note, ...] = ()
        if self.repeated and measure.take in ("last", "first") and measure.of == "score":
            found += (note("answered_twice", n=self.repeated, taken=measure.take),)
        if self.text:
            found += (note("text_values", n=self.text),)
        return found

    def refusal(self, measure: Measure) -> Note | None:
        """Why no figure may be made of this column."""
        if not self.outside:
            return None
        low = "…" if measure.lowest is None else f"{measure.lowest:g}"
        high = "…" if measure.highest is None else f"{measure.highest:g}"
        return note("outside_scale", n=self.outside, lowest=low, highest=high)


DATASET = {
    "score": "scores",
    "answer": "responses",
    "outcome": "outcomes",
    "rating": "ratings",
    "sessions": "attendances",
    "hours": "attendances",
    "register": "participants",
}
DAY = {
    "score": "answered_on",
    "answer": "answered_on",
    "outcome": "on_day",
    "rating": "rated_on",
    "sessions": "held_on",
    "hours": "held_on",
}


def source(data: Data, name: str) -> Table:
    if not data.has(name):
        raise NotThere(name)
    return data.tables[name]


def rows(data: Data, measure: Measure, time: Time | None) -> Table:
    """The records of a measure at a time: participant, `day`, `number`, and `words`, what was said or met."""
    table = source(data, DATASET[measure.of])
    if measure.of == "register":
        said = _[measure.column].cast("string").nullif("")
        return table.select("participant", day=ibis.null("date"), number=ibis.null("float64"), words=said)
    found = _at(data, table.filter(*_which(measure)), measure, time)
    number, words = SHOWN[measure.of]
    return found.select("participant", day=_[DAY[measure.of]], number=number, words=words)


SAID = _.choice.cast("string").nullif("")
SHOWN: Mapping[str, tuple[Any, Any]] = {
    "score": (_.score.cast("float64"), ibis.null("string")),
    "answer": (_.number.cast("float64"), SAID.coalesce(_.number.cast("string"))),
    "outcome": (_.value.cast("float64"), _.label.cast("string")),
    "rating": (_.level.cast("float64"), _.competency.cast("string")),
    "sessions": (ibis.literal(1.0), _.encounter.cast("string")),
    "hours": (_.minutes.cast("float64") / 60, _.encounter.cast("string")),
}


def _which(measure: Measure) -> list[Any]:
    """Which rows of its dataset a measure is about."""
    if measure.of == "score":
        return [_.instrument == measure.instrument, _.scale == measure.scale]
    if measure.of == "answer":
        return [_.instrument == measure.instrument, _.question == measure.question]
    if measure.of == "outcome":
        return [_.kind == measure.kind]
    if measure.of == "rating":
        wanted = {"competency": (measure.competency or "").rpartition(".")[2], "topic": measure.topic}
        return [~_.is_own, *(_[column] == code for column, code in wanted.items() if code)]
    return [_.is_present, _.is_held, *([_.type.isin(measure.encounters)] if measure.encounters else [])]


def _at(data: Data, table: Table, measure: Measure, time: Time | None) -> Table:
    """The rows that belong to a time: by wave where the dataset has waves, otherwise by the day."""
    if time is None:
        return table
    day = DAY[measure.of]
    by_calendar = time.from_on or time.to_on
    if measure.of in ("score", "answer") and not by_calendar and time.from_day is None and time.to_day is None:
        return table.filter(_.wave == (time.wave or time.code))
    if time.from_on:
        table = table.filter(_[day] >= time.from_on)
    if time.to_on:
        table = table.filter(_[day] <= time.to_on)
    if time.from_day is not None or time.to_day is not None:
        people = data.tables["participants"].select("participant", "entered_on")
        table = table.join(people, "participant")
        since = days_between(table.entered_on, table[day])
        bounds = [since >= time.from_day] if time.from_day is not None else []
        bounds += [since <= time.to_day] if time.to_day is not None else []
        table = table.filter(*bounds)
    return table


def per_person(data: Data, measure: Measure, time: Time | None, *, words: bool = False) -> Table:
    """One row a person who has any record: `value` (a number, 1 or 0 for yes or no, or words), and the odd.

    Columns: participant, value, rows, text, outside.
    """
    found = rows(data, measure, time)
    is_yes = measure.is_share and measure.of != "rating" and not measure.is_judged_together
    value = _.words if words else _yes(measure) if is_yes else _.number
    odd = _odd(measure, words)
    off = [_.number < measure.lowest] if measure.lowest is not None else []
    off += [_.number > measure.highest] if measure.highest is not None else []
    text = _.number.isnull() & _.words.notnull() if "text" in odd else False
    marked = found.mutate(value=value, off=ibis.or_(*off).fill_null(False) if off else False, text=text)
    known = marked.filter(_.value.notnull() | _.text if "text" in odd else _.value.notnull())
    if measure.of == "rating" and not words:
        known = _latest_of_each(known)
    found = known.group_by("participant").aggregate(
        value=_taken(measure, words),
        rows=_.count(),
        # Nothing is added up that cannot be: a million zeros cost as much as a million ones.
        text=_.text.sum().cast("int64") if "text" in odd else ibis.literal(0, "int64"),
        outside=_.off.sum().cast("int64") if "outside" in odd else ibis.literal(0, "int64"),
    )
    if measure.is_judged_together and not words:
        found = found.mutate(value=(found.value >= measure.yes_from).ifelse(1.0, 0.0))
    return found


def _odd(measure: Measure, words: bool) -> list[str]:
    """What can be odd in a person's rows of this measure: the names of columns that count it."""
    can_be_text = measure.of == "answer" and not measure.yes and not words
    can_be_outside = measure.lowest is not None or measure.highest is not None
    return ["rows", *(["text"] if can_be_text else []), *(["outside"] if can_be_outside else [])]


def _yes(measure: Measure) -> Any:
    """1 for yes, 0 for no, nothing where nothing is known."""
    if measure.yes:
        known = _.words.notnull()
        return known.ifelse(_.words.isin(measure.yes).ifelse(1.0, 0.0), ibis.null("float64"))
    if measure.yes_from is not None:
        return _.number.notnull().ifelse((_.number >= measure.yes_from).ifelse(1.0, 0.0), ibis.null("float64"))
    if measure.label is not None:
        return (_.words == measure.label).fill_null(False).ifelse(1.0, 0.0)
    return ibis.literal(1.0)


def _latest_of_each(table: Table) -> Table:
    """Each person's latest rating in each competency, so that often-rated ones do not weigh more."""
    last = ibis.struct({"day": _.day, "value": _.value})
    return (
        table.group_by("participant", "words")
        .aggregate(value=_.value.argmax(last), day=_.day.max(), text=_.text.max(), off=_.off.max())
        .select("participant", "day", "value", "text", "off", "words")
    )


def _taken(measure: Measure, words: bool) -> Any:
    if words:
        return _.value.argmax(ibis.struct({"day": _.day, "value": _.value}))
    if measure.of in ("sessions", "hours") and (measure.is_judged_together or not measure.is_share):
        return _.value.sum()
    if measure.of == "rating" and measure.take == "last":
        return _.value.mean()
    if measure.take == "any" or (measure.yes and measure.of == "answer"):
        return _.value.max()  # of several ticked choices one is enough
    if measure.take in ("last", "first"):
        order = ibis.struct({"day": _.day, "value": _.value})
        return _.value.argmax(order) if measure.take == "last" else _.value.argmin(order)
    plain = {
        "sum": _.value.sum(),
        "mean": _.value.mean(),
        "highest": _.value.max(),
        "count": _.value.count().cast("float64"),
    }
    return plain[measure.take]


def grouped(data: Data, comparison: Comparison | None) -> Table:
    """Everybody eligible: participant, site, entered_on, and `side`, the group they belong to (empty: none)."""
    people = data.tables["participants"]
    if comparison is None:
        return people.select("participant", "site", "entered_on", "left_on", side=ibis.literal(""))
    if comparison.factor:
        factor = data.plan.measures[comparison.factor]
        said = per_person(data, factor, None, words=True).select(person="participant", value="value")
        joined = people.left_join(said, people.participant == said.person)
        return joined.select("participant", "site", "entered_on", "left_on", side=_sided(comparison, joined.value))
    column = comparison.by or f"g_{comparison.code.replace('-', '_')}"
    return people.select("participant", "site", "entered_on", "left_on", side=people[column].nullif(""))


def _sided(comparison: Comparison, value: Any) -> Any:
    if not comparison.groups:
        return value
    cases = [(value.isin(one.answers), one.code) for one in comparison.groups if one.answers]
    return ibis.cases(*cases, else_=ibis.null("string")) if cases else value


@dataclass(frozen=True)
class Frame:
    """Everybody eligible, one place each in every column, in the order of their keys. `trouble` by column.

    `people` and `site` are empty unless they were asked for: most analyses need nobody's name.
    """

    n: int
    people: Any
    site: Any
    side: Any
    columns: Mapping[str, Any]
    trouble: Mapping[str, Trouble]

    def __len__(self) -> int:
        return self.n


AT_ONCE = 4  # measures read by one statement: forty joined nest deeper than can be written out


def frame(
    data: Data,
    wanted: Mapping[str, tuple[Measure, Time | None]],
    comparison: Comparison | None = None,
    *,
    words: frozenset[str] = frozenset(),
    people: bool = False,
    site: bool = False,
) -> Frame:
    """The wanted measures side by side. Nobody's missing value becomes zero, except encounters nobody logged."""
    shown = {"participant": people, "site": site, "side": comparison is not None}
    kept = [name for name, is_shown in shown.items() if is_shown]
    odd = {name: _odd(which[0], name in words) for name, which in wanted.items()}
    found: Columns = {}
    for some in _by(AT_ONCE, wanted) if wanted else [[]]:
        several = [(name, per_person(data, *which, words=name in words), odd[name]) for name, which in some]
        found |= data.read(_side_by_side(grouped(data, comparison), several, [] if found else kept))
    n = len(next(iter(found.values())))
    columns = {name: _column(found[f"value_{name}"], which[0], words=name in words) for name, which in wanted.items()}
    trouble = {
        name: Trouble(
            repeated=int((found[f"rows_{name}"].astype(np.float64) > 1).sum()),
            **{one: _total(found[f"{one}_{name}"]) for one in odd[name] if one != "rows"},
        )
        for name in wanted
    }
    nothing = np.full(n, "", dtype=object)
    whose, where, side = (found.get(name, nothing) for name in shown)
    return Frame(n, whose, where, side, columns, trouble)


def _by(size: int, wanted: Mapping[str, Any]) -> Iterator[list[tuple[str, Any]]]:
    left = iter(wanted.items())
    while some := list(islice(left, size)):
        yield some


def _side_by_side(people: Table, several: list[tuple[str, Table, list[str]]], kept: list[str]) -> Table:
    """Everybody once, with each measure beside them: its value, and the columns that count what is odd."""
    columns = []
    for name, one, odd in several:
        shown = [_[column].name(f"{column}_{name}") for column in ("value", *odd)]
        beside = one.select(_.participant.name(f"who_{name}"), *shown)
        people = people.left_join(beside, people.participant == beside[f"who_{name}"])
        columns += [f"{column}_{name}" for column in ("value", *odd)]
    return people.order_by("participant").select(*kept, *columns)


def _column(values: Any, measure: Measure, *, words: bool) -> Any:
    if words:
        return values
    numbers = values.astype(np.float64)
    # The register of encounters is complete: none logged is none.
    return np.nan_to_num(numbers) if measure.of == "sessions" else numbers


def _total(values: Any) -> int:
    return int(np.nansum(values.astype(np.float64)))


@dataclass(frozen=True)
class Tally:
    """How often each value occurs in one group; `people` are all eligible in it, `missing` have no value."""

    values: Numbers
    times: NDArray[np.int64]
    people: int
    trouble: Trouble

    @property
    def spread_out(self) -> Numbers:
        """Every value as often as it occurs."""
        return np.repeat(self.values, self.times)

    @property
    def with_gaps(self) -> Numbers:
        """The same with a gap for everybody who has no value."""
        return np.concatenate([self.spread_out, np.full(self.people - int(self.times.sum()), np.nan)])


@dataclass(frozen=True)
class Tallies:
    """The distribution in everybody (None when nobody is eligible), and in each group of a comparison."""

    whole: Tally | None
    parts: Mapping[str, Tally]


def tallies(data: Data, measure: Measure, time: Time | None, comparison: Comparison | None = None) -> Tallies:
    """How a measure is distributed, counted where the data lie: one statement for everybody and for each group."""
    people = grouped(data, comparison)
    one = per_person(data, measure, time)
    joined = people.left_join(one, people.participant == one.participant)
    value = joined.value.cast("float64")
    if measure.of == "sessions":
        value = value.fill_null(0.0)
    odd = _odd(measure, words=False)
    counted = joined.select(joined.side, *(joined[name] for name in odd), v=value).group_by("side", "v")
    sums = {name: (_.rows > 1).sum() if name == "rows" else _[name].sum() for name in odd}
    found = data.read(counted.aggregate(n=_.count(), **sums).order_by("side", "v"))
    sides = sorted({str(one) for one in found["side"] if one is not None}) if comparison else []
    whole = _tally(found, np.ones(len(found["n"]), dtype=bool)) if len(found["n"]) else None
    return Tallies(whole, {side: _tally(found, found["side"] == side) for side in sides})


def _tally(found: Columns, here: Any) -> Tally:
    known = here & ~np.isnan(found["v"].astype(float))
    values, place = np.unique(found["v"][known].astype(float), return_inverse=True)
    times = np.zeros(values.size, dtype=np.int64)
    np.add.at(times, place, found["n"][known].astype(np.int64))
    odd = Trouble(*(_total(found[name][here]) if name in found else 0 for name in ("rows", "text", "outside")))
    return Tally(values, times, people=int(found["n"][here].sum()), trouble=odd)
