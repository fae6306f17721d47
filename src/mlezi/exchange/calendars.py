"""Planned encounters as a calendar file (RFC 5545), for a mentor's or coordinator's own calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from mlezi.encounters.models import PlannedEncounter
from mlezi.plumbing.words import worded


def written(plans: Iterable[PlannedEncounter], *, name: str, at: datetime) -> bytes:
    """One all-day event a plan. The uid is the plan's, so that importing again moves events and doubles none."""
    calendar = Calendar()
    calendar.add("prodid", "-//Mlezi//visit plan//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for plan in plans:
        event = Event()
        event.add("uid", f"{plan.uid}@mlezi")
        event.add("dtstamp", at)
        event.add("dtstart", plan.planned_on)
        event.add("dtend", plan.planned_on + timedelta(days=1))
        event.add("summary", f"{worded(plan.type.title) or plan.type.code}: {plan.place.name}")
        event.add("location", plan.place.name)
        if plan.place.latitude is not None and plan.place.longitude is not None:
            event.add("geo", (plan.place.latitude, plan.place.longitude))
        if plan.lead:
            event.add("description", plan.lead.name)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
