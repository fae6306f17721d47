"""Where people work: transfers, leaving and coming back keep their dates. *Still in post* follows from them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.people import problems
from mlezi.people.models import Person, Post
from mlezi.people.queries.persons import not_ended
from mlezi.places.models import Place


@transaction.atomic
def transfer(
    *, person: Person, place: Place, on: date, by: audit.Actor, at: datetime, cadre: str = "", note: str = ""
) -> Post:
    """From `on` the person works at `place`; the post before ends the day before.

    Raises `AlreadyWorksThere`, `EndsBeforeItBegan`.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    running = _running(person, on)
    if any(post.place_id == place.pk for post in running):
        raise problems.AlreadyWorksThere(person=person, place=place)
    for post in running:
        _end(post, on - timedelta(days=1), Post.Reason.TRANSFER, "")
    post = Post.objects.create(person=person, place=place, cadre=cadre or person.cadre, from_on=on, note=note)
    facts = {"to": place.code, "on": on.isoformat(), "from": [one.place.code for one in running]}
    audit.record("person.transferred", person, by=by, at=at, facts=facts)
    return post


@transaction.atomic
def leave(*, person: Person, on: date, reason: str, by: audit.Actor, at: datetime, note: str = "") -> list[Post]:
    """`on` is the person's last day. Raises `HasNoPost`, `EndsBeforeItBegan`."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    running = _running(person, on)
    if not running:
        raise problems.HasNoPost(person=person)
    for post in running:
        _end(post, on, Post.Reason(reason), note)
    audit.record("person.left", person, by=by, at=at, facts={"on": on.isoformat(), "reason": reason})
    return running


@transaction.atomic
def come_back(*, person: Person, place: Place, on: date, by: audit.Actor, at: datetime, note: str = "") -> Post:
    """Somebody who left works again, at `place` from `on`. Raises `AlreadyWorksThere`."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if any(post.place_id == place.pk for post in _running(person, on)):
        raise problems.AlreadyWorksThere(person=person, place=place)
    post = Post.objects.create(person=person, place=place, cadre=person.cadre, from_on=on, note=note)
    audit.record("person.came_back", person, by=by, at=at, facts={"to": place.code, "on": on.isoformat()})
    return post


def _running(person: Person, on: date) -> list[Post]:
    return list(Post.objects.filter(not_ended(on), person=person).select_related("place").order_by("id"))


def _end(post: Post, last_day: date, reason: Post.Reason, note: str) -> None:
    if post.from_on and last_day < post.from_on:
        raise problems.EndsBeforeItBegan(person=post.person, place=post.place, began=post.from_on, ended=last_day)
    post.to_on = last_day
    post.reason = reason
    post.note = note or post.note
    post.save(update_fields=["to_on", "reason", "note"])
