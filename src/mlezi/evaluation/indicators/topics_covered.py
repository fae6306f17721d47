"""Topics covered at facilities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import active_sites


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a facility and topic of the framework: `met` when an encounter there touched the topic."""
    touched = ask.during(ask.visible(data["topics"]), "held_on")
    touched = touched.filter(touched.is_held).select("place_id", "topic").distinct()
    sites = active_sites(data, ask)
    subjects = data["curriculum"]
    wanted = sites.join(subjects, sites.programme_id == subjects.programme_id).select(
        sites.place_id, sites.district_id, sites.region_id, subjects.topic
    )
    return wanted.left_join(touched, [wanted.place_id == touched.place_id, wanted.topic == touched.topic]).select(
        wanted.place_id,
        wanted.district_id,
        wanted.region_id,
        wanted.topic,
        record=wanted.place_id,
        met=touched.place_id.notnull(),
    )


INDICATOR = Indicator(
    code="topics_covered",
    title="Topics covered at facilities",
    question="Which topics reach the facilities, and which do not?",
    measure=Measure.SHARE,
    unit=Unit.PLACE_TOPIC,
    in_units="%",
    numerator="Of these, those touched by at least one encounter held there in the period.",
    denominator="Every topic of the framework in use, at every facility that takes part on a day of the period.",
    missing="A topic that is not in the framework is not counted; an encounter without topics touches none.",
    rows=rows,
    breakdowns=("topic", "region", "district", "facility"),
)
