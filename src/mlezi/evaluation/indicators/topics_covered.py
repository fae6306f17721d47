"""Topics covered at facilities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import active_sites
from mlezi.evaluation.operations import KNOWN


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a facility and topic of the framework: `met` when an encounter there touched the topic."""
    sites = active_sites(data, ask)
    subjects = data["curriculum"]
    wanted = sites.join(subjects, sites.programme_id == subjects.programme_id).select(
        sites.place_id, sites.district_id, sites.region_id, subjects.topic, record=sites.place_id
    )
    wanted = wanted.view()  # else its columns lose their table where each place is looked up
    return wanted.mutate(met=is_touched(data, ask, wanted).cast(KNOWN))


def is_touched(data: Mapping[str, Any], ask: Ask, wanted: Any) -> Any:
    """Of each place and topic, whether an encounter there touched it in the period; each is looked up by itself."""
    touched = data["topics"]
    return (
        (touched.place_id == wanted.place_id)
        & (touched.topic == wanted.topic)
        & (touched.programme_id == ask.programme)
        & (touched.held_on >= ask.start)
        & (touched.held_on < ask.end)
        & touched.is_held
    ).any()


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
