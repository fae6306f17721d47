"""The outbox: nothing is lost, nothing blocks, and failures are seen."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from mlezi.audit import actions, queries, waiting, worker
from mlezi.audit.models import Event

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def _waits():
    try:
        return Event.objects.filter(waits=True).exists()
    except OperationalError:  # SQLite in memory has no place to queue
        return True


class Heard:
    """A reaction that remembers what it was given and fails on what it is told to."""

    def __init__(self):
        self.batches = []
        self.fails_on = set()

    def __call__(self, events):
        subjects = [event.facts["n"] for event in events]
        self.batches.append(subjects)
        if self.fails_on & set(subjects):
            raise RuntimeError("no")

    @property
    def all(self):
        return [n for batch in self.batches for n in batch]


@pytest.fixture
def heard(db):
    before = dict(waiting._REACTIONS)
    reaction = Heard()
    waiting.fill({"thing.done": (reaction,), "other.done": (reaction,)})
    yield reaction
    waiting.fill(before)


def record(n, name="thing.done", at=NOW):
    return actions.record(name, object(), by=actions.MACHINE, at=at, facts={"n": n})


def test_events_of_one_name_are_handled_together(heard):
    for n in range(3):
        record(n)
    record(9, name="other.done")

    assert worker.drain(at=NOW) == 4
    assert heard.batches == [[0, 1, 2], [9]]
    assert not Event.objects.filter(waits=True).exists()


def test_an_event_without_reactions_does_not_wait(heard):
    assert not record(1, name="nobody.cares").waits


def test_what_is_due_later_waits(heard):
    actions.record(
        "thing.done", object(), by=actions.MACHINE, at=NOW, run_after=NOW + timedelta(hours=1), facts={"n": 1}
    )

    assert not worker.run_once(at=NOW)
    assert worker.run_once(at=NOW + timedelta(hours=1)).handled == 1


def test_a_bad_event_holds_up_no_other(heard):
    heard.fails_on = {1}
    for n in range(3):
        record(n)

    outcome = worker.run_once(at=NOW)

    assert (outcome.handled, outcome.failed) == (2, 1)
    assert [event.facts["n"] for event in queries.failures()] == [1]
    assert "RuntimeError: no" in queries.failures()[0].failure


def test_a_failed_event_is_tried_again_later_and_later(heard):
    heard.fails_on = {1}
    record(1)
    worker.run_once(at=NOW)

    assert not worker.run_once(at=NOW + timedelta(seconds=9))
    worker.run_once(at=NOW + timedelta(seconds=10))
    assert not worker.run_once(at=NOW + timedelta(seconds=29))
    heard.fails_on = set()
    assert worker.run_once(at=NOW + timedelta(seconds=30)).handled == 1
    assert not queries.failures().exists()


def test_after_the_last_attempt_it_rests_until_somebody_says_again(heard):
    heard.fails_on = {1}
    event = record(1)
    at = NOW
    for _ in range(worker.MOST_ATTEMPTS):
        worker.run_once(at=at)
        at += timedelta(days=1)

    assert not worker.run_once(at=at)
    assert queries.backlog(at=at).n_given_up == 1

    heard.fails_on = set()
    assert actions.try_again(event_ids=[event.pk], by=actions.COMMAND_LINE, at=at) == 1
    assert worker.run_once(at=at).handled == 1
    assert queries.backlog(at=at).n_given_up == 0


def test_a_killed_workers_event_is_found_and_run_again(heard):
    record(1)
    worker._claim(NOW, 10)  # and then the power failed

    assert not worker.run_once(at=NOW)
    assert worker.run_once(at=NOW + worker.LEASE).handled == 1
    assert heard.all == [1]


def test_an_event_that_kills_every_worker_is_handled_alone_and_then_given_up(heard):
    for n in range(3):
        record(n)
    at = NOW
    for _ in range(worker.SUSPECT):
        worker._claim(at, 10)
        at += worker.LEASE
    worker.run_once(at=at)
    assert heard.batches == [[0]]

    Event.objects.filter(facts__n=1).update(attempts=worker.MOST_ATTEMPTS)
    worker.drain(at=at)
    assert [event.facts["n"] for event in queries.failures()] == [1]
    assert 2 in heard.all


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_queue_without_doing_anything_twice(monkeypatch):
    import threading
    import time

    from django.db import connection

    before = dict(waiting._REACTIONS)
    reaction = Heard()
    waiting.fill({"thing.done": (reaction,)})
    for n in range(60):
        record(n)

    stop = threading.Event()

    def work():
        worker.run_forever(stop, pause=0.01)
        connection.close()

    monkeypatch.setattr(worker.clock, "now", lambda: NOW)
    monkeypatch.setattr(worker, "BATCH", 7)
    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 20
    while _waits() and time.monotonic() < until:
        time.sleep(0.05)
    stop.set()
    for thread in threads:
        thread.join()
    waiting.fill(before)

    assert sorted(reaction.all) == list(range(60))


def test_a_long_reaction_holds_its_events_so_that_no_second_worker_takes_them(heard):
    record(1)
    (event,) = worker._claim(NOW, 10)
    later = NOW + timedelta(minutes=4)
    worker.hold([event], at=later)

    assert not worker.run_once(at=NOW + worker.LEASE)
    assert worker.run_once(at=later + worker.LEASE).handled == 1
