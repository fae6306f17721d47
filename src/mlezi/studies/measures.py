"""What a measure is for each person: one Ibis expression per measure and time point, and frames that join them.

Everybody eligible is a row of a frame; who has no value has a gap. A person with several rows counts once
(`take` says how), and what looked wrong on the way is counted in `Trouble`, never mended in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
from ibis import _
from numpy.typing import NDArray

from mlezi.evaluation.operations import days_between
from mlezi.methods.statistics.notes import Note, note
from mlezi.studies.data import Data
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
    inside = [_.number < measure.lowest] if measure.lowest is not None else []
    inside += [_.number > measure.highest] if measure.highest is not None else []
    off = inside[0] | inside[1] if len(inside) == 2 else inside[0] if inside else ibis.literal(False)
    text = _.number.isnull() & _.words.notnull() if measure.of == "answer" and not measure.yes else ibis.literal(False)
    marked = found.mutate(value=value, off=off.fill_null(False), text=text & ibis.literal(not words))
    known = marked.filter(_.value.notnull() | _.text)
    if measure.of == "rating" and not words:
        known = _latest_of_each(known)
    found = known.group_by("participant").aggregate(
        value=_taken(measure, words), rows=_.count(), text=_.text.sum().cast("int64"), outside=_.off.sum().cast("int64")
    )
    if measure.is_judged_together and not words:
        found = found.mutate(value=(found.value >= measure.yes_from).ifelse(1.0, 0.0))
    return found


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
    """Everybody eligible, one place each in every column. `trouble` by column."""

    people: Any
    site: Any
    side: Any
    columns: Mapping[str, Any]
    trouble: Mapping[str, Trouble]

    def __len__(self) -> int:
        return len(self.people)


def frame(
    data: Data,
    wanted: Mapping[str, tuple[Measure, Time | None]],
    comparison: Comparison | None = None,
    *,
    words: frozenset[str] = frozenset(),
) -> Frame:
    """The wanted measures side by side. Nobody's missing value becomes zero, except encounters nobody logged."""
    people = grouped(data, comparison).select("participant", "site", "side")
    found = data.read(people.order_by("participant", "side"))
    columns, trouble = {}, {}
    for name, (measure, time) in wanted.items():
        # One question at a time: forty joined into one statement nest deeper than it can be written out.
        one = data.read(per_person(data, measure, time, words=name in words).order_by("participant"))
        at = _places(found["participant"], one["participant"])
        column = _placed(one["value"], at, words=name in words)
        if measure.of == "sessions" and name not in words:
            column = np.nan_to_num(column)  # the register of encounters is complete: none logged is none
        columns[name] = column
        here = at[at >= 0]
        trouble[name] = Trouble(
            repeated=int((one["rows"][here].astype(float) > 1).sum()),
            text=int(np.nansum(one["text"][here].astype(float))),
            outside=int(np.nansum(one["outside"][here].astype(float))),
        )
    return Frame(found["participant"], found["site"], found["side"], columns, trouble)


def _places(wanted: Any, there: Any) -> NDArray[np.int64]:
    """Where each of the wanted people stands among those there; -1: nowhere. Both are in order."""
    if len(wanted) == len(there) and (wanted == there).all():
        return np.arange(len(wanted), dtype=np.int64)
    place = {who: number for number, who in enumerate(there)}
    return np.array([place.get(who, -1) for who in wanted], dtype=np.int64)


def _placed(values: Any, at: NDArray[np.int64], *, words: bool) -> Any:
    """Each person's value at the person's place; -1 stands for somebody without one."""
    column: Any = np.full(len(at), None, dtype=object) if words else np.full(len(at), np.nan)
    known = at >= 0
    column[known] = values[at[known]] if words else values[at[known]].astype(np.float64)
    return column


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


def tally(data: Data, measure: Measure, time: Time | None, comparison: Comparison | None = None) -> dict[str, Tally]:
    """The distribution of a measure in each group ("" without a comparison), counted where the data lie."""
    people = grouped(data, comparison)
    one = per_person(data, measure, time)
    joined = people.left_join(one, people.participant == one.participant)
    value = joined.value.cast("float64")
    if measure.of == "sessions":
        value = value.fill_null(0.0)
    counted = (
        joined.select(joined.side, v=value, rows=joined.rows, text=joined.text, outside=joined.outside)
        .group_by("side", "v")
        .aggregate(n=_.count(), repeated=(_.rows > 1).sum(), text=_.text.sum(), outside=_.outside.sum())
        .order_by("side", "v")
    )
    found = data.read(counted)
    tallies = {}
    for side in sorted({one for one in found["side"] if one is not None}):
        here = found["side"] == side
        known = here & ~np.isnan(found["v"].astype(float))
        tallies[str(side)] = Tally(
            values=found["v"][known].astype(float),
            times=found["n"][known].astype(np.int64),
            people=int(found["n"][here].sum()),
            trouble=Trouble(
                *(int(np.nansum(found[name][here].astype(float))) for name in ("repeated", "text", "outside"))
            ),
        )
    return tallies
