"""The people of every test. Fixtures are in `mlezi.testing.fixtures`.

*Amina* is a mentor, *Baraka* her mentee at Igoma, *Chiku* the coordinator, *Eliya* the district's
medical officer, *Farida* the programme manager, *Neema* the national officer. *Daudi* coordinates
another programme in another region and must never see anything of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from mlezi.people.models import Account, Person, Post
from mlezi.places import tree
from mlezi.places.models import Level, Place
from mlezi.programmes.models import Enrolment, Programme, RoleAssignment, Site

CAST = UUID("6d6c657a-6900-4000-8000-000000000000")  # a namespace, so that uids are the same in every run
START = date(2026, 1, 1)
MORNING = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@dataclass
class World:
    """Two regions, two programmes, and who is who."""

    mwanza: Place
    nyamagana: Place
    magu: Place
    igoma: Place
    kisesa: Place
    zambia: Place
    elsewhere: Place
    programme: Programme
    other: Programme
    people: dict[str, Person]

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


def place(code: str, name: str, level: Level, parent: Place | None = None, **facts: object) -> Place:
    row = Place(
        code=code, name=name, level=level, parent=parent, path=f"pending-{code}", uid=uuid5(CAST, code), **facts
    )
    row.save()
    tree.plant(row)
    return row


def person(name: str, cadre: str = "", at: Place | None = None) -> Person:
    row = Person.objects.create(name=name, cadre=cadre, uid=uuid5(CAST, name), created_at=MORNING, languages=["sw"])
    if at:
        Post.objects.create(person=row, place=at, cadre=cadre, from_on=START)
    Account.objects.create(username=name.lower(), person=row)
    return row


def assemble() -> World:
    """Create the world. Quick: about thirty rows."""
    levels = [
        Level.objects.create(code=code, rank=rank, title={"en": code})
        for rank, code in enumerate(["country", "region", "district", "facility"])
    ]
    tanzania = place("TZ", "Tanzania", levels[0])
    mwanza = place("MWZ", "Mwanza", levels[1], tanzania)
    nyamagana = place("NYA", "Nyamagana", levels[2], mwanza)
    magu = place("MAG", "Magu", levels[2], mwanza)
    igoma = place("IGO", "Igoma Dispensary", levels[3], nyamagana, latitude=-2.58, longitude=33.0, kind="Dispensary")
    kisesa = place("KIS", "Kisesa Dispensary", levels[3], magu, latitude=-2.55, longitude=33.05, kind="Dispensary")
    zambia = place("ZM", "Zambia", levels[0])
    elsewhere = place("CHO", "Choma Clinic", levels[3], zambia)
    programme = Programme.objects.create(
        code="mwanza", title={"en": "Clinical mentorship"}, place=mwanza, starts_on=START
    )
    other = Programme.objects.create(code="choma", title={"en": "Another programme"}, place=zambia, starts_on=START)
    for site in (igoma, kisesa):
        Site.objects.create(programme=programme, place=site, from_on=START)
    Site.objects.create(programme=other, place=elsewhere, from_on=START)
    people = {
        "amina": person("Amina", "nurse_midwife", nyamagana),
        "baraka": person("Baraka", "nurse", igoma),
        "chiku": person("Chiku"),
        "daudi": person("Daudi"),
        "eliya": person("Eliya", "doctor"),
        "farida": person("Farida"),
        "neema": person("Neema"),
    }
    world = World(mwanza, nyamagana, magu, igoma, kisesa, zambia, elsewhere, programme, other, people)
    for name, part in (("amina", "mentor"), ("baraka", "mentee")):
        Enrolment.objects.create(programme=programme, person=people[name], part=part, from_on=START)
    for name, role, where, of in (
        ("amina", "mentor", mwanza, programme),
        ("baraka", "mentee", igoma, programme),
        ("chiku", "coordinator", mwanza, programme),
        ("eliya", "overseer", nyamagana, programme),
        ("farida", "manager", mwanza, programme),
        ("neema", "national", mwanza, programme),
        ("daudi", "coordinator", zambia, other),
    ):
        RoleAssignment.objects.create(person=people[name], programme=of, role=role, place=where, from_on=START)
    return world
