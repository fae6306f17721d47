"""The questions of a page, asked side by side where no answer is kept: the database works while another waits.

A page asks one figure after the other; what is asked here before is kept by then. A page that shows very many asks for
those that are ready within a moment, and fetches the others later: they go on being asked meanwhile, once.
"""

from __future__ import annotations

import contextvars
import logging
import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection, connections

from mlezi.evaluation import answers, figures
from mlezi.evaluation.ask import Question
from mlezi.evaluation.queries import rules
from mlezi.places.scope import Scope

log = logging.getLogger(__name__)
AT_ONCE = os.cpu_count() or 1
FOR_GOOD = 3600.0  # seconds


@dataclass(frozen=True)
class _Asking:
    """A figure that a thread is asking."""

    done: threading.Event = field(default_factory=threading.Event)
    since: float = field(default_factory=time.monotonic)

    def is_over(self, within: float) -> bool:
        """Wait for the answer until so many seconds after it was first asked for: a page opened again does not wait
        anew for what the page before could not wait for."""
        return self.done.wait(max(0.0, self.since + within - time.monotonic()))


_seconds: dict[str, float] = {}  # what each figure took the last time
_list = threading.Lock()
_running: dict[tuple[str, str], _Asking] = {}  # what is being asked now, by the name of the rows and the question


def ask(codes: Iterable[str], *, programme: int, start: date, end: date, scope: Scope, by: str | None = None) -> None:
    """Ask these figures with as many threads as there are processors, and wait for them.

    A failure is nobody's yet: whoever asks for the figure afterwards meets it.
    """
    ready(codes, FOR_GOOD, programme=programme, start=start, end=end, scope=scope, by=by)


def ready(
    codes: Iterable[str], seconds: float, *, programme: int, start: date, end: date, scope: Scope, by: str | None = None
) -> set[str]:
    """Those of the figures that need no waiting after so many seconds. The others go on being asked.

    Inside a transaction that is all: another thread would not see what the transaction wrote, so each is asked
    when it is wanted.
    """
    every = set(codes)
    if not settings.KEEP_ANSWERS or connection.in_atomic_block:
        return every
    question = Question(programme, start, end, scope, rules(programme))
    turn = threading.BoundedSemaphore(AT_ONCE)  # of this page: none waits for what another asks for a minute
    longest_first = sorted(every, key=lambda code: (-_seconds.get(code, 0.0), code))  # so no processor idles at the end
    begun = {code: _begun(code, question, by, turn) for code in longest_first if not _is_at_hand(code, question, by)}
    return every - {code for code, asking in begun.items() if not asking.is_over(seconds)}


def _is_at_hand(code: str, question: Question, by: str | None) -> bool:
    return not figures.named(code).is_kept or answers.is_at_hand(_name(code, by), question)


def _name(code: str, by: str | None) -> str:
    return f"{code} {figures.form_of(figures.named(code), _known(code, by))}"


def _known(code: str, by: str | None) -> str | None:
    return by if by in figures.named(code).breakdowns else None


def _begun(code: str, question: Question, by: str | None, turn: threading.BoundedSemaphore) -> _Asking:
    """The asking of it: by the thread that does so already, or of a new one."""
    key = (_name(code, by), repr((question.values(), sorted(question.scope.ranges))))
    with _list:
        if key in _running:
            return _running[key]
        asking = _running[key] = _Asking()
    context = contextvars.copy_context()
    asked = {"programme": question.programme, "start": question.start, "end": question.end, "scope": question.scope}

    def work() -> None:
        try:
            with turn:
                context.run(_ask, code, _known(code, by), asked)
        finally:
            with _list:
                del _running[key]
            asking.done.set()

    threading.Thread(target=work, name=f"asks {code}", daemon=True).start()
    return asking


def _ask(code: str, by: str | None, asked: dict[str, Any]) -> None:
    begun = time.perf_counter()
    try:
        figures.ask(code, by=by, reveal=True, **asked)  # what may not be seen is hidden when it is shown
        _seconds[code] = time.perf_counter() - begun
    except Exception:
        log.info("A figure could not be asked beforehand.", exc_info=True)
    finally:
        connections.close_all()  # of this thread
