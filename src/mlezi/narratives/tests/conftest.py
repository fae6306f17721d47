"""Gloria keeps interviews; Hawa and Imani code them. A transcript with signs that trip up careless counting."""

import pytest

from mlezi.formats.plain import Text
from mlezi.formats.turns import split
from mlezi.narratives.actions import codebooks, reading, sources
from mlezi.programmes.models import RoleAssignment
from mlezi.testing import cast
from mlezi.testing.cast import MORNING, START

INTERVIEW = (
    "Interviewer: What changed for you? 👩🏾‍⚕️\n"
    "P1: I have more confidence e\u0301 now, and I resuscitate newborns without fear.\n"
    "We practise alone.\n"
    "Interviewer: And what was hard?\n"
    "P1: There is no time, the ward is short of staff 🏥 and the doll is broken."
)


def join(world, name, role):
    person = cast.person(name)
    RoleAssignment.objects.create(
        person=person, programme=world.programme, role=role, place=world.mwanza, from_on=START
    )
    world.people[name.lower()] = person
    return person


@pytest.fixture
def coders(world):
    for name, role in (("Gloria", "interviewer"), ("Hawa", "coder"), ("Imani", "coder")):
        join(world, name, role)
    return world


@pytest.fixture
def book(coders):
    """Two themes at the top, *time* under both."""
    made = codebooks.make(
        programme=coders.programme, code="test", title={"en": "Test"}, by=coders.people["gloria"], at=MORNING
    )
    for top in ("helps", "hinders"):
        parent = codebooks.add_code(
            codebook=made, code=top, parent=None, title={"en": top.title()}, by=coders.people["gloria"], at=MORNING
        )
        codebooks.add_code(
            codebook=made, code="time", parent=parent, title={"en": "Protected time"}, by=coders.people["gloria"],
            at=MORNING,
        )  # fmt: skip
    made.refresh_from_db()
    return made


def bring_in(world, words=INTERVIEW, label="Interview 1", released=True, **belongs):
    return sources.add(
        programme=world.programme, label=label, text=split(words) if words else Text(""), released=released,
        belongs=sources.Belongs(**belongs), by=world.people["gloria"], at=MORNING,
    )  # fmt: skip


@pytest.fixture
def interview(coders):
    return bring_in(coders)


@pytest.fixture
def given(coders, interview):
    """The interview, given to Hawa and Imani to code blind."""
    reading.give(
        source=interview, coders=[coders.people["hawa"], coders.people["imani"]], blind=True,
        by=coders.people["gloria"], at=MORNING,
    )  # fmt: skip
    interview.refresh_from_db()
    return interview
