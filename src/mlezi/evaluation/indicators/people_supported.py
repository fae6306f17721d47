"""People who received support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from mlezi.evaluation.ask import Ask
from mlezi.evaluation.indicator import Indicator, Measure, Quick, Unit, When


def rows(data: Mapping[str, Any], ask: Ask) -> Any:
    """One row a person present in the period, wherever last seen; each counts."""
    seats = ask.during(ask.visible(data["attendances"], person="person_id"), "held_on")
    return _counted(_last_seen(_present(seats)))


def rows_by_month(data: Mapping[str, Any], ask: Ask) -> Any:
    """The same of everywhere. Whoever was not seen after the period counts where they were last seen at all; the others
    in the last whole month they were seen in, or on the days around whole months."""
    seen = _anywhere(data["last_seen"], ask)
    done = seen.filter(seen.placed_on >= ask.start, seen.placed_on < ask.end)
    later = seen.filter(seen.placed_on >= ask.end).select("person_id")
    return _counted(done).union(_counted(_last_seen(_seen_later_too(data, ask, later))))


def _seen_later_too(data: Mapping[str, Any], ask: Ask, people: Any) -> Any:
    """Of these people, where each was seen in the period: candidates for the last time."""
    months = ask.in_whole_months(_anywhere(data["person_months"], ask))
    months = months.filter(months.person_id.isin(people.person_id))
    newest = months.group_by("person_id").aggregate(month=months.month.max())
    last = months.view()
    last = newest.join(last, [newest.person_id == last.person_id, newest.month == last.month]).select(
        newest.person_id,
        last.place_id,
        last.district_id,
        last.region_id,
        last.cadre,
        held_on=last.last_on,
        tie=last.cadre,
    )
    near = ask.around_whole_months(_anywhere(data["attendances"], ask), "held_on").view()
    is_one = (people.person_id == near.person_id).any()  # days lead the search, not people: each is looked up by itself
    return last.union(_present(near.filter(is_one)))


def _anywhere(table: Any, ask: Ask) -> Any:
    """The programme's rows at any place. Of a range of paths databases would begin with the places, not the days."""
    return table.filter(table.programme_id == ask.programme, table.place_id.notnull())


def _present(seats: Any) -> Any:
    """Those of the seats in which somebody was supported. On one day the row's id tells which is the last."""
    seats = seats.filter(seats.is_held, seats.is_present, seats.part == "mentee")
    return seats.select(
        "person_id", "place_id", "district_id", "region_id", "cadre", "held_on", tie=seats.attendance_uid.cast("string")
    )


def _last_seen(seats: Any) -> Any:
    """One row a person, of where they were last seen."""
    newest = ibis.row_number().over(group_by=seats.person_id, order_by=[seats.held_on.desc(), seats.tie.desc()])
    ranked = seats.mutate(place_in_time=newest)
    return ranked.filter(ranked.place_in_time == 0)


def _counted(once: Any) -> Any:
    return once.select(
        "person_id",
        "place_id",
        "district_id",
        "region_id",
        "cadre",
        record=once.person_id,
        met=once.person_id.notnull(),
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
    quick=(Quick(rows_by_month, When.EVERYWHERE),),
    breakdowns=("cadre", "region", "district", "facility"),
    about_people=True,
    splits=False,
)
