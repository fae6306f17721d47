"""Mentors as a coordinator's list shows them: active or silent, with room or full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from mlezi.matching.models import Profile, Terms
from mlezi.matching.pictures.wishing import states_of
from mlezi.matching.queries import activity, loads, rounds
from mlezi.matching.settings import from_blueprint
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.plumbing import clock
from mlezi.programmes.models import Programme


@dataclass(frozen=True)
class Line:
    person: Person
    words: str
    tone: str
    is_silent: bool
    last_on: date | None
    here: int
    places: int
    held: int
    open: int
    unanswered: int
    oriented_on: date | None
    address: str
    leaves: str


def leaving(line: Line) -> str:
    """A link to where others are found for their mentees; nothing where they have none."""
    words = gettext("Find others")
    link = format_html('<a href="{}">{}<span class="visually-hidden">: {}</span></a>', line.leaves, words, line.person)
    return link if line.here else ""


def listed(scope: Scope, programme: Programme) -> list[Line]:
    on = clock.today(programme.time_zone)
    people = rounds.candidates(scope, programme, Pairing.Kind.MENTOR, on=on).mentors
    ids = [person.pk for person in people]
    profiles = {row.person_id: row for row in Profile.objects.filter(person__in=ids)}
    terms = dict(Terms.objects.filter(person__in=ids, programme=programme).values_list("person", "places"))
    usual = from_blueprint(programme.blueprint).max_mentees
    here = loads.here(ids, programme, Pairing.Kind.MENTOR, on=on)
    everywhere, active = loads.everywhere(ids, on=on), activity.of(ids, programme, on=on)
    states, found = states_of(ids, programme), []
    for person in people:
        pk, profile = person.pk, profiles.get(person.pk)
        said = terms.get(pk)
        found.append(
            Line(
                person,
                *states[pk],
                is_silent=active[pk].is_silent(on),
                last_on=active[pk].last_on,
                here=here[pk],
                places=usual if said is None else said,
                held=everywhere[pk] + (profile.elsewhere if profile else 0),
                open=active[pk].open,
                unanswered=active[pk].unanswered,
                oriented_on=profile.oriented_on if profile else None,
                address=reverse("matching:facts", args=[programme.code, person.uid]),
                leaves=reverse("matching:leaves", args=[programme.code, person.uid]),
            )
        )
    return found
