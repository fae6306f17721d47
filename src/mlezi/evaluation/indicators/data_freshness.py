"""How old the newest record of each facility is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import active_sites
from mlezi.evaluation.operations import days_between


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a facility that takes part: `amount` days since a record about it last came in."""
    meetings = ask.visible(data["encounters"])
    meetings = meetings.filter(meetings.received_on < ask.end)
    newest = meetings.group_by("place_id").aggregate(received_on=meetings.received_on.max())
    sites = active_sites(data, ask)
    return sites.left_join(newest, sites.place_id == newest.place_id).select(
        sites.place_id,
        sites.district_id,
        sites.region_id,
        record=sites.place_id,
        amount=days_between(newest.received_on, ask.last).cast("float64"),
    )


INDICATOR = Indicator(
    code="data_freshness",
    title="Days since the last record",
    question="How up to date are these figures?",
    measure=Measure.SPREAD,
    unit=Unit.PLACE,
    in_units="days",
    numerator="Days from the day the newest record about an encounter there came in, to the period's last day.",
    denominator="Facilities that take part on a day of the period.",
    missing="A facility from which nothing ever came has no days; the number of them is shown.",
    rows=rows,
    breakdowns=("region", "district", "facility"),
    better="lower",
    as_at_end=True,
)
