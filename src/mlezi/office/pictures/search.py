"""Find a facility, a person or an agreement by a few letters of it, among what the viewer may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from mlezi.goals import queries as goals
from mlezi.office import links, names
from mlezi.people.models import Person, Post
from mlezi.places.queries import lowest_level, visible_to
from mlezi.plumbing.text import words_asked
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of

EACH = 15


def found(person: Person, programme: Programme, words: str) -> dict[str, Any]:
    """Three short lists; every word must occur."""
    asked = words_asked(words)
    if not asked:
        return {"words": "", "places": [], "people": [], "actions": [], "n": 0}
    places, people, actions = (look(person, programme, asked) for look in (_places, _people, _actions))
    return {"words": words, "places": places, "people": people, "actions": actions,
            "n": len(places) + len(people) + len(actions)}  # fmt: skip


def _all(asked: list[str], *fields: str) -> Q:
    every = Q()
    for word in asked:
        anywhere = Q()
        for name in fields:
            anywhere |= Q(**{f"{name}__icontains": word})
        every &= anywhere
    return every


def _places(person: Person, programme: Programme, asked: list[str]) -> list[dict[str, Any]]:
    scope = scope_of(person, P.SEE_PLACES, programme=programme)
    rows = visible_to(scope).filter(
        _all(asked, "name", "code"), Q(sites__programme=programme) | ~Q(level=lowest_level())
    )
    return [
        {"title": one.name, "url": links.place(programme, one), "text": one.parent.name if one.parent else ""}
        for one in rows.distinct().order_by("name")[:EACH]
    ]


def _people(person: Person, programme: Programme, asked: list[str]) -> list[dict[str, Any]]:
    scope = scope_of(person, P.SEE_PEOPLE, programme=programme)
    there = Post.objects.filter(scope.where(path="place__path", programme=None)).values("person")
    rows = Person.objects.filter(
        Q(pk__in=scope.persons) | Q(pk__in=there),
        _all(asked, "name", "code"),
        enrolments__programme=programme,
        merged_into=None,
    )
    return [
        {"title": one.name, "url": links.person(programme, one), "text": names.cadre(programme, one.cadre)}
        for one in rows.distinct().order_by("name")[:EACH]
    ]


def _actions(person: Person, programme: Programme, asked: list[str]) -> list[dict[str, Any]]:
    scope = scope_of(person, P.SEE_ACTIONS, programme=programme)
    rows = goals.visible_to(scope).filter(_all(asked, "text")).order_by("-agreed_on")
    return [
        {"title": one.text, "url": links.action(programme, one), "text": one.place.name if one.place else ""}
        for one in rows[:EACH]
    ]
