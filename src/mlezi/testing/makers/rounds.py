"""A district to match: mentors and mentees of Mwanza's programme, and rounds among them."""

from __future__ import annotations

from datetime import date
from typing import Any

from mlezi.matching.actions import identity, profiles, rounds, scenarios
from mlezi.matching.models import Round, Scenario
from mlezi.matching.settings import Settings, from_json
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.programmes.models import Enrolment
from mlezi.testing import cast
from mlezi.testing.cast import MORNING, START, World

FROM = date(2026, 4, 1)


def enrolled(world: World, name: str, part: str, at: Place | None = None) -> Person:
    """Somebody new who takes part."""
    person = cast.person(name, "nurse", at or world.igoma)
    Enrolment.objects.create(programme=world.programme, person=person, part=part, from_on=START)
    world.people[name.lower()] = person
    return person


def mentees(world: World, *names: str, at: Place | None = None) -> list[Person]:
    return [enrolled(world, name, "mentee", at) for name in names]


def mentors(world: World, *names: str, places: int = 2, at: Place | None = None) -> list[Person]:
    found = [enrolled(world, name, "mentor", at) for name in names]
    for person in found:
        profiles.agree(person=person, programme=world.programme, places=places, by=world.chiku, at=MORNING)
    return found


def round_of(world: World, mentees: list[Person], mentors: list[Person], **more: Any) -> Round:
    return rounds.start(
        programme=world.programme, title="April", from_on=FROM, mentees=mentees, mentors=mentors, by=world.chiku,
        at=MORNING, **more,
    )  # fmt: skip


def worked_out(world: World, round_: Round, chosen: Settings | None = None, **more: Any) -> Scenario:
    """A scenario with its answer."""
    asked = scenarios.ask(
        round_=round_, title="First", chosen=chosen or from_json(round_.settings), by=world.chiku, at=MORNING, **more
    )
    return scenarios.run(asked)


def signed(world: World, use: str = "not-collected", **more: Any) -> None:
    identity.sign(programme=world.programme, use=use, by=world.farida, at=MORNING, **more)


def pairs(scenario: Scenario) -> set[tuple[str, str]]:
    return set(scenario.proposals.values_list("mentee__name", "mentor__name"))
