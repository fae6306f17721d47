"""From a request to what planning asks about: a month, a day, a mentor, a facility."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext

from mlezi.encounters import problems as encounter_problems
from mlezi.encounters import queries as encounters
from mlezi.encounters.models import PlannedEncounter
from mlezi.office import asking, problems
from mlezi.office.period import Period
from mlezi.office.pictures import plan
from mlezi.office.pictures.asked import Asked
from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.programmes.doors import Request


def month(request: Request) -> Asked:
    """The month the address names, whole; next month without one. Months to come are asked about here."""
    asked = asking.about(request, request.GET.get("place", ""))
    today = asking.today_of(request)
    start = _start(request.GET.get("month", "")) or _next(today)
    asked.period = Period(start, _next(start), f"{start:%Y-%m}", date_format(start, "F Y"))
    return asked


def _start(key: str) -> date | None:
    """The first day of a month within living memory, and as far ahead as anybody plans."""
    try:
        day = date.fromisoformat(f"{key}-01")
    except ValueError:
        return None
    return day if 1970 <= day.year <= 2199 else None


def _next(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def months(asked: Asked, today: date) -> dict[str, object]:
    """Three months back and three ahead."""
    first = today.replace(day=1)
    starts = [first]
    for _ in range(3):
        starts.insert(0, (starts[0] - timedelta(days=1)).replace(day=1))
        starts.append(_next(starts[-1]))
    choices = [(f"{one:%Y-%m}", date_format(one, "F Y")) for one in starts]
    return {"key": "month", "title": gettext("Month"), "choices": choices, "chosen": asked.period.key}


def day(said: str) -> date:
    """Raises `BadDay`."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise problems.BadDay(day=said) from None


def mentor(asked: Asked, said: str, today: date) -> Person | None:
    """The mentor of that row id, if they are one today; nobody for an empty choice."""
    return plan.mentors(asked, today).filter(pk=said).first() if said.isascii() and said.isdigit() else None


def one_wanted(asked: Asked, code: str, said: str, today: date) -> plan.Wanted:
    """A facility with its reasons, and the mentor who was chosen for it. Raises `NoSuchRecord`."""
    for one in plan.wanted(asked, today):
        if one.place.code == code:
            chosen = mentor(asked, said, today)
            return one._replace(mentor=chosen.pk) if chosen else one
    raise problems.NoSuchRecord


def plan_of(scope: Scope, uid: UUID) -> PlannedEncounter:
    """Raises `NoSuchPlan`."""
    found = encounters.planned_visible_to(scope).filter(pk=uid).first()
    if found is None:
        raise encounter_problems.NoSuchPlan
    return found
