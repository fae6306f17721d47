"""What a measure is for each person: one Ibis expression per measure and time point, and frames that join them.

Everybody eligible is a row of a frame; who has no value has a gap. A person with several rows counts once
(`take` says how), and what looked wrong on the way is counted in `Trouble`, never mended in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """The records of a measure at a time: participant, `day`, `number`, and `words`, what was said or met.

    Scores and answers keep their `wave`.
    """
    table = source(data, DATASET[measure.of])
    if measure.of == "register":
        said = _[measure.column].cast("string").nullif("")
        return table.select("participant", day=ibis.null("date"), number=ibis.null("float64"), words=said)
    found = _at(data, table.filter(*_which(measure)), measure, time)
    number, words = SHOWN[measure.of]
    wave = ["wave"] if measure.of in ("score", "answer") else []
    return found.select("participant", *wave, day=_[DAY[measure.of]], number=number, words=words)


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
    if wave := _wave(measure, time):
        return table.filter(_.wave == wave)
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


def _wave(measure: Measure, time: Time | None) -> str:
    """The wave a time means for a measure; empty when it is a stretch of days, or no time at all."""
    if time is None or measure.of not in ("score", "answer"):
        return ""
    is_stretch = time.from_on or time.to_on or time.from_day is not None or time.to_day is not None
    return "" if is_stretch else time.wave or time.code


def per_person(data: Data, measure: Measure, time: Time | None, *, words: bool = False, alone: bool = False) -> Table:
    """One row a person who has any record: `value` (a number, 1 or 0 for yes or no, or words), and the odd.

    Columns: participant, value, and those of `odd_names`; what cannot be odd is not counted. With `alone` the value
    holds only where `rows` is 1: putting rows in order to pick one costs as much as all else, and most people have one.
    """
    known = _known(data, measure, time, words)
    found = known.group_by("participant").aggregate(**_summed_up(measure, words, alone=alone))
    if measure.is_judged_together and not words:
        found = found.mutate(value=(found.value >= measure.yes_from).ifelse(1.0, 0.0))
    return found


def per_wave(data: Data, measure: Measure, waves: Mapping[str, str], *, words: bool, alone: bool) -> Table:
    """The same for several waves by name, `value_NAME` and so on, from one reading of the records."""
    known = _known(data, measure, None, words).filter(_.wave.isin(sorted(set(waves.values()))))
    columns = {
        f"{column}_{name}": what
        for name, wave in waves.items()
        for column, what in _summed_up(measure, words, alone=alone, where=_.wave == wave).items()
    }
    return known.group_by("participant").aggregate(**columns)


def _known(data: Data, measure: Measure, time: Time | None, words: bool) -> Table:
    """The records that hold a value, or something odd in its place."""
    is_yes = measure.is_share and measure.of != "rating" and not measure.is_judged_together
    value = _.words if words else _yes(measure) if is_yes else _.number
    odd = odd_names(measure, words)
    marked = rows(data, measure, time).mutate(value=value, **_marks(measure, odd))
    known = marked.filter(_.value.notnull() | _.text if "text" in odd else _.value.notnull())
    return _latest_of_each(known, odd) if measure.of == "rating" and not words else known


def _summed_up(measure: Measure, words: bool, *, alone: bool, where: Any = None) -> dict[str, Any]:
    """What becomes of a person's rows: the columns of `per_person`."""
    odd = {
        name: _.count(where=where) if name == "rows" else _[name].sum(where=where).cast("int64")
        for name in odd_names(measure, words)
    }
    is_plain = alone and is_picked(measure, words)
    return {"value": _.value.max(where=where) if is_plain else _taken(measure, words, where), **odd}


def odd_names(measure: Measure, words: bool) -> list[str]:
    """What can be odd in a person's rows of this measure: the names of columns that count it."""
    can_be_text = measure.of == "answer" and not measure.yes and not words
    can_be_outside = measure.lowest is not None or measure.highest is not None
    return ["rows", *(["text"] if can_be_text else []), *(["outside"] if can_be_outside else [])]


def _marks(measure: Measure, odd: list[str]) -> dict[str, Any]:
    """Which rows are odd."""
    off = [_.number < measure.lowest] if measure.lowest is not None else []
    off += [_.number > measure.highest] if measure.highest is not None else []
    marks = {"text": _.number.isnull() & _.words.notnull(), "outside": ibis.or_(*off).fill_null(False)}
    return {name: marks[name] for name in odd if name in marks}


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


