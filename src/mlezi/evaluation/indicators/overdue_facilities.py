"""Facilities whose visit is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import active_sites, is_visited


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a facility that takes part: `met` (it counts) when its next visit was due before the last day."""
    sites = active_sites(data, ask)
    seen = sites.mutate(lately=is_visited(data, ask, sites, since=ask.late_from, before=ask.end))
    return seen.select(
        "place_id",
        "district_id",
        "region_id",
        record=seen.place_id,
        met=~seen.lately & (seen.from_on < ask.late_from),
    )


INDICATOR = Indicator(
    code="overdue_facilities",
    title="Facilities overdue for a visit",
    question="Which facilities have waited too long?",
    measure=Measure.COUNT,
    unit=Unit.PLACE,
    in_units="facilities",
    numerator=(
        "Facilities whose last visit, and the day they joined, lie longer before the period's last day than visits "
        "should be apart."
    ),
    denominator="Facilities that take part on a day of the period.",
    missing="Where the programme does not say how often to visit, nobody can be overdue: no data.",
    rows=rows,
    breakdowns=("region", "district", "facility"),
    better="lower",
    as_at_end=True,
)
