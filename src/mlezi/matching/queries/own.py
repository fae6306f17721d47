"""What belongs to one person in a programme: their parts, requests, and those they may speak about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from mlezi.matching import problems
from mlezi.matching.models import Profile, Request, Terms
from mlezi.pairing import queries as pairing
from mlezi.people.models import Person
from mlezi.plumbing import clock
from mlezi.programmes.models import Enrolment, Programme
from mlezi.programmes.queries import running_on


def parts(person: Person, programme: Programme) -> set[str]:
    """As what somebody takes part now."""
    held = Enrolment.objects.filter(running_on(clock.today(programme.time_zone)), person=person, programme=programme)
    return set(held.values_list("part", flat=True))


def request(mentor: Person, programme: Programme, uid: UUID) -> Request:
    """A request to this mentor, whatever became of it."""
    return _one(Request.objects.filter(mentor=mentor, round__programme=programme, uid=uid))


def about_me(mentee: Person, programme: Programme, uid: UUID) -> Request:
    return _one(Request.objects.filter(mentee=mentee, round__programme=programme, uid=uid))


def _one(rows: Any) -> Request:
    found: Request | None = rows.select_related("mentee", "mentor", "round__programme").first()
    if found is None:
        raise problems.NoSuchRound
    return found


def somebody(person: Person, programme: Programme, who: UUID) -> Person | None:
    """Whom somebody may say a word about: those they are or were paired with, or asked about."""
    for pair in pairing.own(person, programme):
        for other in (pair.guide, pair.learner):
            if other.uid == who and other.pk != person.pk:
                return other
    rows = Request.objects.filter(mentee=person, round__programme=programme, mentor__uid=who)
    asked = rows.select_related("mentor").first()
    return asked.mentor if asked else None


def initial(person: Person, programme: Programme) -> dict[str, Any]:
    """What the profile's form starts from."""
    profile = Profile.objects.filter(person=person).first()
    terms = Terms.objects.filter(person=person, programme=programme).first()
    values: dict[str, Any] = {"is_open": True, "wants": 1}
    if profile:
        names = ("about", "level", "slots", "is_open", "away_until", "total_places", "elsewhere")
        values |= {name: getattr(profile, name) for name in names}
        values["interests"] = ", ".join(profile.interests)
    if terms:
        values |= {"places": terms.places, "wants": terms.wants}
        values |= {f"skill_{code}": value for code, value in terms.expertise.items()}
        values |= {f"need_{code}": value for code, value in terms.needs.items()}
    return values


def facts(person: Person, programme: Programme) -> dict[str, Any]:
    """What a coordinator's form about somebody starts from."""
    profile = Profile.objects.filter(person=person).select_related("line_manager").first()
    terms = Terms.objects.filter(person=person, programme=programme).first()
    return {
        "line_manager": profile.line_manager.name if profile and profile.line_manager else "",
        "oriented_on": profile.oriented_on if profile else None,
        "places": terms.places if terms else None,
        "wants": terms.wants if terms else 1,
    }
