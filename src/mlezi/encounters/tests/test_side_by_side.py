"""Workers that derive records of one encounter at the same moment leave none of them out."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection

from mlezi.encounters.models import Encounter
from mlezi.instruments.derivation import runner
from mlezi.instruments.models import Submission
from mlezi.testing import cast, dump
from mlezi.testing.makers import meetings

EVENING = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
UID = meetings.uid("side by side")


def _derive(pk, failures):
    try:
        for _ in range(200):
            try:
                runner.derive([pk], at=EVENING)
                return
            except OperationalError:  # SQLite in memory has no place to queue; a worker tries again too
                continue
        failures.append(pk)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_four_workers_one_encounter():
    world = cast.assemble()
    visits = meetings.programme(world)
    people = [cast.person(f"Mentee {n}", "nurse", world.igoma) for n in range(8)]
    for n, person in enumerate(people):
        answers = {"encounter": str(UID), "day": "2026-03-02", "place": "IGO", "people": [{"mentee": str(person.uid)}]}
        visits.send("visit", answers, at=EVENING, by=world.amina, name=f"side {n}")
    failures = []
    threads = [
        threading.Thread(target=_derive, args=(pk, failures)) for pk in Submission.objects.values_list("pk", flat=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    encounter = Encounter.objects.get()
    assert (encounter.n_sources, encounter.n_participants) == (8, 8)
    at_once = dump.derived()
    runner.derive(list(Submission.objects.values_list("pk", flat=True)), at=EVENING)
    assert dump.derived() == at_once
