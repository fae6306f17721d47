"""Visited of due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import active_sites
from mlezi.evaluation.operations import days_after


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a facility that was due: `met` when a visit was held in the period."""
    visits = ask.visible(data["encounters"])
    visits = visits.filter(visits.is_held, visits["mode"] == "visit", visits.held_on < ask.end)
    seen = visits.filter(visits.held_on >= ask.start).select("place_id").distinct()
    before = visits.filter(visits.held_on < ask.start).group_by("place_id").aggregate(last_on=visits.held_on.max())
    sites = active_sites(data, ask)
    with_last = sites.left_join(before, sites.place_id == before.place_id).select(
        sites, due_since=before.last_on.coalesce(sites.from_on)
    )
    due = with_last.filter(
        ask.every_days.isnull() | (days_after(with_last.due_since, ask.every_days.coalesce(0)) < ask.end)
    )
    return due.left_join(seen, due.place_id == seen.place_id).select(
        record=due.place_id,
        place_id=due.place_id,
        district_id=due.district_id,
        region_id=due.region_id,
        met=seen.place_id.notnull(),
    )


INDICATOR = Indicator(
    code="visit_coverage",
    title="Facilities visited of those due",
    question="Do visits reach the facilities they are due at?",
    measure=Measure.SHARE,
    unit=Unit.PLACE,
    in_units="%",
    numerator="Facilities due with at least one visit held in the period.",
    denominator=(
        "Facilities that take part on a day of the period and are due in it: their last visit before it, or else "
        "the day they joined, lies at least as long before its last day as visits should be apart. Where a programme "
        "does not say how often, every facility is due."
    ),
    missing="A visit whose day is unknown does not count; a form that says a visit did not take place is no visit.",
    rows=rows,
    breakdowns=("region", "district", "facility"),
)
