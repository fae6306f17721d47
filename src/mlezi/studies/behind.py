"""What stands behind a figure: the frozen rows of the people in it, under their keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mlezi.studies.analyses import BY_CODE
from mlezi.studies.analysis import Asked
from mlezi.studies.data import Data
from mlezi.studies.found import Label, joined, of, word
from mlezi.studies.measures import NotThere, frame, source
from mlezi.studies.plan import Analysis, Measure, Time


@dataclass(frozen=True)
class Behind:
    """One row a person (or a site): key, site's key, side, and the values that the figure was made of."""

    columns: tuple[Label, ...]
    rows: list[tuple[str, str, str, tuple[float | str | None, ...]]]
    of_people: bool = True


def rows(data: Data, spec: Analysis, *, side: str = "") -> Behind:
    """The people of an analysis with the values it read, those of one side where asked; nobody's name."""
    asked = Asked(data.plan, spec, BY_CODE[spec.do].options.model_validate(spec.options))
    measures = [*asked.outcomes, *([asked.against] if asked.against else [])]
    try:
        if any(one.of == "site_figure" for one in measures):
            return _of_sites(data, measures)
        return _of_people(data, asked, measures, side)
    except NotThere:
        return Behind((), [])


def _times(asked: Asked) -> list[Time | None]:
    named = [asked.plan.time(code) for code in (asked.spec.from_, asked.spec.to, asked.spec.at) if code]
    return [one for one in named if one] or [None]


def _of_people(data: Data, asked: Asked, measures: list[Measure], side: str) -> Behind:
    wanted: dict[str, tuple[Measure, Time | None]] = {}
    labels: list[Label] = []
    for measure in measures:
        for time in _times(asked):
            wanted[f"c{len(wanted)}"] = (measure, time)
            labels.append(joined(of("outcome", measure.code), of("time", time.code) if time else ()))
    words = frozenset(name for name, (one, _) in wanted.items() if _is_words(one))
    found = frame(data, wanted, asked.comparison, words=words, people=True, site=True)
    if not wanted:
        labels = [word("cadre")]
    lines = []
    for place in range(len(found)):
        here = str(found.side[place] or "")
        values = tuple(_plain(found.columns[name][place]) for name in wanted)
        if (not side or side == here) and (any(one is not None for one in values) or not wanted):
            lines.append((str(found.people[place]), str(found.site[place] or ""), here, values))
    return Behind(tuple(labels), lines)


def _is_words(measure: Measure) -> bool:
    return measure.of == "register" or (measure.of == "answer" and measure.lowest is None and not measure.is_share)


def _plain(value: Any) -> float | str | None:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    return value if isinstance(value, str) else float(value)


def _of_sites(data: Data, measures: list[Measure]) -> Behind:
    table = source(data, "site_figures")
    names = [name for one in measures for name in (one.figure, one.out_of) if name]
    found = data.read(table.filter(table.measure.isin(names)).order_by("site", "measure", "month"))
    lines: list[tuple[str, str, str, tuple[float | str | None, ...]]] = [
        (str(site), str(site), str(measure), (float(value),))
        for site, measure, value in zip(found["site"], found["measure"], found["value"], strict=True)
    ]
    return Behind((word("sites"),), lines, of_people=False)
