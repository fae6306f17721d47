"""A mentee's own screen: my progress, what was agreed, what is next; my own notes stay mine."""

from __future__ import annotations

from datetime import date
from typing import Any

from mlezi.encounters.models import Encounter, Note, PlannedEncounter
from mlezi.goals import queries as goals
from mlezi.office import links
from mlezi.office.pictures import lists, person
from mlezi.office.pictures.asked import Asked
from mlezi.pairing.queries import guides_of
from mlezi.people.queries.persons import post_on
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of


def page(asked: Asked, today: date) -> dict[str, Any]:
    me = asked.person
    actions = goals.visible_to(scope_of(me, P.SEE_ACTIONS, programme=asked.programme)).filter(owner=me)
    post = post_on(me, today)
    topics = person.progress(asked, me, today)
    return {
        "who": me,
        "post": post,
        "guides": [{"name": one.name, "phone": one.phone} for one in guides_of(me, asked.programme, today)],
        "progress": topics,
        "n_passed": sum(one["n_passed"] for one in topics),
        "n": sum(one["n"] for one in topics),
        "due": [row for one in topics for row in one["rows"] if row["is_due"]],
        "actions": [lists.agreed(asked, one, today) for one in goals.still_open(actions)],
        "next": upcoming(asked, today),
        "meetings": person.meetings(asked, me, 8),
        "practice": person.practice(asked, me),
        "notes": notes(asked),
        "log_url": links.fill_in(asked.programme, "practice"),
        "today": today,
        "person_url": links.person(asked.programme, me),
    }


def upcoming(asked: Asked, today: date) -> dict[str, Any] | None:
    """The next planned visit to my facility, else the day agreed at the last one."""
    post = post_on(asked.person, today)
    if post is None:
        return None
    plans = PlannedEncounter.objects.filter(
        programme=asked.programme, place=post.place, cancelled_on=None, planned_on__gte=today
    )
    plan = plans.select_related("lead").order_by("planned_on").first()
    if plan:
        return {"on": plan.planned_on, "lead": plan.lead.name if plan.lead else "", "is_planned": True}
    agreed = Encounter.objects.filter(
        programme=asked.programme, attendances__person=asked.person, next_on__gte=today, place=post.place
    )
    one = agreed.select_related("lead").order_by("-held_on").first()
    return {"on": one.next_on, "lead": one.lead.name if one.lead else "", "is_planned": False} if one else None


def notes(asked: Asked, limit: int = 12) -> list[Note]:
    """What I wrote myself; nobody else's page shows a mentee's own words."""
    mine = Note.objects.filter(author=asked.person, encounter__programme=asked.programme)
    return list(mine.select_related("encounter", "encounter__place").order_by("-encounter__held_on")[:limit])
