"""One commit for several writers that wait at the same moment (group commit), on SQLite.

There only one transaction writes at a time, and most of its time is the disk's. Threads that would
queue for the disk one after the other hand their work to the first of them, which does all of it in one
transaction. Nobody is answered before that transaction is committed. PostgreSQL groups commits itself.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.core.files import locks
from django.db import DEFAULT_DB_ALIAS, DatabaseError, IntegrityError, connection, connections, transaction

T = TypeVar("T")
MOST = 64  # works in one transaction


class _Work(Generic[T]):
    def __init__(self, work: Callable[[], T], *, is_whole: bool = False) -> None:
        self.work = work
        self.is_whole = is_whole
        self.is_done = False
        self.result: T | None = None
        self.error: BaseException | None = None
        self.asleep = threading.Lock()
        self.asleep.acquire()  # whoever waits for it takes it again, and sleeps until it is let go

    def alone(self) -> None:
        try:
            if self.is_whole:
                self.result = self.work()
            else:
                with transaction.atomic():
                    self.result = self.work()
        except BaseException as error:  # noqa: BLE001 - told to whoever waits for it
            self.error = error

    def outcome(self) -> T:
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]


class Together:
    """Runs works in transactions shared with whoever else waits now. The first of them leads: does all of it."""

    def __init__(self) -> None:
        self._waiting: list[_Work[Any]] = []
        self._is_led = False
        self._list = threading.Lock()

    def run(self, work: Callable[[], T], *, is_whole: bool = False) -> T:
        """Do `work` in a transaction and return once it is committed; raises what `work` raises.

        `work` must do nothing but read and write the database: another thread may do it. One that is whole by itself,
        as an `insert_together` is, needs no transaction around it when it is alone.
        """
        line = connections[DEFAULT_DB_ALIAS]
        if line.in_atomic_block or line.vendor != "sqlite":
            if is_whole and not line.in_atomic_block:
                return work()
            with transaction.atomic():
                return work()
        mine = _Work(work, is_whole=is_whole)
        with self._list:
            self._waiting.append(mine)
            follows, self._is_led = self._is_led, True
        if follows:
            mine.asleep.acquire()  # until it was done, or until it is the first of those who wait
        if not mine.is_done:
            self._lead()
        return mine.outcome()

    def _lead(self) -> None:
        batch: list[_Work[Any]] = []
        try:
            with _turn():
                with self._list:
                    batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                if len(batch) > 1:
                    _all(batch)
                else:
                    batch[0].alone()
        finally:
            for one in batch:
                one.is_done = True
                one.asleep.release()
            with self._list:
                self._is_led = bool(self._waiting)
                if self._waiting:
                    self._waiting[0].asleep.release()


@contextmanager
def _turn() -> Iterator[None]:
    """The turn to write among the processes of this machine.

    SQLite lets one process write, and the others look again after a pause that grows; asked for a lock on a file,
    the system wakes the next one at once. It keeps order and nothing else: SQLite's own lock keeps the data whole.
    """
    try:
        file = _turn_file(f"{connection.settings_dict['NAME']}-turn", os.getpid())
    except OSError:  # a disk that is full or may only be read: it goes without order, and SQLite says what is wrong
        yield
        return
    locks.lock(file, locks.LOCK_EX)
    try:
        yield
    finally:
        locks.unlock(file)


@lru_cache(maxsize=4)
def _turn_file(path: str, _process: int) -> int:
    """Opened once by each process: one that a fork inherited would be locked for parent and child alike."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _all(batch: list[_Work[Any]]) -> None:
    """All in one transaction: without savepoints, for nearly always nothing goes wrong; then with one for each.

    When the database itself fails, each is done again in its own.
    """
    for each in (_plainly, _within):
        try:
            with transaction.atomic():
                for one in batch:
                    each(one)
                _still_sound()
        except BaseException:  # noqa: BLE001 - nothing of it was committed
            for one in batch:
                one.result = one.error = None
        else:
            return
    for one in batch:
        one.alone()


def _plainly(one: _Work[Any]) -> None:
    one.result = one.work()
    _still_sound()


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
