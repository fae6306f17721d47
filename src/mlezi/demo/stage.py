"""Sets the stage: places, the programme, people, pairings, phones. Uses the same actions as everybody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from django.db import transaction

from mlezi.audit.actions import COMMAND_LINE
from mlezi.audit.imports import actions as imports
from mlezi.audit.imports.kinds import Context
from mlezi.blueprints import actions as blueprints
from mlezi.blueprints import reading
from mlezi.demo import cast
from mlezi.demo.cast import Cast, Facility, Mentee, Mentor
from mlezi.pairing import actions as pairing
from mlezi.people.actions import devices, persons, posts
from mlezi.people.models import Device, Person
from mlezi.places import actions as places
from mlezi.places.models import Place
from mlezi.programmes.actions import enrolments, roles, sites
from mlezi.programmes.models import Programme, RoleAssignment
from mlezi.resources.models import Rate

HERE = Path(__file__).parent
BLUEPRINT = Path(blueprints.__file__).parent / "library" / "clinical-mentorship"
DAYS = 365
SEED = 20
CODE = "clinical-mentorship"


@dataclass
class Stage:
    """What was set up, for whoever brings in the records."""

    programme: Programme
    cast: Cast
    first: date
    region: Place
    people: dict[UUID, Person]
    devices: dict[UUID, Device]


def assembled(first: date) -> tuple[Cast, Place]:
    """The cast over the register as it is installed. The same register gives the same cast."""
    region = Place.objects.get(level__code="region", name="Mwanza", parent__name="Tanzania")
    rows = Place.objects.filter(level__code="facility", path__startswith=region.path).select_related("parent")
    register = [
        Facility(row.code, row.uid, row.name, row.parent.name, row.kind, row.latitude, row.longitude)
        for row in rows.order_by("code")
        if row.parent and row.latitude is not None and row.longitude is not None
    ]
    made = cast.assemble(register, seed=SEED, days=DAYS)
    made.mentors[0].name = "Amina Mushi"
    made.mentors[0].mentees[0].name = "Baraka Elias"
    made.mentors[0].mentees[0].leaves = None
    made.mentors[0].mentees[0].joined = 0
    made.mentors[0].mentees[0].met_on_visit = False
    return made, region


@transaction.atomic
def build(*, today: date, at: datetime) -> Stage:
    """Everything but the records. Slow work is left for later: a few seconds."""
    first = today - timedelta(days=DAYS)
    _bring_in_places(at, today)
    made, region = assembled(first)
    blueprints.apply(folder=BLUEPRINT, by=COMMAND_LINE, at=at, place=region)
    programme = Programme.objects.get(code=CODE)
    programme.is_made_up = True
    programme.save(update_fields=["is_made_up"])
    Rate.objects.filter(programme=programme).update(from_on=first)  # prices have held all the made-up year
    stage = Stage(programme, made, first, region, {}, {})
    by_code = {place.code: place for place in Place.objects.filter(path__startswith=region.path)}
    for facility in made.facilities:
        sites.join(
            programme=programme,
            place=by_code[facility.code],
            on=first,
            by=COMMAND_LINE,
            at=at,
            volume=_volume(facility),
        )
    for mentor in made.mentors:
        _bring_in_mentor(stage, mentor, by_code, at)
    _bring_in_officers(stage, at)
    return stage


def _volume(facility: Facility) -> int | None:
    """Clients a month, where anybody counted: made up by the kind of facility."""
    random = Random(facility.code)
    if random.random() < 0.25:
        return None
    low, high = (300, 1200) if "Hospital" in facility.kind else (90, 400) if "Centre" in facility.kind else (15, 140)
    return random.randrange(low, high)


def found(today: date) -> Stage:
    """The stage as it was built before; the story starts where it started then."""
    programme = Programme.objects.get(code=CODE, is_made_up=True)
    start = programme.sites.order_by("from_on").values_list("from_on", flat=True)[0]
    made, region = assembled(start)
    people = {person.uid: person for person in Person.objects.all()}
    phones = {device.person.uid: device for device in Device.objects.select_related("person")}
    return Stage(programme, made, start, region, people, phones)


def _bring_in_places(at: datetime, today: date) -> None:
    levels = reading.read(BLUEPRINT).blueprint
    assert levels is not None
    names = [(level.code, level.title) for level in levels.places.levels]
    places.name_levels(levels=names, by=COMMAND_LINE, at=at)
    file = HERE / "data" / "facilities-mwanza.csv"
    context = Context(by=COMMAND_LINE, at=at, today=today)
    batch = imports.preview(kind="places", content=file.read_bytes(), file_name=file.name, context=context)
    imports.apply(batch_id=batch.id, context=replace(context))


def _bring_in_mentor(stage: Stage, mentor: Mentor, by_code: dict[str, Place], at: datetime) -> None:
    base = by_code[mentor.facilities[0].code]
    person = persons.add(
        name=mentor.name, cadre="nurse_midwife", uid=mentor.uid, place=base, languages=["sw", "en"],
        by=COMMAND_LINE, at=at,
    )  # fmt: skip
    stage.people[mentor.uid] = person
    common = {"programme": stage.programme, "by": COMMAND_LINE, "at": at}
    enrolments.enrol(person=person, part="mentor", on=stage.first, **common)  # type: ignore[arg-type]
    device, _token = devices.enrol(
        person=person, programme_code=stage.programme.code, name=f"Phone of {mentor.name}", by=COMMAND_LINE, at=at
    )
    stage.devices[mentor.uid] = device
    for mentee in mentor.mentees:
        if mentee.met_on_visit:
            continue  # a phone will write them down
        learner = _bring_in_mentee(stage, mentee, by_code[mentee.facility.code], at)
        joined = stage.first + timedelta(days=mentee.joined)
        pairing.pair(guide=person, learner=learner, on=joined, **common)  # type: ignore[arg-type]


def _bring_in_mentee(stage: Stage, mentee: Mentee, place: Place, at: datetime) -> Person:
    joined = stage.first + timedelta(days=mentee.joined)
    person = persons.add(
        name=mentee.name, cadre=mentee.cadre, uid=mentee.uid, place=place, from_on=joined if mentee.joined else None,
        languages=["sw"], by=COMMAND_LINE, at=at,
    )  # fmt: skip
    stage.people[mentee.uid] = person
    enrolments.enrol(person=person, programme=stage.programme, part="mentee", on=joined, by=COMMAND_LINE, at=at)
    return person


def let_people_go(stage: Stage, *, at: datetime) -> None:
    """Those who left: transferred, studying, retired."""
    reasons = ("transfer", "transfer", "studies", "resigned", "retired")
    for number, mentee in enumerate(m for m in stage.cast.mentees if m.leaves is not None and not m.met_on_visit):
        person = stage.people.get(mentee.uid)
        if person is None or mentee.leaves is None:
            continue
        on, reason = stage.first + timedelta(days=mentee.leaves), reasons[number % len(reasons)]
        posts.leave(person=person, on=on, reason=reason, by=COMMAND_LINE, at=at)


OFFICERS = (
    ("Chiku Mwakyusa", "coordinator", "region"),
    ("Farida Lyimo", "manager", "region"),
    ("Neema Sanga", "national", "country"),
    ("Tumaini Kweka", "evaluator", "region"),
)


def _bring_in_officers(stage: Stage, at: datetime) -> None:
    """Those who coordinate and oversee: one medical officer a district."""
    for name, role, level in OFFICERS:
        place = stage.region if level == "region" else stage.region.parent
        _officer(stage, name, role, place, at)
    districts = Place.objects.filter(parent=stage.region).order_by("code")
    names = [f"Dr {name}" for name in ("E. Magoti", "S. Lukuba", "J. Ntemi", "R. Sitta", "P. Mihayo", "H. Budeba",
                                       "L. Kadala", "M. Wandiba")]  # fmt: skip
    for name, district in zip(names, districts, strict=False):
        _officer(stage, name, "overseer", district, at)


def _officer(stage: Stage, name: str, role: str, place: Place | None, at: datetime) -> None:
    person = persons.add(name=name, uid=cast.uid("officer", name), by=COMMAND_LINE, at=at)
    stage.people[person.uid] = person
    roles.assign(
        person=person, programme=stage.programme, role=role, place=place, on=stage.first, by=COMMAND_LINE, at=at
    )  # fmt: skip


def somebody(role: str) -> Person:
    """Who shows a newcomer this role: Amina, her mentee Baraka, the officer of Nyamagana, and the rest."""
    held = RoleAssignment.objects.filter(programme__code=CODE, role=role).select_related("person").order_by("pk")
    by_name = {"mentor": "Amina", "mentee": "Baraka"}.get(role)
    if by_name:
        held = held.filter(person__name__startswith=by_name)
    if role == "overseer":
        held = held.filter(place__name="Nyamagana")
    return held[0].person
