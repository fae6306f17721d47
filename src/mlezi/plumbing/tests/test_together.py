"""Several writers in one commit: each gets its own answer, and nobody an answer that is not true."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from mlezi.audit.models import Event
from mlezi.plumbing import clock
from mlezi.plumbing.inserting import insert, insert_many, insert_together, row_of
from mlezi.plumbing.together import Together, _all, _Work

NOW = clock.now()
TAKEN = 1_000_000_000  # a key that the database does not come to by counting


def event(name, pk=None):
    return Event(pk=pk, name=name, subject_kind="x", subject_id="1", at=NOW, by_uid="1", by_name="Chiku")


def works(*each):
    return [_Work(one) for one in each]


def fails(error):
    def work():
        insert(event("failed"))
        raise error

    return work


def names():
    return sorted(Event.objects.values_list("name", flat=True))


@pytest.mark.django_db
def test_a_refusal_is_its_own_and_undoes_only_its_own():
    batch = works(lambda: insert(event("one")), fails(KeyError("mine")), lambda: insert(event("two")))
    _all(batch)

    assert names() == ["one", "two"]
    assert [type(one.error) for one in batch] == [type(None), KeyError, type(None)]


@pytest.mark.django_db
def test_a_failing_database_is_everybodys_and_each_tries_again_alone():
    tries = []

    def flaky():
        tries.append(1)
        insert(event("flaky"))
        if len(tries) <= 2:  # once in the plain way, once under a savepoint
            raise DatabaseError("disk full")

    batch = works(lambda: insert(event("one")), flaky)
    _all(batch)

    assert names() == ["flaky", "one"]
    assert [one.error for one in batch] == [None, None]


@pytest.mark.django_db
def test_a_commit_that_cannot_be_is_not_answered_with_yes():
    def dooms():
        insert(event("doomed"))
        connection.needs_rollback = len(seen) < 2
        seen.append(1)

    seen = []
    batch = works(lambda: insert(event("one")), dooms)
    _all(batch)

    assert [one.error for one in batch] == [None, None]
    assert names() == ["doomed", "one"]


@pytest.mark.django_db(transaction=True)
def test_many_threads_each_get_their_own_answer():
    together, start = Together(), threading.Barrier(8)
    insert(event("first", pk=TAKEN))

    def send(number):
        try:
            start.wait()
            together.run(lambda: insert(event(f"{number}", pk=TAKEN if number % 4 == 0 else None)))
        except IntegrityError:
            return "taken"
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(send, range(1, 9)))

    assert answers.count("taken") == 2
    assert names() == sorted(["first", "1", "2", "3", "5", "6", "7"])


@pytest.mark.django_db
def test_rows_are_inserted_as_saving_would():
    one, many = event("one"), [event("two"), event("three")]
    one.facts = {"a": [1, "é"]}
    insert(one)
    insert_many(many)

    again = Event.objects.get(pk=one.pk)
    assert (again.facts, again.at, again.waits, again.handled_at) == ({"a": [1, "é"]}, NOW, False, None)
    assert names() == ["one", "three", "two"]


@pytest.mark.django_db(transaction=True)
def test_two_rows_that_belong_together_are_both_there_or_neither():
    insert(event("here before", pk=TAKEN))
    together = Together()
    together.run(lambda: insert_together(event("one", pk=TAKEN + 1), event("two")), is_whole=True)

    with pytest.raises(IntegrityError):
        together.run(lambda: insert_together(event("three"), event("four", pk=TAKEN)), is_whole=True)

    assert names() == ["here before", "one", "two"]


@pytest.mark.django_db
def test_a_row_has_what_its_model_says_where_nothing_is_given():
    row = row_of(Event, {"name": "one", "subject_kind": "x", "subject_id": "1", "at": NOW})

    assert (row.name, row.at, row.facts, row.waits, row.failure, row.pk) == ("one", NOW, {}, False, "", None)
    assert row.facts is not row_of(Event, {}).facts


@pytest.mark.django_db
def test_within_a_transaction_it_is_part_of_it():
    def outer():
        with transaction.atomic():
            Together().run(lambda: insert(event("one")))
            raise KeyError

    pytest.raises(KeyError, outer)

    assert names() == []
