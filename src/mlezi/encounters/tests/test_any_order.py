"""Three forms by two people about one visit give one encounter, whatever arrives first, twice or late."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlezi.competencies.models import Competency, Domain
from mlezi.encounters.models import Encounter
from mlezi.instruments.derivation import runner
from mlezi.instruments.models import Submission
from mlezi.people.models import Person
from mlezi.testing import dump
from mlezi.testing.makers import meetings

EVENING = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
UID = meetings.uid("any order")
NEW = "0b8f8d2e-54a9-4c6b-9a0c-0d5d4c1f0a02"


@pytest.fixture
def newborn(visits, world):
    domain = Domain.objects.create(programme=world.programme, code="newborn", title={"en": "Newborn"})
    for order, code in enumerate(["bag_mask", "drying"]):
        Competency.objects.create(
            domain=domain, code=code, title={"en": code}, levels=[{}, {}, {}, {}], pass_level=3, order=order
        )
    return visits


def records(world):
    """Form, answers, sender, name, and (for an edit) the record it replaces."""
    amina, baraka = world.amina, world.baraka
    visit = {
        "encounter": str(UID),
        "day": "2026-03-02",
        "minutes": "90",
        "place": "IGO",
        "topics": "newborn ipc",
        "people": [
            {"mentee": str(baraka.uid), "stayed": "60", "said": "Steady hands."},
            {"new": NEW, "new_name": "Rehema", "new_cadre": "nurse"},
        ],
        "lacking": "oxygen",
        "bag_mask": "no",
        "agreed": [{"action": "Order a bag and mask", "owner": str(baraka.uid), "due": "2026-03-20"}],
    }
    rating = {"encounter": str(UID), "mentee": NEW, "day": "2026-03-03", "bag_mask": "2", "seen_on": "simulation"}
    own = {"encounter": str(UID), "day": "2026-03-02", "minutes": "45", "note": "I learned.", "bag_mask": "3"}
    other = {"encounter": str(meetings.uid("other")), "day": "2026-03-09", "place": "IGO", "bag_mask": "yes"}
    return [
        ("visit", visit, amina, "visit", ""),
        ("rating", rating, amina, "rating", ""),
        ("own", own, baraka, "own", ""),
        ("visit", other, amina, "other", ""),
        ("practice", {"day": "2026-03-04", "topic": "newborn", "minutes": "20", "times": "5"}, baraka, "practice", ""),
    ]


def tell(visits, world, steps):
    """Send and derive in this order, then undo it all. Returns what was derived."""
    every = records(world)
    with transaction.atomic():
        sent = []
        for number, derives in steps:
            form, answers, by, name, replaces = every[number]
            at = EVENING + timedelta(hours=number)
            visits.send(form, answers, at=at, by=by, name=name, replaces=replaces)
            sent.append(number)
            if derives:
                visits.derive(at=EVENING)
        visits.derive(at=EVENING + timedelta(days=1))
        found = dump.derived(), dump.states(), Encounter.objects.filter(uid=UID).count()
        transaction.set_rollback(True)
    return found


arrivals = st.permutations(range(5)).flatmap(
    lambda order: st.tuples(
        st.lists(st.sampled_from(range(5)), max_size=4).map(lambda again: [*order, *again]),
        st.lists(st.booleans(), min_size=9, max_size=9),
    )
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals)
def test_any_order_with_any_duplicates_gives_the_same_tables(newborn, world, arrival):
    order, derives = arrival

    told = tell(newborn, world, list(zip(order, derives, strict=False)))

    assert told[2] == 1
    assert told == tell(newborn, world, [(number, False) for number in range(5)])


def test_what_came_of_it(newborn, world):
    for form, answers, by, name, replaces in records(world):
        newborn.send(form, answers, at=EVENING + timedelta(days=10), by=by, name=name, replaces=replaces)
    newborn.derive(at=EVENING + timedelta(days=10))

    encounter = Encounter.objects.get(uid=UID)
    assert (encounter.n_sources, encounter.n_participants) == (3, 2)
    assert {row.person.name for row in encounter.attendances.all()} == {"Amina", "Baraka", "Rehema"}
    assert not Submission.objects.exclude(state="derived").exists()
    assert Person.objects.get(uid=NEW).enrolments.get().part == "mentee"


def test_deriving_twice_writes_nothing(newborn, world):
    for form, answers, by, name, replaces in records(world):
        newborn.send(form, answers, at=EVENING + timedelta(days=10), by=by, name=name, replaces=replaces)
    newborn.derive(at=EVENING + timedelta(days=10))

    ids = list(Submission.objects.values_list("pk", flat=True))
    done = runner.derive(ids, at=EVENING + timedelta(days=20))

    assert done.n_units == 3
    assert done.n_written == 0