def _latest_of_each(table: Table, odd: list[str]) -> Table:
    """Each person's latest rating in each competency, so that often-rated ones do not weigh more."""
    last = ibis.struct({"day": _.day, "value": _.value})
    marks = {name: _[name].max() for name in odd if name != "rows"}
    return table.group_by("participant", "words").aggregate(value=_.value.argmax(last), day=_.day.max(), **marks)


def _is_summed(measure: Measure) -> bool:
    return measure.of in ("sessions", "hours") and (measure.is_judged_together or not measure.is_share)


def is_picked(measure: Measure, words: bool) -> bool:
    """Whether one of a person's several rows is picked by its day."""
    if words or measure.take not in ("last", "first"):
        return words
    several_ticked = bool(measure.yes) and measure.of == "answer"
    return not (_is_summed(measure) or several_ticked or (measure.of == "rating" and measure.take == "last"))


def _taken(measure: Measure, words: bool, where: Any = None) -> Any:
    if is_picked(measure, words):
        order = ibis.struct({"day": _.day, "value": _.value})
        pick = _.value.argmin if measure.take == "first" and not words else _.value.argmax
        return pick(order, where=where)
    if _is_summed(measure):
        return _.value.sum(where=where)
    if measure.of == "rating" and measure.take == "last":
        return _.value.mean(where=where)
    if measure.take == "any" or (measure.yes and measure.of == "answer"):
        return _.value.max(where=where)  # of several ticked choices one is enough
    plain = {
        "sum": _.value.sum(where=where),
        "mean": _.value.mean(where=where),
        "highest": _.value.max(where=where),
        "count": _.value.count(where=where).cast("float64"),
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
    odd = {name: odd_names(which[0], name in words) for name, which in wanted.items()}
    found: Columns = {}

    def take(names: Sequence[str], *, alone: bool) -> None:
        some = {name: (*wanted[name], name in words) for name in names}
        found.update(
            data.read(_side_by_side(grouped(data, comparison), _tables(data, some, alone), [] if found else kept))
        )

    for names in _by(AT_ONCE, wanted) if wanted else [[]]:
        take(names, alone=True)
        picked = [name for name in names if is_picked(wanted[name][0], name in words)]
        if crowded := [name for name in picked if np.any(found[f"rows_{name}"].astype(np.float64) > 1)]:
            take(crowded, alone=False)
    n = len(next(iter(found.values())))
    columns = {name: _column(found[f"value_{name}"], which[0], words=name in words) for name, which in wanted.items()}
    trouble = {
        name: Trouble(
            repeated=int((found[f"rows_{name}"].astype(np.float64) > 1).sum()),
            **{one: total(found[f"{one}_{name}"]) for one in odd[name] if one != "rows"},
        )
        for name in wanted
    }
    nothing = np.full(n, "", dtype=object)
    whose, where, side = (found.get(name, nothing) for name in shown)
    return Frame(n, whose, where, side, columns, trouble)


def _by(size: int, wanted: Iterable[str]) -> Iterator[list[str]]:
    left = iter(wanted)
    while some := list(islice(left, size)):
        yield some


def _tables(data: Data, wanted: Mapping[str, tuple[Measure, Time | None, bool]], alone: bool) -> Iterator[Table]:
    """The wanted measures by person, named columns; waves of one measure come from one table."""
    together: dict[tuple[int, bool], dict[str, str]] = {}
    for name, (measure, time, words) in wanted.items():
        wave = _wave(measure, time) if is_picked(measure, words) else ""
        if wave:
            together.setdefault((id(measure), words), {})[name] = wave
            continue
        one = per_person(data, measure, time, words=words, alone=alone)
        named = {f"{column}_{name}": column for column in one.columns if column != "participant"}
        yield one.rename(named)
    for (_measure, words), waves in together.items():
        measure = wanted[next(iter(waves))][0]
        yield per_wave(data, measure, waves, words=words, alone=alone)


def _side_by_side(people: Table, tables: Iterable[Table], kept: list[str]) -> Table:
    """Everybody once, with each measure beside them: its value, and the columns that count what is odd."""
    columns: list[str] = []
    for place, one in enumerate(tables):
        beside = one.rename({f"who_{place}": "participant"})
        people = people.left_join(beside, people.participant == beside[f"who_{place}"])
        columns += [name for name in one.columns if name != "participant"]
    return people.order_by("participant").select(*kept, *columns)


def _column(values: Any, measure: Measure, *, words: bool) -> Any:
    if words:
        return values
    numbers = values.astype(np.float64)
    # The register of encounters is complete: none logged is none.
    return np.nan_to_num(numbers) if measure.of == "sessions" else numbers


def total(values: Any) -> int:
    return int(np.nansum(values.astype(np.float64)))
