"""What these tests share: an instrument in the programme, and records of it that came in."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

import pytest
from django.db import connection

from mlezi.evaluation import engines
from mlezi.evaluation.datasets import live
from mlezi.instruments.actions import receiving
from mlezi.instruments.derivation import runner
from mlezi.testing.makers import forms

ROLE = """
    | survey |
    |        | type            | name  | label      | bind::mlezi:as  |
    |        | text            | who   | Who        | respondent      |
    |        | text            | wave  | Wave       | wave            |
    |        | text            | code  | Your code  | respondent.code |
    |        | date            | day   | Day        | encounter.date  |
    |        | integer         | ra1   | Clear      | answer:ra1      |
    |        | integer         | ra2   | Unclear    | answer:ra2      |
    |        | integer         | ra3   | Muddled    | answer:ra3      |
    |        | select_one abcd | q1    | Question 1 | answer:q1       |
    |        | select_multiple abcd | q2 | Question 2 | answer:q2     |
    | choices |
    |        | list_name | name | label |
    |        | abcd      | a    | A     |
    |        | abcd      | b    | B     |
    |        | abcd      | c    | C     |
"""
DECLARED = {
    "form": "role",
    "scales": [{"code": "ambiguity", "items": ["ra1", "ra2", "ra3"], "range": [1, 7], "reverse": ["ra1"], "need": 0.6}],
    "tests": [{"code": "knowledge", "keys": {"q1": "b", "q2": ["a", "c"]}}],
}


def noon(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


@dataclass
class Desk:
    """Takes in records of the instrument and derives them, as the door and the worker do."""

    world: object
    version: object = None
    sent: list = field(default_factory=list)

    def declare(self, **more):
        programme = self.world.programme
        programme.blueprint = {"instruments": [{**DECLARED, **more}]}
        programme.save()
        self.version = self.version or forms.published(programme, ROLE, form_id="role", purpose="survey")

    def receive(self, answers, *, sender=None, on=date(2026, 3, 2), derive=True, **more):
        xml = forms.record(self.version, {"day": on, **answers}, **more)
        receipt = receiving.receive(programme=self.world.programme, xml=xml, sender=sender, source="web", at=noon(on))
        self.sent.append(receipt.submission)
        if derive:
            runner.derive({receipt.submission.pk}, at=noon(on))
        return receipt.submission

    def derive(self, record):
        runner.derive({record.pk}, at=noon(date(2026, 3, 2)))

    def rows(self, name):
        data = live(connection.vendor)[name]
        found = engines.read(engines.compiled(data, connection.vendor), {})
        return [dict(row) for row in found]


@pytest.fixture
def desk(world):
    desk = Desk(world)
    desk.declare()
    return desk
