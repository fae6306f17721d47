"""Somebody's own page: what they are asked, whom they support and who supports them, each with a short profile."""

from __future__ import annotations

from dataclasses import dataclass

from mlezi.matching import slots
from mlezi.matching.assembling.people import work_places
from mlezi.matching.models import Profile, Proposal, Request, Terms
from mlezi.matching.pictures.answer import titles_of
from mlezi.matching.queries import loads
from mlezi.matching.sentences import LANGUAGES, told
from mlezi.pairing import queries as pairing
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person
from mlezi.plumbing import clock
from mlezi.programmes.models import Programme


@dataclass(frozen=True)
class Card:
    """What one reads of another before the first call."""

    person: Person
    place: str
    about: str
    interests: list[str]
    languages: list[str]
    needs: list[str]
    common: list[str]
    request: Request | None = None
    pair: Pairing | None = None
    why: str = ""
    minutes: float | None = None
    days_left: int = 0


def cards(others: list[Person], me: Person, programme: Programme) -> dict[int, Card]:
    ids = [person.pk for person in others]
    profiles = {row.person_id: row for row in Profile.objects.filter(person__in=[*ids, me.pk])}
    terms = {row.person_id: row for row in Terms.objects.filter(person__in=ids, programme=programme)}
    places, titles = work_places(ids, clock.today(programme.time_zone)), titles_of(programme)
    mine = set(profiles[me.pk].slots) if me.pk in profiles else set()
    found = {}
    for person in others:
        profile = profiles.get(person.pk)
        needs = terms[person.pk].needs if person.pk in terms else {}
        free = [code for code in (profile.slots if profile else []) if code in mine]
        found[person.pk] = Card(
            person=person,
            place=places[person.pk].name if person.pk in places else "",
            about=profile.about if profile else "",
            interests=list(profile.interests) if profile else [],
            languages=[str(LANGUAGES.get(code, code)) for code in person.languages],
            needs=[titles.get(code, code) for code, weight in needs.items() if weight],
            common=[slots.name(code) for code in slots.CODES if code in free],
        )
    return found


def asked(me: Person, programme: Programme) -> list[Card]:
    """Requests to answer, the most pressing first."""
    today = clock.today(programme.time_zone)
    rows = Request.objects.filter(mentor=me, round__programme=programme, answer="", expires_on__gte=today)
    rows = rows.select_related("mentee", "round").order_by("expires_on", "mentee__name")
    known, titles = cards([row.mentee for row in rows], me, programme), titles_of(programme)
    said = Proposal.objects.filter(
        scenario__in=[row.round.published_id for row in rows], mentor=me, mentee__in=[row.mentee_id for row in rows]
    )
    why = {(row.scenario_id, row.mentee_id): row for row in said}
    found = []
    for row in rows:
        pair = why.get((row.round.published_id or 0, row.mentee_id))
        card = known[row.mentee_id]
        found.append(
            Card(
                **{
                    **card.__dict__,
                    "request": row,
                    "why": told(pair.reasons, titles) if pair else "",
                    "minutes": pair.minutes if pair else None,
                    "days_left": (row.expires_on - today).days,
                }
            )
        )
    return found


def paired(me: Person, programme: Programme) -> tuple[list[Card], list[Card]]:
    """(people I support, people who support me) now."""
    today = clock.today(programme.time_zone)
    rows = [row for row in pairing.own(me, programme) if row.to_on is None or row.to_on >= today]
    known = cards([row.learner if row.guide_id == me.pk else row.guide for row in rows], me, programme)
    guided = [Card(**{**known[row.learner_id].__dict__, "pair": row}) for row in rows if row.guide_id == me.pk]
    guides = [Card(**{**known[row.guide_id].__dict__, "pair": row}) for row in rows if row.guide_id != me.pk]
    return guided, guides


def waits_for(me: Person, programme: Programme) -> list[Request]:
    """Requests about me that a mentor has not answered yet."""
    rows = Request.objects.filter(mentee=me, round__programme=programme, answer="")
    return list(rows.select_related("mentor", "round"))


def load(me: Person, programme: Programme) -> tuple[int, int]:
    """(people here, people in all programmes and outside)."""
    on = clock.today(programme.time_zone)
    profile = Profile.objects.filter(person=me).first()
    everywhere = loads.everywhere([me.pk], on=on)[me.pk] + (profile.elsewhere if profile else 0)
    here = loads.running(on).filter(guide=me, programme=programme).exclude(kind=Pairing.Kind.PEER).count()
    return here, everywhere
