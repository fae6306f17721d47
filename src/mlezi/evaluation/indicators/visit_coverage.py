"""Visited of due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import active_sites, is_visited
from mlezi.evaluation.operations import KNOWN


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a facility that was due: `met` when a visit was held in the period."""
    sites = active_sites(data, ask)
    seen = sites.mutate(
        lately=is_visited(data, ask, sites, since=ask.due_from, before=ask.start),
        met=is_visited(data, ask, sites, since=ask.start, before=ask.end).cast(KNOWN),
    )
    due = seen.filter(ask.due_from.isnull() | (seen.from_on < ask.due_from), ~seen.lately)
    return due.select("place_id", "district_id", "region_id", "met", record=due.place_id)


INDICATOR = Indicator(
    code="visit_coverage",
    title="Facilities visited of those due",
    question="Do visits reach the facilities they are due at?",
    measure=Measure.SHARE,
    unit=Unit.PLACE,
    in_units="%",
    numerator="Facilities due with at least one visit held in the period.",
    denominator=(
        "Facilities that take part on a day of the period and are due in it: on its last day, both the last visit "
        "before the period and the day they joined lie at least as long back as visits should be apart. Where a "
        "programme does not say how often, every facility is due."
    ),
    missing="A visit whose day is unknown does not count; a form that says a visit did not take place is no visit.",
    rows=rows,
    breakdowns=("region", "district", "facility"),
)
