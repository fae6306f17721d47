"""Asks the usual questions again beside the worker, once their records changed, so that nobody waits for a figure.

What took three seconds is not asked again within a minute, and after each question the worker rests: three parts of
four of one processor are left to others.
"""

from __future__ import annotations

import logging
import threading
import time
from functools import partial

from django.conf import settings
from django.db import DatabaseError, connection

from mlezi.evaluation import usual

log = logging.getLogger(__name__)
PAUSE = 15.0  # seconds between looking what is due
REST = 20  # times as long as it took: until the same question is asked again
BREATH = 3  # the same: until any other is


def keep_warm(stop: threading.Event) -> None:
    """Until `stop` is set. Never raises; several may run side by side."""
    while settings.KEEP_ANSWERS and not stop.wait(PAUSE):
        try:
            warm(stop)
        except DatabaseError:
            log.warning("Usual questions could not be asked; it is tried again.", exc_info=True)
        finally:
            connection.close()


def warm(stop: threading.Event | None = None) -> int:
    """Ask each usual question that is due. Returns how many were; unchanged ones are answered from what is kept."""
    from mlezi.evaluation import figures  # noqa: PLC0415 - a worker starts without the second that loading it takes

    due = [one for one in usual.remembered().values() if time.time() - one.at >= max(PAUSE, REST * one.seconds)]
    for n, one in enumerate(sorted(due, key=lambda one: one.seconds)):
        if stop is not None and stop.is_set():
            return n
        begun, asked = time.perf_counter(), one.question
        ask = partial(figures.ask, programme=asked.programme, scope=asked.scope, start=asked.start, end=asked.end)
        try:
            ask(one.code, by=one.by, notice=False)
        except Exception:  # as of the software before an update, or a busy database: the others are asked all the same
            log.warning("%s could not be asked again.", one.code, exc_info=True)
        took = time.perf_counter() - begun
        usual.again(one, took)
        if stop is not None:
            stop.wait(BREATH * took)
    return len(due)
