"""Works out who is due every few hours, beside the worker: a day that begins brings nobody an event."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connection

from mlezi.surveys.actions.scheduling import bring_everything_up_to_date

log = logging.getLogger(__name__)
FIRST, EVERY = 30.0, 3 * 3600.0  # seconds


def keep_due(stop: threading.Event) -> None:
    """Until `stop` is set. Never raises; several may run side by side."""
    pause = FIRST
    while not stop.wait(pause):
        pause = EVERY
        try:
            bring_everything_up_to_date()
        except DatabaseError:
            log.warning("Who is due could not be worked out; it is tried again.", exc_info=True)
        finally:
            connection.close()
