"""Fills an empty database with a made-up country, straight into the tables. For benchmarks only.

Nothing else in Mlezi writes derived rows like this; here it saves hours. Sizes follow one number, the
encounters: at 1,000,000 there are 10,000 facilities in 200 districts, 100,000 people, 3,000,000
attendances, 5,000,000 ratings, 200,000 needs and 200,000 actions over five years. Seeded: the same every time.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from mlezi.competencies.models import Competency, Domain, Rating
from mlezi.encounters.models import Attendance, CoveredTopic, Encounter, EncounterType, PlannedEncounter
from mlezi.goals.models import ActionDecision, AgreedAction
from mlezi.instruments.models import Submission
from mlezi.people.models import Person, Post
from mlezi.places import tree
from mlezi.places.models import Level, Place
from mlezi.programmes.models import Enrolment, Programme, Site
from mlezi.resources.models import Need, NeedDecision, Practice

START, DAYS = date(2021, 1, 1), 5 * 365
TOPICS = ("antenatal", "resuscitation", "labour", "complications", "infection")
CADRES = ("nurse", "midwife", "clinical_officer", "medical_attendant")
ITEMS = ("bag_mask", "suction", "gloves", "bp_machine", "partograph", "mannequin")


@dataclass(frozen=True)
class Size:
    encounters: int

    @property
    def districts(self) -> int:
        return max(4, self.encounters // 5_000)

    @property
    def facilities(self) -> int:
        return self.districts * 50

    @property
    def mentees(self) -> int:
        return self.facilities * 9


class Country:
    """The rows, kind by kind, in an order that foreign keys allow."""

    def __init__(self, size: Size, seed: int = 21) -> None:
        self.size, self.dice = size, random.Random(seed)
        self.moment = datetime(2021, 1, 1, 9, tzinfo=UTC)

    def uid(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)

    def lay(self) -> Programme:
        """Places, people, the programme: everything that is not in millions."""
        levels = [
            Level.objects.create(code=code, rank=rank, title={"en": code})
            for rank, code in enumerate(("country", "region", "district", "facility"))
        ]
        country = Place.objects.create(code="BENCH", name="Made-up country", level=levels[0], path="/pending/")
        tree.plant(country)
        n_regions = max(1, self.size.districts // 8)
        regions = self._children([country] * n_regions, levels[1], "R")
        districts = self._children([regions[i % n_regions] for i in range(self.size.districts)], levels[2], "D")
        owners = [districts[i // 50] for i in range(self.size.facilities)]
        self.sites = self._children(owners, levels[3], "F")
        self.programme = Programme.objects.create(code="bench", title={"en": "Bench"}, place=country, starts_on=START)
        self._take_part()
        self._teach()
        return self.programme

    def _children(self, parents: list[Place], level: Level, letter: str) -> list[Place]:
        rows = [
            Place(
                code=f"{letter}{i}", name=f"{level.code} {i}", level=level, parent=parent, path=f"pending-{letter}{i}"
            )
            for i, parent in enumerate(parents)
        ]
        Place.objects.bulk_create(rows, batch_size=2000)
        rows = list(Place.objects.filter(level=level).order_by("id").select_related("parent", "level"))
        for row in rows:
            for name, value in tree.under(row.parent, row).items():
                setattr(row, name, value)
        Place.objects.bulk_update(rows, list(tree.Standing.__annotations__), batch_size=200)
        return rows

    def _take_part(self) -> None:
        Site.objects.bulk_create(
            [Site(programme=self.programme, place=place, from_on=START) for place in self.sites], batch_size=2000
        )
        staff = [self.sites[i // 9] for i in range(self.size.mentees)]
        mentors = [self.sites[(i * 7) % len(self.sites)] for i in range(self.size.facilities)]
        people = [
            Person(name=f"Person {i}", cadre=CADRES[i % 4], uid=self.uid(), created_at=self.moment)
            for i in range(len(staff) + len(mentors))
        ]
        Person.objects.bulk_create(people, batch_size=2000)
        people = list(Person.objects.order_by("id"))
        Post.objects.bulk_create(
            [
                Post(person=person, place=place, cadre=person.cadre, from_on=START)
                for person, place in zip(people, staff + mentors, strict=True)
            ],
            batch_size=2000,
        )
        Enrolment.objects.bulk_create(
            [
                Enrolment(
                    programme=self.programme,
                    person=person,
                    part="mentee" if i < len(staff) else "mentor",
                    from_on=START,
                )
                for i, person in enumerate(people)
            ],
            batch_size=2000,
        )
        self.cadre_of = {person.pk: person.cadre for person in people}
        self.staff_of: dict[int, list[Person]] = {}
        for person, place in zip(people, staff, strict=False):
            self.staff_of.setdefault(place.pk, []).append(person)
        self.mentors = people[len(staff) :]

    def _teach(self) -> None:
        self.visit = EncounterType.objects.create(
            programme=self.programme, code="visit", mode="visit", every_days=90, planned_minutes=120
        )
        EncounterType.objects.create(programme=self.programme, code="refresher", mode="workshop", every_days=365)
        self.skills = []
        for order, topic in enumerate(TOPICS):
            domain = Domain.objects.create(programme=self.programme, code=topic, title={"en": topic}, order=order)
            self.skills += [
                Competency.objects.create(domain=domain, code=f"{topic}-{i}", levels=[1, 2, 3, 4], pass_level=3)
                for i in range(4)
            ]
        self.papers = [
            Submission(
                id=self.uid(),
                programme=self.programme,
                form_id="visit",
                instance_id=f"uuid:{i}",
                root_id=f"uuid:{i}",
                xml=b"<data/>",
                sha256="0" * 64,
                size=7,
                received_at=self.moment,
                state="derived",
            )
            for i in range(1000)
        ]
        Submission.objects.bulk_create(self.papers, batch_size=500)

    def meetings(self) -> Iterator[list[models.Model]]:
        """Batches of encounters with all that belongs to them, in the order of time."""
        total, batch = self.size.encounters, 5000
        for first in range(0, total, batch):
            rows: list[models.Model] = []
            for i in range(first, min(first + batch, total)):
                self._meeting(rows, START + timedelta(days=i * DAYS // total))
            yield rows

    def _meeting(self, rows: list[models.Model], day: date) -> None:
        dice, place = self.dice, self.dice.choice(self.sites)
        paper, mentor = dice.choice(self.papers), dice.choice(self.mentors)
        delay = dice.choice((0, 0, 1, 2, 3, 5, 9, 20))
        received = datetime.combine(day, self.moment.timetz()) + timedelta(days=delay)
        meeting = Encounter(
            uid=self.uid(),
            programme=self.programme,
            type=self.visit,
            mode="visit",
            place=place,
            lead=mentor,
            held_on=day,
            minutes=dice.choice((None, 45, 60, 90, 120, 120, 150, 180, 240)),
            planned_minutes=120,
            n_participants=3,
            first_received_at=received,
            days_to_receipt=delay,
            is_backfilled=dice.random() < 0.08,
        )
        rows.append(meeting)
        present = dice.sample(self.staff_of[place.pk], 3)
        for person in present:
            rows.append(
                Attendance(
                    id=self.uid(),
                    encounter=meeting,
                    person=person,
                    named_uid=person.uid,
                    part="mentee",
                    cadre=person.cadre,
                )
            )
        rows.append(CoveredTopic(id=self.uid(), encounter=meeting, topic=dice.choice(TOPICS)))
        for k, skill in enumerate(dice.sample(self.skills, 5)):
            person = present[k % 3]
            rows.append(
                Rating(
                    id=self.uid(),
                    programme=self.programme,
                    submission=paper,
                    encounter_uid=meeting.uid,
                    person=person,
                    named_uid=person.uid,
                    rater=mentor,
                    competency=skill,
                    level=dice.choice((1, 2, 2, 3, 3, 4)),
                    rated_on=day,
                    place=place,
                )
            )
        if dice.random() < 0.2:
            self._follow_up(rows, meeting, paper, day, person)
            alone = Practice(id=self.uid(), programme=self.programme, submission=paper, person=person, place=place,
                             topic=TOPICS[0], practised_on=day, minutes=20)  # fmt: skip
            rows.append(alone)

    def _follow_up(
        self, rows: list[models.Model], meeting: Encounter, paper: Submission, day: date, owner: Person
    ) -> None:
        dice, later = self.dice, day + timedelta(days=self.dice.randint(5, 200))
        common = {
            "programme": self.programme,
            "submission": paper,
            "encounter_uid": meeting.uid,
            "place": meeting.place,
        }
        need = Need(
            id=self.uid(),
            kind=dice.choice(("clinical", "learning")),
            item=dice.choice(ITEMS),
            found_on=day,
            seen_met_on=later if dice.random() < 0.5 else None,
            **common,
        )
        action = AgreedAction(
            id=self.uid(), text="Made up", agreed_on=day, due_on=day + timedelta(days=30), topic=TOPICS[0],
            owner=owner if dice.random() < 0.8 else None, **common,
        )  # fmt: skip
        rows += [need, action]
        decided = {"decided_at": self.moment, "decided_on": later, "decided_by_name": "Chiku"}
        if need.seen_met_on is None and dice.random() < 0.3:
            rows.append(NeedDecision(need_id=need.pk, outcome="met", **decided))
            need.outcome, need.decided_on = "met", later
        if dice.random() < 0.6:
            rows.append(ActionDecision(action_id=action.pk, outcome="done", **decided))
            action.outcome, action.decided_on = "done", later
        is_held = dice.random() < 0.8
        rows.append(
            PlannedEncounter(
                uid=meeting.uid if is_held else self.uid(),
                was_held=is_held,
                held_minutes=meeting.minutes if is_held else None,
                programme=self.programme,
                type=self.visit,
                place=meeting.place,
                planned_on=day,
                planned_minutes=120,
                cost=45_000,
                currency="TZS",
                created_at=self.moment,
            )
        )


def fill(size: Size, *, seed: int = 21, told: Any = None) -> Programme:
    """Fill the database, then let it gather what its planner needs. `told` hears of progress."""
    country = Country(size, seed)
    programme = country.lay()
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -800000")
    for n, rows in enumerate(country.meetings(), start=1):
        with transaction.atomic():
            _write(rows)
        if told is not None:
            told(min(n * 5000, size.encounters))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return programme


def _write(rows: Iterable[models.Model]) -> None:
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, found in by_model.items():
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
        table, names = model._meta.db_table, ", ".join(f'"{field.column}"' for field in fields)
        ways = [(field.attname, _way(field)) for field in fields]
        values = [tuple(way(getattr(row, name)) for name, way in ways) for row in found]
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(fields))
            with connection.cursor() as cursor:
                cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)
        else:
            with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for value in values:
                    copy.write_row(value)


def _way(field: Any) -> Any:
    """How a value of this field goes into the database: quick, where most need nothing."""
    target = getattr(field, "target_field", field)
    if isinstance(target, models.UUIDField) and connection.vendor == "sqlite":
        return lambda value: None if value is None else value.hex
    if isinstance(target, models.UUIDField | models.CharField | models.IntegerField | models.BooleanField):
        return lambda value: value
    return lambda value: None if value is None else field.get_db_prep_save(value, connection)
