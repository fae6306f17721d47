"""Makers of derived rows, for tests of what is made of them. (The door and derivation have their own tests.)"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Model

from mlezi.competencies.models import Competency, Domain, Rating
from mlezi.encounters import keeping
from mlezi.encounters.models import (
    Attendance,
    CoveredTopic,
    Encounter,
    EncounterType,
    PlannedEncounter,
    SampleCheck,
)
from mlezi.evaluation import rollups
from mlezi.goals import holding
from mlezi.goals.models import ActionDecision, AgreedAction
from mlezi.instruments.models import Submission
from mlezi.people.models import Device, Person, Post
from mlezi.places.models import Place
from mlezi.plumbing.bulk import Difference, Table
from mlezi.programmes.models import Enrolment, Programme
from mlezi.resources.models import Need, NeedDecision, Practice
from mlezi.resources.needs import hold
from mlezi.testing.cast import CAST

SEATS = Table(Attendance, owner="encounter_id")
RATINGS = Table(Rating, owner="submission_id")


def noon(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


@dataclass
class Records:
    """Makes rows for one programme. Ids count up, so that every run makes the same."""

    programme: Programme
    counted: int = 0
    types: dict[str, EncounterType] = field(default_factory=dict)
    keeps_rollups: bool = True  # as the derivation would; whoever makes many rebuilds them once instead

    def uid(self) -> UUID:
        self.counted += 1
        return uuid5(CAST, f"{self.programme.code}-{self.counted}")

    def type(self, code: str = "visit", *, mode: str = "visit", every_days: int | None = None, **facts: Any) -> Any:
        if code not in self.types:
            self.types[code] = EncounterType.objects.create(
                programme=self.programme, code=code, mode=mode, every_days=every_days, **facts
            )
        return self.types[code]

    def submission(self, day: date, *, sender: Person | None = None, **facts: Any) -> Submission:
        uid = self.uid()
        return Submission.objects.create(
            id=uid,
            programme=self.programme,
            form_id="visit",
            instance_id=f"uuid:{uid}",
            root_id=f"uuid:{uid}",
            xml=b"<data/>",
            sha256=uid.hex * 2,
            size=7,
            received_at=noon(day),
            sender=sender,
            state="derived",
            **facts,
        )

    def encounter(
        self,
        place: Place | None,
        day: date | None,
        *people: Person,
        lead: Person | None = None,
        minutes: int | None = 60,
        type: str = "visit",
        topics: tuple[str, ...] = (),
        **facts: Any,
    ) -> Encounter:
        kind = self.type(type)
        facts.setdefault("first_received_at", noon(day or date(2026, 1, 1)))
        row = Encounter.objects.create(
            uid=facts.pop("uid", None) or self.uid(),
            programme=self.programme,
            type=kind,
            mode=kind.mode,
            place=place,
            lead=lead,
            held_on=day,
            minutes=minutes,
            n_participants=len(people),
            **facts,
        )
        for person in people:
            self.seat(row, person)
        for topic in topics:
            CoveredTopic.objects.create(id=self.uid(), encounter=row, topic=topic)
        keeping.settle([row.pk])
        return row

    def seat(self, encounter: Encounter, person: Person, **facts: Any) -> Attendance:
        facts.setdefault("part", "mentee")
        facts.setdefault("cadre", person.cadre)
        row = Attendance.objects.create(
            id=self.uid(), encounter=encounter, person=person, named_uid=person.uid, **facts
        )
        self._follow(SEATS, row)
        return row

    def mentee(
        self, name: str, place: Place, *, cadre: str = "nurse", since: date = date(2026, 1, 1), part: str = "mentee"
    ) -> Person:
        uid = self.uid()
        row = Person.objects.create(name=name, cadre=cadre, uid=uid, created_at=noon(since), languages=["sw"])
        Post.objects.create(person=row, place=place, cadre=cadre, from_on=since)
        Enrolment.objects.create(programme=self.programme, person=row, part=part, from_on=since)
        return row

    def competency(self, topic: str, code: str, *, pass_level: int = 3, **facts: Any) -> Competency:
        domain, _ = Domain.objects.get_or_create(
            programme=self.programme, code=topic, defaults={"title": {"en": topic.title()}}
        )
        return Competency.objects.create(
            domain=domain, code=code, pass_level=pass_level, levels=[{"en": str(n)} for n in (1, 2, 3, 4)], **facts
        )

    def rating(
        self, person: Person, competency: Competency, level: int, day: date, *, place: Place, **facts: Any
    ) -> Rating:
        row = Rating.objects.create(
            id=self.uid(),
            programme=self.programme,
            submission=self.submission(day),
            person=person,
            named_uid=person.uid,
            competency=competency,
            level=level,
            rated_on=day,
            place=place,
            **facts,
        )
        self._follow(RATINGS, row)
        return row

    def _follow(self, table: Table, row: Model) -> None:
        if self.keeps_rollups:
            values = table.row(*(getattr(row, column) for column in table.columns))
            rollups.follow(self.programme, {table: Difference([], [values])})

    def need(self, place: Place, item: str, found: date, met: date | None = None, **facts: Any) -> Need:
        facts.setdefault("kind", "clinical")
        return Need.objects.create(
            id=self.uid(),
            programme=self.programme,
            submission=self.submission(found),
            place=place,
            item=item,
            found_on=found,
            seen_met_on=met,
            **facts,
        )

    def decide_need(self, need: Need, outcome: str, day: date) -> NeedDecision:
        made = NeedDecision.objects.create(
            need_id=need.id, outcome=outcome, decided_at=noon(day), decided_on=day, decided_by_name="Chiku"
        )
        hold(need.pk)
        return made

    def action(self, place: Place, agreed: date | None, due: date | None = None, **facts: Any) -> AgreedAction:
        return AgreedAction.objects.create(
            id=self.uid(),
            programme=self.programme,
            submission=self.submission(agreed or date(2026, 1, 1)),
            place=place,
            text="Restock gloves",
            agreed_on=agreed,
            due_on=due,
            **facts,
        )

    def decide_action(self, action: AgreedAction, outcome: str, day: date) -> ActionDecision:
        made = ActionDecision.objects.create(
            action_id=action.id, outcome=outcome, decided_at=noon(day), decided_on=day, decided_by_name="Chiku"
        )
        with transaction.atomic():
            holding.settle([action.pk])
        return made

    def plan(self, place: Place, day: date, *, minutes: int | None = 60, type: str = "visit", **facts: Any) -> Any:
        facts.setdefault("uid", self.uid())
        row = PlannedEncounter.objects.create(
            programme=self.programme,
            type=self.type(type),
            place=place,
            planned_on=day,
            planned_minutes=minutes,
            created_at=noon(day),
            **facts,
        )
        keeping.settle([row.pk])
        row.refresh_from_db()
        return row

    def practice(
        self, person: Person, place: Place, day: date, *, minutes: int | None = 20, topic: str = ""
    ) -> Practice:
        return Practice.objects.create(
            id=self.uid(),
            programme=self.programme,
            submission=self.submission(day),
            person=person,
            place=place,
            topic=topic,
            practised_on=day,
            minutes=minutes,
        )

    def check(self, place: Place, period: str, answer: str) -> SampleCheck:
        return SampleCheck.objects.create(
            programme=self.programme,
            place=place,
            period=period,
            encounter_uid=self.uid(),
            drawn_at=noon(date(2026, 4, 1)),
            seed=1,
            probability=0.1,
            answer=answer,
        )

    def phone(self, person: Person, seen: date | None, unsent: int | None, **facts: Any) -> Device:
        uid = self.uid()
        return Device.objects.create(
            id=uid,
            person=person,
            programme_code=self.programme.code,
            name="Phone",
            token_hash=uid.hex * 2,
            enrolled_at=noon(date(2026, 1, 1)),
            last_seen_at=noon(seen) if seen else None,
            unsent=unsent,
            **facts,
        )
