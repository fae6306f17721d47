"""One facility: how it stands, who works there, what was done, what it lacks, what is agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from mlezi.encounters import queries as encounters
from mlezi.encounters.models import Encounter
from mlezi.evaluation.models import SiteFigure
from mlezi.goals import queries as goals
from mlezi.office import links, names, ways
from mlezi.office.pictures import lists, sites
from mlezi.office.pictures.asked import Asked
from mlezi.office.pictures.checklists import one_site
from mlezi.people.models import Post
from mlezi.plumbing.maps import Map
from mlezi.plumbing.words import worded
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import running_on, scope_of

FIGURES = ("encounters_held", "people_supported", "topics_covered", "needs_open", "actions_overdue", "still_in_post")
MEETINGS, MONTHS = 12, 12


def page(asked: Asked, today: date) -> dict[str, Any]:
    """Everything on the page; lists are empty where the viewer may not see such rows."""
    standing = sites.standings(asked.programme, asked.here, on=today)
    return {
        "district_url": ways.place(asked, asked.place.parent),
        "standing": standing[0] if standing else None,
        "map": neighbourhood(asked, today),
        "figures": asked.cards(FIGURES) if asked.here.ranges else [],
        "staff": staff(asked, today),
        "meetings": meetings(asked),
        "needs": lists.open_needs(asked),
        "checked": one_site.at_place(asked),
        "own": own_figures(asked),
        "today": today,
    } | actions(asked, today)


def neighbourhood(asked: Asked, today: date) -> Map:
    """The facility among the others of its district that the viewer may see."""
    parent = asked.place.parent
    around = asked.scope.narrowed(parent.path, parent.path_to) if parent else asked.here
    found = sites.standings(asked.programme, around, on=today)
    drawn = sites.drawn(asked.programme, found, [parent] if parent else [], asked.place.name, is_small=True)
    drawn.spots = [one if one.key == asked.place.code else replace(one, tone="none") for one in drawn.spots]
    mine = next((one.tone for one in drawn.spots if one.key == asked.place.code), "good")
    drawn.key = [(mine, gettext("this facility")), ("none", gettext("others in its district"))]
    return drawn


def staff(asked: Asked, today: date) -> list[dict[str, Any]]:
    """Who works there today, for those who may see people."""
    seen = scope_of(asked.person, P.SEE_PEOPLE, programme=asked.programme)
    posts = Post.objects.filter(running_on_or_always(today), place=asked.place).filter(
        seen.where(path="place__path", programme=None, person="person")
    )
    titles = names.cadres(asked.programme)
    return [
        {"name": post.person.name, "url": links.person(asked.programme, post.person),
         "cadre": titles.get(post.cadre, names.plain(post.cadre)), "since": post.from_on}
        for post in posts.select_related("person").order_by("person__name")
    ]  # fmt: skip


def running_on_or_always(day: date) -> Q:
    """Posts that hold on that day; a post nobody dated the beginning of holds."""
    return running_on(day) | (Q(from_on=None) & (Q(to_on=None) | Q(to_on__gte=day)))


def meetings(asked: Asked) -> list[dict[str, Any]]:
    seen = scope_of(asked.person, P.SEE_ENCOUNTERS, programme=asked.programme)
    found = encounters.visible_to(seen).filter(place=asked.place).order_by("-held_on", "-uid")[:MEETINGS]
    return [line(asked, one) for one in found]


def line(asked: Asked, one: Any) -> dict[str, Any]:
    """An encounter as one line of a list."""
    return {
        "title": worded(one.type.title) or one.type.code,
        "url": links.encounter(asked.programme, one),
        "held_on": one.held_on,
        "lead": one.lead.name if one.lead else "",
        "place": one.place.name if one.place else "",
        "n": one.n_participants,
        "minutes": one.minutes,
        "cancelled": names.not_held(asked.programme, one.cancelled_because),
        "has_conflict": one.has_conflict,
    }


def actions(asked: Asked, today: date) -> dict[str, Any]:
    seen = scope_of(asked.person, P.SEE_ACTIONS, programme=asked.programme)
    open_ = goals.still_open(goals.visible_to(seen).filter(place=asked.place))
    return {"actions": [lists.agreed(asked, one, today) for one in open_[:20]], "n_actions": open_.count()}


def own_figures(asked: Asked) -> dict[str, Any]:
    """The facility's own monthly figures, beside mentoring; nothing is said to cause anything. A column each measure:
    what a month does not tell stays open."""
    rows = SiteFigure.objects.filter(programme=asked.programme, place=asked.place).order_by("-month", "measure")
    found: dict[date, dict[str, float]] = {}
    for row in rows[: MONTHS * 8]:
        found.setdefault(row.month, {})[row.measure] = row.value
    measures = sorted({measure for values in found.values() for measure in values})
    hours = _mentoring_by_month(asked, min(found, default=None))
    months = [
        {"month": month, "values": [values.get(one) for one in measures], "hours": hours.get(month)}
        for month, values in found.items()
    ]
    return {"measures": [names.plain(one).capitalize() for one in measures], "months": months}


def _mentoring_by_month(asked: Asked, since: date | None) -> dict[date, float]:
    """Hours of the meetings held here; a month without a known length has none."""
    held = encounters.held(Encounter.objects.filter(programme=asked.programme, place=asked.place, minutes__gt=0))
    rows = held.filter(held_on__gte=since).values_list("held_on", "minutes") if since else ()
    hours: dict[date, float] = {}
    for day, minutes in rows:
        if day and minutes:
            month = day.replace(day=1)
            hours[month] = hours.get(month, 0) + minutes / 60
    return hours
