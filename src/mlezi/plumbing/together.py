"""One commit for several writers that wait at the same moment (group commit), on SQLite.

There only one transaction writes at a time, and most of its time is the disk's. Threads that would
queue for the disk one after the other hand their work to the first of them, which does all of it in one
transaction. Nobody is answered before that transaction is committed. PostgreSQL groups commits itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, IntegrityError, connection, transaction

T = TypeVar("T")
MOST = 64  # works in one transaction


class _Work(Generic[T]):
    def __init__(self, work: Callable[[], T]) -> None:
        self.work = work
        self.is_done = False
        self.result: T | None = None
        self.error: BaseException | None = None

    def alone(self) -> None:
        try:
            with transaction.atomic():
                self.result = self.work()
        except BaseException as error:  # noqa: BLE001 - told to whoever waits for it
            self.error = error

    def outcome(self) -> T:
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]


class Together:
    """Runs works in transactions shared with whoever else waits now."""

    def __init__(self) -> None:
        self._waiting: list[_Work[Any]] = []
        self._list = threading.Lock()
        self._turn = threading.Lock()

    def run(self, work: Callable[[], T], *, is_one_statement: bool = False) -> T:
        """Do `work` in a transaction and return once it is committed; raises what `work` raises.

        `work` must do nothing but read and write the database: another thread may do it. One that is a single
        statement on PostgreSQL needs no transaction around it there: it is one, and two messages less.
        """
        if connection.vendor != "sqlite" and is_one_statement and not connection.in_atomic_block:
            return work()
        if connection.in_atomic_block or connection.vendor != "sqlite":
            with transaction.atomic():
                return work()
        mine = _Work(work)
        with self._list:
            self._waiting.append(mine)
        with self._turn:
            while not mine.is_done:
                self._take_turn()
        return mine.outcome()

    def _take_turn(self) -> None:
        with self._list:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            if len(batch) > 1:
                _all(batch)
            else:
                batch[0].alone()
        finally:
            for one in batch:
                one.is_done = True


def _all(batch: list[_Work[Any]]) -> None:
    """All in one transaction; when the database itself fails, each again in its own."""
    try:
        with transaction.atomic():
            for one in batch:
                _within(one)
            _still_sound()
    except BaseException:  # noqa: BLE001 - nothing of it was committed
        for one in batch:
            one.result = one.error = None
            one.alone()


def _within(one: _Work[Any]) -> None:
    """One work under a savepoint. Its own refusal is its own; a failing database is everybody's."""
    try:
        with transaction.atomic():
            one.result = one.work()
            _still_sound()
    except IntegrityError as error:
        one.error = error
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - told to whoever waits for it
        one.error = error


def _still_sound() -> None:
    """Leaving a transaction that is marked for rollback would roll it back without a word."""
    if connection.needs_rollback:
        raise DatabaseError("A transaction for several writers cannot be committed.")
