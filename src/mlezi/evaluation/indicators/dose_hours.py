"""Hours of support that each mentee received."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Unit
from mlezi.evaluation.members import mentees


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a mentee: `amount` hours; empty when all their meetings have unknown length."""
    seats = data["attendances"]
    seats = ask.during(seats, "held_on")
    seats = seats.filter(
        seats.programme_id == ask.programme, seats.is_held, seats.is_present, seats.part == "mentee"
    ).select("person_id", "minutes")
    people = mentees(data, ask)
    joined = people.left_join(seats, people.person_id == seats.person_id).select(
        people, minutes=seats.minutes, seat=seats.person_id
    )
    each = joined.group_by("record", "person_id", "place_id", "district_id", "region_id", "cadre").aggregate(
        minutes=joined.minutes.sum(), seats=joined.seat.count()
    )
    return each.select(
        "record",
        "person_id",
        "place_id",
        "district_id",
        "region_id",
        "cadre",
        amount=(each.seats == 0).ifelse(ibis.literal(0, "float64"), each.minutes.cast("float64") / 60.0),
    )


INDICATOR = Indicator(
    code="dose_hours",
    title="Hours of support per mentee",
    question="How much support did each mentee receive?",
    measure=Measure.SPREAD,
    unit=Unit.PERSON,
    in_units="hours",
    numerator="Minutes of all encounters held in the period at which the mentee was present, as hours.",
    denominator="People enrolled as mentees on a day of the period, at the place where they work at its end.",
    missing=(
        "A mentee without any encounter received 0 hours. A mentee all of whose encounters have an unknown length "
        "is missing; where only some have, their hours count the known ones."
    ),
    rows=rows,
    breakdowns=("region", "district", "facility", "cadre"),
    about_people=True,
)
