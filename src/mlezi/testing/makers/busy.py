"""A busy half year: some of everything that indicators read, drawn with a seed. For comparing engines and queries."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from mlezi.competencies.models import Competency
from mlezi.evaluation import rollups
from mlezi.people.models import Person, Post
from mlezi.places.models import Place
from mlezi.programmes.models import Enrolment, Site
from mlezi.testing import cast
from mlezi.testing.makers.records import Records, noon

FIRST = date(2025, 10, 1)
DAYS = 300
CADRES = ("nurse", "midwife", "clinical_officer")
TOPICS = ("antenatal", "resuscitation", "labour")


@dataclass
class Busy:
    world: cast.World
    records: Records
    facilities: list[Place]
    mentees: list[Person]


def make(seed: int = 7, encounters: int = 150) -> Busy:
    """The cast's world with ten more facilities, mentees who move and leave, and all kinds of records."""
    world, dice = cast.assemble(), random.Random(seed)  # noqa: S311 - a drawing of lots, no secret
    records = Records(world.programme, keeps_rollups=False)
    facilities = [world.igoma, world.kisesa] + [
        cast.place(f"F{i}", f"Facility {i}", world.igoma.level, (world.nyamagana, world.magu)[i % 2]) for i in range(10)
    ]
    for i, place in enumerate(facilities[2:]):
        end = date(2026, 2, 1) if i == 0 else None
        Site.objects.create(programme=world.programme, place=place, from_on=FIRST + timedelta(days=20 * i), to_on=end)
    remote = cast.place("REMOTE", "Never visited", world.igoma.level, world.magu)
    Site.objects.create(programme=world.programme, place=remote, from_on=FIRST)
    records.type("visit", every_days=45, planned_minutes=90)
    records.type("call", mode="contact")
    records.type("refresher", mode="workshop", every_days=120)
    skills = [records.competency(topic, f"{topic}-{i}") for topic in TOPICS for i in (1, 2)]
    mentees = [_mentee(records, dice, facilities, i) for i in range(30)]
    _others(world, records, dice, facilities, mentees)
    busy = Busy(world, records, facilities, mentees)
    for _ in range(encounters):
        _meeting(busy, dice, skills)
    rollups.rebuild(world.programme)
    return busy


def _day(dice: random.Random) -> date:
    return FIRST + timedelta(days=dice.randrange(DAYS))


def _mentee(records: Records, dice: random.Random, facilities: list[Place], i: int) -> Person:
    since = FIRST + timedelta(days=dice.randrange(100))
    row = records.mentee(
        f"M{i}", facilities[i % 12], cadre=("nurse", "midwife", "clinical_officer")[i % 3], since=since
    )
    left = since + timedelta(days=60 + dice.randrange(90))
    if i % 5 == 0:  # moved
        Post.objects.filter(person=row).update(to_on=left)
        Post.objects.create(person=row, place=facilities[(i + 3) % 12], from_on=left + timedelta(days=1))
    if i % 7 == 0:  # left the programme, and came back
        Enrolment.objects.filter(person=row).update(to_on=left)
        Enrolment.objects.create(
            programme=records.programme, person=row, part="mentee", from_on=left + timedelta(days=40)
        )
    return row


def _others(
    world: cast.World, records: Records, dice: random.Random, facilities: list[Place], mentees: list[Person]
) -> None:
    """Mentors, their phones and workshops; what another programme does must never show."""
    mentors = [records.mentee(f"Mentor {i}", facilities[i], part="mentor") for i in range(6)]
    for i, mentor in enumerate(mentors):
        seen = _day(dice) if i % 3 else None
        records.phone(mentor, seen, (None, 0, 4, 2)[i % 4])
        if i % 2:
            meeting = records.encounter(world.nyamagana, date(2026, 3, 1) - timedelta(days=30 * i), type="refresher")
            records.seat(meeting, mentor, part="other")
    records.phone(mentors[0], date(2026, 3, 1), 9, revoked_at=cast.MORNING)
    other = Records(world.other, keeps_rollups=False)
    other.encounter(world.elsewhere, date(2026, 2, 2), world.daudi, topics=("labour",))
    other.encounter(world.igoma, date(2026, 2, 2), mentees[0])  # the same place, another programme
    other.need(world.igoma, "gloves", date(2026, 2, 2))
    for i in range(20):
        records.check(
            facilities[i % 12], f"2026-0{1 + i % 6}", ("confirmed", "confirmed", "denied", "open", "unreachable")[i % 5]
        )
    for i in range(15):
        records.practice(mentees[i % 9], facilities[i % 12], _day(dice), topic="labour")


def _meeting(busy: Busy, dice: random.Random, skills: list[Competency]) -> None:
    world, records = busy.world, busy.records
    place, day = dice.choice(busy.facilities), _day(dice)
    present = dice.sample(busy.mentees, dice.randrange(0, 4))
    nowhere = dice.random() < 0.1
    meeting = records.encounter(
        None if nowhere else place,
        None if dice.random() < 0.03 else day,
        *present,
        lead=world.amina,
        minutes=dice.choice((None, 30, 50, 90, 120)),
        type="call" if nowhere else dice.choice(("visit", "visit", "call")),
        topics=tuple(dice.sample(TOPICS, dice.randrange(0, 3))),
        days_to_receipt=dice.choice((None, 0, 1, 7, 8, 30)),
        is_backfilled=dice.random() < 0.2,
        cancelled_because="road" if dice.random() < 0.05 else "",
        first_received_at=_received(dice, day),
    )
    records.seat(meeting, world.amina, part="lead", minutes=None)
    for person in present:
        for skill in dice.sample(skills, 2):
            own = dice.random() < 0.1
            records.rating(person, skill, dice.randint(1, 4), day, place=place, is_own=own)
    if dice.random() < 0.5:
        _agreed(records, dice, place, day)
    if dice.random() < 0.4:
        held = dice.random() < 0.7
        facts: dict[str, Any] = {"cancelled_on": day, "cancelled_because": "rain"} if dice.random() < 0.2 else {}
        plan = records.plan(place, day, minutes=dice.choice((None, 60, 120)), **facts)
        if held:
            records.encounter(place, day, *present[:1], minutes=dice.choice((None, 60, 90)), uid=plan.uid)


def _received(dice: random.Random, day: date) -> datetime:
    return noon(day + timedelta(days=dice.randrange(20)))


def _agreed(records: Records, dice: random.Random, place: Place, day: date) -> None:
    later = day + timedelta(days=dice.randint(1, 90))
    need = records.need(
        place,
        dice.choice(("bag_mask", "gloves", "suction")),
        day,
        met=later if dice.random() < 0.4 else None,
        kind=dice.choice(("clinical", "learning")),
    )
    for outcome, chance in (("met", 0.3), ("wrong", 0.1), ("reopened", 0.1)):
        if dice.random() < chance:
            records.decide_need(need, outcome, later + timedelta(days=dice.randrange(9)))
    action = records.action(
        place,
        None if dice.random() < 0.1 else day,
        None if dice.random() < 0.2 else later,
        topic=dice.choice(TOPICS),
    )
    for outcome, chance in (("done", 0.5), ("dropped", 0.1), ("reopened", 0.1)):
        if dice.random() < chance:
            records.decide_action(action, outcome, later + timedelta(days=dice.randrange(9)))
