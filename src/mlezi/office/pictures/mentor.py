"""A mentor's own screen: who needs them next and why, their facilities, open actions, what they did last."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext

from mlezi.competencies import queries as competencies
from mlezi.encounters import queries as encounters
from mlezi.encounters.models import Attendance, Encounter, PlannedEncounter
from mlezi.goals import queries as goals
from mlezi.office import links, names
from mlezi.office.pictures import facility, lists, sites
from mlezi.office.pictures.asked import Asked
from mlezi.pairing.queries import learners_of
from mlezi.people.models import Person, Post
from mlezi.people.queries.persons import held_on, not_ended
from mlezi.places.scope import Scope
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of

QUIET = 30  # days without a meeting after which a mentee stands on the list, where the programme says nothing


def page(asked: Asked, today: date) -> dict[str, Any]:
    mine = learners(asked, today)
    where = posts(mine, today)
    standing = sites.standings(
        asked.programme, of_places(asked, {post.place.path for post in where.values()}), on=today
    )
    open_ = open_actions(asked, mine)
    return {
        "mentees": mentees(asked, mine, where, today),
        "standing": standing,
        "map": sites.drawn(
            asked.programme, standing, sites.districts(standing), gettext("My facilities"), is_small=True
        ),
        "actions": [lists.agreed(asked, one, today) for one in open_[:8]],
        "n_actions": open_.count(),
        "log_url": links.fill_in(asked.programme, "visit"),
        "meetings": [facility.line(asked, one) for one in led(asked)[:6]],
        "plans": plans(asked, today)[:6],
        "today": today,
    }


def learners(asked: Asked, today: date) -> list[Person]:
    """Those the person supports that day, by name."""
    rows = Person.objects.filter(pk__in=learners_of(asked.person, asked.programme, today))
    return list(rows.order_by("name"))


def open_actions(asked: Asked, mine: list[Person]) -> QuerySet[Any]:
    """What those people agreed to and have not done, the longest overdue first."""
    seen = goals.visible_to(scope_of(asked.person, P.SEE_ACTIONS, programme=asked.programme))
    return goals.still_open(seen.filter(owner__in=mine))


def led(asked: Asked) -> QuerySet[Encounter]:
    """What the person held or lost, newest first."""
    seen = encounters.visible_to(scope_of(asked.person, P.SEE_ENCOUNTERS, programme=asked.programme))
    return seen.filter(lead=asked.person).order_by("-held_on", "-uid")


def plans(asked: Asked, today: date) -> QuerySet[PlannedEncounter]:
    """What the person is to hold from that day on."""
    own = Scope(programmes=_only(asked), persons=frozenset({asked.person.pk}))
    return encounters.planned_visible_to(own).filter(planned_on__gte=today)


def _only(asked: Asked) -> frozenset[int]:
    return frozenset({asked.programme.pk})


def posts(people: list[Person], today: date) -> dict[int, Post]:
    held = Post.objects.filter(held_on(today), person__in=people).select_related("place")
    return {post.person_id: post for post in held.order_by("from_on", "pk")}


def of_places(asked: Asked, paths: set[str]) -> Scope:
    ranges = tuple(sorted((path, path[:-1] + "0") for path in paths))
    return Scope(ranges=ranges, programmes=_only(asked))


def mentees(asked: Asked, mine: list[Person], where: dict[int, Post], today: date) -> list[dict[str, Any]]:
    """Each with the reasons why they need a visit; those with most reasons first, those who left last."""
    last = last_met(asked, mine)
    due = rechecks(asked, mine, today)
    overdue = _overdue(asked, mine, today)
    every = encounters.visit_interval(asked.programme) or QUIET
    titles = names.cadres(asked.programme)
    left = last_days(mine, today)
    rows = []
    for who in mine:
        met = last.get(who.pk)
        post = where.get(who.pk)
        why = (
            [gone(left[who.pk])]
            if who.pk in left and not post
            else reasons(met, every, due.get(who.pk, 0), overdue.get(who.pk, 0), today)
        )
        rows.append(
            {
                "name": who.name,
                "url": links.person(asked.programme, who),
                "cadre": titles.get(who.cadre, who.cadre),
                "place": post.place.name if post else "",
                "met": met,
                "why": why,
                "weight": sum(one["weight"] for one in why),
            }
        )
    return sorted(rows, key=lambda row: (-row["weight"], row["name"]))


def last_days(people: list[Person], today: date) -> dict[int, date]:
    """The last day at work of each whose posts have all ended."""
    ended = Post.objects.filter(person__in=people).exclude(not_ended(today)).order_by("to_on")
    working = set(Post.objects.filter(not_ended(today), person__in=people).values_list("person", flat=True))
    return {pk: day for pk, day in ended.values_list("person", "to_on") if day and pk not in working}


def gone(since: date) -> dict[str, Any]:
    """Somebody who has left needs nobody's visit; the pair is still to be ended."""
    return {"kind": "gone", "n": 0, "on": since, "tone": "", "weight": -1}


def reasons(met: date | None, every: int, due: int, overdue: int, today: date) -> list[dict[str, Any]]:
    """Why somebody needs their mentor: not met, re-checks due, agreements past their day."""
    found: list[dict[str, Any]] = []
    if met is None:
        found.append({"kind": "never", "n": 0, "tone": "late", "weight": 3})
    elif today - met > timedelta(days=every):
        found.append({"kind": "quiet", "n": (today - met).days, "tone": "late", "weight": 2})
    if due:
        found.append({"kind": "recheck", "n": due, "tone": "wait", "weight": 1})
    if overdue:
        found.append({"kind": "overdue", "n": overdue, "tone": "wait", "weight": 1})
    return found


def last_met(asked: Asked, people: list[Person]) -> dict[int, date]:
    """The last day each was met by anybody of the programme."""
    seats = Attendance.objects.filter(
        person__in=people, is_present=True, encounter__programme=asked.programme, encounter__cancelled_because=""
    )
    return dict(seats.values_list("person").annotate(last=Max("encounter__held_on")).values_list("person", "last"))


def rechecks(asked: Asked, people: list[Person], today: date) -> dict[int, int]:
    """How many re-checks are due for each."""
    return {pk: sum(day <= today for day in days) for pk, days in recheck_days(asked, people).items()}


def recheck_days(asked: Asked, people: list[Person]) -> dict[int, list[date]]:
    """The days on which re-checks fall due for each, past and to come."""
    seen = scope_of(asked.person, P.SEE_RATINGS, programme=asked.programme)
    found: dict[int, list[date]] = {}
    for who in people:
        ratings = competencies.visible_to(seen).filter(person=who)
        rows = [row for rows in competencies.standings(ratings, asked.programme).values() for row in rows]
        found[who.pk] = sorted(row.recheck_on for row in rows if row.recheck_on)
    return found


def _overdue(asked: Asked, people: list[Person], today: date) -> dict[int, int]:
    seen = goals.visible_to(scope_of(asked.person, P.SEE_ACTIONS, programme=asked.programme))
    found: dict[int, int] = {}
    for owner in goals.overdue(seen.filter(owner__in=people), on=today).values_list("owner", flat=True):
        found[owner] = found.get(owner, 0) + 1
    return found
