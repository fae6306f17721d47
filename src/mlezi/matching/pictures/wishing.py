"""Whom somebody may wish for: each mentor with how active they are and whether they have room, before asking."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext, ngettext

from mlezi.matching.assembling.people import work_places
from mlezi.matching.models import Preference, Profile, Terms
from mlezi.matching.queries import activity, loads, own
from mlezi.matching.settings import from_blueprint
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person, Post
from mlezi.plumbing import clock
from mlezi.plumbing.templatetags.furniture import days_ago
from mlezi.programmes.models import Enrolment, Programme
from mlezi.programmes.queries import running_on

AT_ONCE = 20


@dataclass(frozen=True)
class Choice:
    person: Person
    place: str
    about: str
    words: str
    tone: str
    said: str


@dataclass(frozen=True)
class Options:
    """Whom a page shows: `wished` already have a word from me, `found` fit what was typed; `others` are not shown."""

    wished: list[Choice]
    found: list[Choice]
    others: int


def options(me: Person, programme: Programme, *, typed: str = "", named: Collection[str] = ()) -> Options:
    """The other side of the programme: mentors for a mentee, mentees for a mentor.

    `typed`: parts of a name or of a place; `named`: uids that are shown whatever was typed.
    """
    on = clock.today(programme.time_zone)
    part = "mentor" if "mentee" in own.parts(me, programme) else "mentee"
    held = Enrolment.objects.filter(running_on(on), programme=programme, part=part).values("person")
    everybody = Person.objects.filter(pk__in=held, merged_into=None).exclude(pk=me.pk).order_by("name")
    said = dict(Preference.objects.filter(person=me, programme=programme).values_list("other", "rank"))
    wished = list(everybody.filter(Q(pk__in=said) | Q(uid__in=named)))
    fitting = everybody.exclude(pk__in=[person.pk for person in wished])
    for word in typed.split():
        at = Post.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), place__name__icontains=word)
        fitting = fitting.filter(Q(name__icontains=word) | Q(pk__in=at.values("person")))
    found = list(fitting[:AT_ONCE])
    cards = _cards([*wished, *found], part, said, programme, on)
    return Options(cards[: len(wished)], cards[len(wished) :], fitting.count() - len(found))


def _cards(
    people: Sequence[Person], part: str, said: Mapping[int, int | None], programme: Programme, on: date
) -> list[Choice]:
    ids = [person.pk for person in people]
    profiles = {row.person_id: row for row in Profile.objects.filter(person__in=ids)}
    places, states = work_places(ids, on), states_of(ids, programme) if part == "mentor" else {}
    return [
        Choice(
            person,
            places[person.pk].name if person.pk in places else "",
            profiles[person.pk].about if person.pk in profiles else "",
            *states.get(person.pk, ("", "")),
            said="" if person.pk not in said else "no" if said[person.pk] is None else str(said[person.pk]),
        )
        for person in people
    ]


def states_of(mentors: Sequence[int], programme: Programme) -> dict[int, tuple[str, str]]:
    """Whether each mentor has room and when they last met somebody, in words and as a tone."""
    on = clock.today(programme.time_zone)
    usual = from_blueprint(programme.blueprint).max_mentees
    profiles = {row.person_id: row for row in Profile.objects.filter(person__in=mentors)}
    terms = {row.person_id: row for row in Terms.objects.filter(person__in=mentors, programme=programme)}
    here = loads.here(mentors, programme, Pairing.Kind.MENTOR, on=on)
    active, found = activity.of(mentors, programme, on=on), {}
    for pk in mentors:
        places = terms[pk].places if pk in terms and terms[pk].places is not None else usual
        room = (places or 0) - here[pk]
        if not loads.is_open(profiles.get(pk), on):
            found[pk] = (gettext("takes nobody at present"), "late")
        elif room <= 0:
            found[pk] = (gettext("full"), "wait")
        elif active[pk].is_silent(on):
            found[pk] = (gettext("not active of late"), "wait")
        else:
            last = active[pk].last_on
            met = gettext("last met somebody {when}").format(when=days_ago(last, on)) if last else gettext("new here")
            words = ngettext("{n} place, {met}", "{n} places, {met}", room)
            found[pk] = (words.format(n=room, met=met), "good")
    return found


def named(given: Iterable[str]) -> list[str]:
    """The people whom the fields of a sent form are about."""
    found = []
    for name in given:
        with suppress(ValueError):
            found.append(str(UUID(name.removeprefix("wish_"))))
    return found


def said(options: Sequence[Choice], given: Mapping[str, str]) -> dict[Person, str]:
    """What a sent form says that differs from what stands."""
    words = {one.person: given.get(f"wish_{one.person.uid}", one.said) for one in options}
    stood = {one.person: one.said for one in options}
    return {person: word for person, word in words.items() if word != stood[person]}
