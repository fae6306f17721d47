"""Encounter types with published forms, and records of them sent through the door's own code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from mlezi.audit import worker
from mlezi.encounters.models import EncounterType
from mlezi.instruments.actions.receiving import receive
from mlezi.instruments.models import FormVersion, Submission
from mlezi.people.models import Person
from mlezi.testing.cast import CAST, World
from mlezi.testing.makers import forms

VISIT = """
| survey |
|        | type              | name      | label  | bind::mlezi:as           |
|        | text              | encounter | Uid    | encounter                |
|        | text              | planned   | Plan   | encounter.planned        |
|        | text              | held      | Held   | encounter.held           |
|        | text              | because   | Why    | encounter.cancelled_because |
|        | text              | day       | Day    | encounter.date           |
|        | text              | start_at  | Start  | encounter.start          |
|        | text              | end_at    | End    | encounter.end            |
|        | text              | minutes   | Length | encounter.minutes        |
|        | text              | place     | Place  | encounter.place          |
|        | text              | lead      | Lead   | encounter.lead           |
|        | text              | topics    | Topics | encounter.topics         |
|        | text              | position  | Where  | encounter.position       |
|        | text              | next      | Next   | encounter.next_date      |
|        | text              | note      | Note   | encounter.note           |
|        | begin repeat      | people    | People |                          |
|        | text              | row       | Key    | key                      |
|        | text              | mentee    | Who    | participant              |
|        | text              | there     | There  | participant.present      |
|        | text              | stayed    | Length | participant.minutes      |
|        | text              | said      | Note   | participant.note         |
|        | text              | new       | New    | person.new               |
|        | text              | new_name  | Name   | person.name              |
|        | text              | new_cadre | Cadre  | person.cadre             |
|        | end repeat        |           |        |                          |
|        | text              | lacking   | Lacks  | needs.clinical           |
|        | text              | bag_mask  | Has    | has.clinical:bag_mask    |
|        | text              | doll      | Has    | has.learning:newborn_doll |
|        | text              | detail    | More   | need.detail              |
|        | text              | done      | Done   | actions.done             |
|        | begin repeat      | agreed    | Agreed |                          |
|        | text              | action    | What   | action                   |
|        | text              | owner     | Who    | action.owner             |
|        | text              | due       | When   | action.due               |
|        | text              | subject   | Topic  | action.topic             |
|        | end repeat        |           |        |                          |
| settings |
|        | form_id | form_title | version |
|        | visit   | Visit      | 1       |
"""
RATING = """
| survey |
|        | type         | name      | label | bind::mlezi:as            |
|        | text         | encounter | Uid   | encounter                 |
|        | text         | day       | Day   | encounter.date            |
|        | text         | minutes   | Length | encounter.minutes        |
|        | text         | mentee    | Who   | rating.person             |
|        | text         | note      | Note  | participant.note          |
|        | begin group  | newborn   | Newborn |                         |
|        | text         | bag_mask  | Level | rating:newborn.bag_mask   |
|        | text         | seen_on   | Basis | rating.basis:newborn.bag_mask |
|        | text         | because   | Why   | rating.because:newborn.bag_mask |
|        | text         | drying    | Level | rating:newborn.drying     |
|        | text         | hands     | Hands | item:hands_washed         |
|        | text         | total     | Score | score:newborn             |
|        | end group    |           |       |                           |
| settings |
|        | form_id | form_title | version |
|        | rating  | Rating     | 1       |
"""
OWN = """
| survey |
|        | type | name      | label  | bind::mlezi:as          |
|        | text | encounter | Uid    | encounter               |
|        | text | day       | Day    | encounter.date          |
|        | text | minutes   | Length | encounter.minutes       |
|        | text | note      | Note   | encounter.note          |
|        | text | bag_mask  | Level  | rating:newborn.bag_mask |
| settings |
|        | form_id | form_title | version |
|        | own     | My view    | 1       |
"""
PRACTICE = """
| survey |
|        | type | name      | label | bind::mlezi:as     |
|        | text | day       | Day   | practice.date      |
|        | text | topic     | Topic | practice.topic     |
|        | text | equipment | With  | practice.equipment |
|        | text | minutes   | Long  | practice.minutes   |
|        | text | times     | Times | practice.times     |
| settings |
|        | form_id  | form_title | version |
|        | practice | Practice   | 1       |
"""


@dataclass
class Programme:
    """The mwanza programme with a visit type, its forms, and a way to send records of them."""

    world: World
    visit: EncounterType
    forms: dict[str, FormVersion] = field(default_factory=dict)

    def send(
        self,
        form: str,
        answers: Mapping[str, Any],
        *,
        at: datetime,
        by: Person | None = None,
        name: str = "",
        replaces: str = "",
        source: str = "collect",
    ) -> Submission:
        """Receive one record through the door; `name` makes its instance id, and its row id, the same each time."""
        instance = instance_id(name) if name else ""
        earlier = instance_id(replaces) if replaces else ""
        xml = forms.record(self.forms[form], answers, instance_id=instance, replaces=earlier)
        receipt = receive(programme=self.world.programme, xml=xml, sender=by, source=source, at=at)
        assert receipt.submission is not None, receipt
        return receipt.submission

    def derive(self, *, at: datetime) -> int:
        """Let the worker handle everything that waits, a day later."""
        return worker.drain(at=at + timedelta(days=1))


def instance_id(name: str) -> str:
    return f"uuid:{uuid5(CAST, f'record {name}')}"


def uid(name: str) -> UUID:
    return uuid5(CAST, f"encounter {name}")


def programme(world: World) -> Programme:
    """A visit type fed by three forms, main form first, and a practice log beside it."""
    visit = EncounterType.objects.create(
        programme=world.programme,
        code="visit",
        mode="visit",
        title={"en": "Visit"},
        forms=["visit", "rating", "own"],
        led_by=["mentor"],
        every_days=30,
        planned_minutes=120,
    )
    made = {
        name: forms.published(world.programme, table, form_id=name)
        for name, table in (("visit", VISIT), ("rating", RATING), ("own", OWN), ("practice", PRACTICE))
    }
    return Programme(world, visit, made)
