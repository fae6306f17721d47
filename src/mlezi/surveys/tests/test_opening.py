"""A figure of the tracker opens to the people whom it counts, and to nobody else."""

import pytest
from lxml import html

from mlezi.surveys.models import Invitation
from mlezi.testing.cast import MORNING, START


@pytest.fixture
def asked_twice(desk, world):
    """Baraka and Amina were asked by a schedule, Baraka at a course too, and there Amina is still to be asked."""
    desk.declare()
    rows = [("baraka", "", START), ("amina", "", START), ("baraka", "2026-03", START), ("amina", "2026-03", None)]
    for name, occasion, asked_on in rows:
        person = world.people[name]
        Invitation.objects.create(
            programme=world.programme, instrument="role", wave="midterm", occasion=occasion, person=person,
            place=world.igoma, due_on=START, asked_on=asked_on, created_at=MORNING,
        )  # fmt: skip


@pytest.mark.django_db
def test_a_figure_opens_to_exactly_the_people_it_counts(asked_twice, sign_in):
    chiku = sign_in("chiku")
    page = html.fromstring(chiku.get("/mwanza/surveys/").content)
    links = page.xpath("//dl//a[not(text()='0')]")

    counted = {}
    for link in links:
        people = html.fromstring(chiku.get("/mwanza/surveys/people/" + link.get("href").rpartition("/")[2]).content)
        counted[link.get("href")] = len(people.xpath("//table/tbody/tr"))

    assert sorted(counted.values()) == [1, 1, 2]
    assert [counted[link.get("href")] for link in links] == [int(link.text) for link in links]
