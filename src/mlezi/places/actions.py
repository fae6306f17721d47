"""Every change of the tree of places."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.text import slugify

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.places import names, problems, tree
from mlezi.places.models import Level, Place

FACTS = frozenset({"name", "latitude", "longitude", "location_source", "kind", "ownership", "note", "opened_on"})


@transaction.atomic
def name_levels(*, levels: list[tuple[str, dict[str, str]]], by: Actor, at: datetime) -> list[Level]:
    """Make the levels of the tree, root first, as (code, titles). Levels that are there keep their rank."""
    found = []
    for rank, (code, title) in enumerate(levels):
        level, is_new = Level.objects.get_or_create(code=code, defaults={"rank": rank, "title": title})
        if is_new:
            audit.record("level.added", level, by=by, at=at, facts={"code": code})
        found.append(level)
    return found


@transaction.atomic
def add(
    *,
    name: str,
    level: Level,
    parent: Place | None,
    by: Actor,
    at: datetime,
    code: str = "",
    **facts: Any,
) -> Place:
    """Add a place under its parent. Without a code one is minted. Raises `CodeTaken`, `WrongLevel`, `BadPosition`."""
    _check_parent(name, level, parent)
    _check_position(facts.get("latitude"), facts.get("longitude"))
    point = (facts.get("latitude"), facts.get("longitude"))
    code = code.strip() or mint(name, level, parent, point)
    if not names.is_code(code):
        raise problems.BadCode(code=code)
    taken = Place.objects.filter(code=code).first()
    if taken:
        raise problems.CodeTaken(code=code, place=taken)
    place = Place(name=name.strip(), level=level, parent=parent, code=code, path=f"new-{uuid4()}", **facts)
    place.save(force_insert=True)
    tree.plant(place)
    audit.record("place.added", place, by=by, at=at, facts={"code": code})
    return place


@transaction.atomic
def change(*, place: Place, by: Actor, at: datetime, **facts: Any) -> Place:
    """Correct what is known about a place. Raises `BadPosition`."""
    place = Place.objects.select_for_update().get(pk=place.pk)
    changed = {key: value for key, value in facts.items() if key in FACTS and getattr(place, key) != value}
    if not changed:
        return place
    before = {key: getattr(place, key) for key in changed}
    for key, value in changed.items():
        setattr(place, key, value)
    _check_position(place.latitude, place.longitude)
    _check_days(place)
    place.save(update_fields=list(changed))
    facts = {"before": {key: _plain(value) for key, value in before.items()}, "changed": sorted(changed)}
    audit.record("place.changed", place, by=by, at=at, facts=facts)
    return place


@transaction.atomic
def move(*, place: Place, parent: Place, by: Actor, at: datetime) -> Place:
    """Put a place, with everything in it, under another parent. Raises `WrongLevel`."""
    place = Place.objects.select_for_update().get(pk=place.pk)
    _check_parent(place.name, place.level, parent)
    if parent.path.startswith(place.path):
        raise problems.WrongLevel(parent=parent, name=place)
    before = place.parent_id
    place.parent = parent
    for row, standing in tree.moved(place, parent):
        Place.objects.filter(pk=row.pk).update(**standing)
    place.save(update_fields=["parent"])
    audit.record("place.moved", place, by=by, at=at, facts={"from": before, "to": parent.pk})
    place.refresh_from_db()
    return place


@transaction.atomic
def close(*, place: Place, on: date, by: Actor, at: datetime) -> Place:
    """Note the last day of a place. Its records stay. Raises `ClosesBeforeItOpens`."""
    place = Place.objects.select_for_update().get(pk=place.pk)
    place.closed_on = on
    _check_days(place)
    place.save(update_fields=["closed_on"])
    audit.record("place.closed", place, by=by, at=at, facts={"on": on.isoformat()})
    return place


@transaction.atomic
def reopen(*, place: Place, by: Actor, at: datetime) -> Place:
    """Take back that a place closed."""
    place = Place.objects.select_for_update().get(pk=place.pk)
    place.closed_on = None
    place.save(update_fields=["closed_on"])
    audit.record("place.reopened", place, by=by, at=at)
    return place


def mint(name: str, level: Level, parent: Place | None, point: tuple[object, object]) -> str:
    """A code of ours for a place that came without one: a region's is its name, a facility's is short and odd.

    Names of facilities repeat, so theirs is made from parent, name and position.
    """
    slug = slugify(name)[:40]
    if slug and Level.objects.filter(rank__gt=level.rank).exists():
        longer = [slug, *([f"{slug}-{parent.code}"[:60]] if parent else [])]
        taken = set(Place.objects.filter(code__in=longer).values_list("code", flat=True))
        for code in longer:
            if code not in taken:
                return code
    region = parent.code if parent else name
    taken = set(Place.objects.filter(code__startswith=names.prefix(region)).values_list("code", flat=True))
    return names.minted((region, names.bare(name), *point), start=region, taken=taken)


def _check_parent(name: str, level: Level, parent: Place | None) -> None:
    if parent and parent.level.rank >= level.rank:
        raise problems.WrongLevel(parent=parent, name=name)


def _check_position(latitude: float | None, longitude: float | None) -> None:
    if (latitude is None) != (longitude is None):
        raise problems.BadPosition
    if latitude is not None and longitude is not None and not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise problems.BadPosition


def _check_days(place: Place) -> None:
    if place.opened_on and place.closed_on and place.closed_on < place.opened_on:
        raise problems.ClosesBeforeItOpens(place=place, opened=place.opened_on, closed=place.closed_on)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
