"""People who received support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a person present in the period, wherever last seen; each counts."""
    seats = ask.during(ask.visible(data["attendances"], person="person_id"), "held_on")
    seats = seats.filter(seats.is_held, seats.is_present, seats.part == "mentee")
    newest = ibis.row_number().over(
        group_by=seats.person_id, order_by=[seats.held_on.desc(), seats.attendance_uid.desc()]
    )
    ranked = seats.mutate(place_in_time=newest)
    once = ranked.filter(ranked.place_in_time == 0)
    return once.select(
        "person_id",
        "place_id",
        "district_id",
        "region_id",
        "cadre",
        record=once.person_id,
        met=once.is_present,
    )


INDICATOR = Indicator(
    code="people_supported",
    title="People supported",
    question="How many people are reached?",
    measure=Measure.COUNT,
    unit=Unit.PERSON,
    in_units="people",
    numerator="People present as mentees at an encounter held in the period, enrolled or not, where last seen.",
    denominator="The same.",
    missing="People counted in words only, without being named, are not in it. None recorded prints no data, not 0.",
    rows=rows,
    breakdowns=("cadre", "region", "district", "facility"),
    about_people=True,
    splits=False,
)
