"""The round of the made-up year: everybody looked at anew, two ways side by side, not published yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from mlezi.audit.actions import COMMAND_LINE
from mlezi.demo import cast
from mlezi.demo.stage import SEED, Stage
from mlezi.demo.story import DOMAINS
from mlezi.matching import slots
from mlezi.matching.actions import identity, profiles, rounds, scenarios
from mlezi.matching.models import Round
from mlezi.matching.settings import Settings, from_json
from mlezi.people.models import Person
from mlezi.plumbing import clock
from mlezi.programmes.models import Enrolment
from mlezi.programmes.queries import running_on

ABOUT = (
    "Midwife for twenty years. I like to start with what goes well.",
    "I work nights often and answer messages in the morning.",
    "Resuscitation is my subject; bring your bag and mask.",
    "I ask many questions. Tell me when it is too much.",
)


@transaction.atomic
def prepare(on: Stage, *, at: datetime) -> Round | None:
    """Profiles of mentors and some mentees, a signed policy, and a round with two scenarios. Once only."""
    if Round.objects.filter(programme=on.programme).exists():
        return None
    manager = on.people[cast.uid("officer", "Farida Lyimo")]
    identity.sign(
        programme=on.programme, use="not-collected", reason="Nobody here needs it to find a mentor.", by=manager, at=at
    )
    day = clock.today(on.programme.time_zone)
    mentors, mentees = taking_part(on, "mentor"), taking_part(on, "mentee")
    describe(on, mentors, mentees, at=at)
    round_ = rounds.start(
        programme=on.programme, title="The coming year", from_on=day + timedelta(days=30), mentees=mentees,
        mentors=mentors, replaces=True, by=COMMAND_LINE, at=at,
    )  # fmt: skip
    usual = from_json(round_.settings)
    nearer = Settings(**{**usual.as_json(), "weights": {**usual.weights, "travel_time": 12.0}, "stay_points": 0.0})
    for title, chosen in (("As last year, few changes", usual), ("Nearer", nearer)):
        scenarios.ask(round_=round_, title=title, chosen=chosen, by=COMMAND_LINE, at=at)
    return round_


def taking_part(on: Stage, part: str) -> list[Person]:
    day = clock.today(on.programme.time_zone)
    held = Enrolment.objects.filter(running_on(day), programme=on.programme, part=part).values("person")
    return list(Person.objects.filter(pk__in=held).order_by("pk"))


def describe(on: Stage, mentors: list[Person], mentees: list[Person], *, at: datetime) -> None:
    """What mentors say of themselves, and every fifth mentee."""
    random = Random(SEED + 6)
    common: dict[str, Any] = {"by": COMMAND_LINE, "at": at}
    for number, person in enumerate(mentors):
        strong = random.sample(DOMAINS, 2)
        skills = {code: random.randrange(75, 96, 5) if code in strong else random.randrange(40, 71, 5)
                  for code in DOMAINS}  # fmt: skip
        profiles.describe(
            person=person, slots=random.sample(slots.CODES, 6), about=ABOUT[number % len(ABOUT)], level=4,
            oriented_on=on.first, **common,
        )  # fmt: skip
        places = random.choice([12, 14, 15, 16])
        profiles.agree(person=person, programme=on.programme, places=places, expertise=skills, **common)
    for person in mentees[::5]:
        needs = {code: random.randrange(1, 4) for code in random.sample(DOMAINS, 2)}
        profiles.agree(person=person, programme=on.programme, needs=needs, **common)
        profiles.describe(person=person, slots=random.sample(slots.CODES, 5), **common)
