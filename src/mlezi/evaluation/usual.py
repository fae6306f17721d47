"""What people ask and had to wait for: kept beside the answers, so that `warming` can ask it again before they do.

Nothing here is part of the records: an entry that is lost costs somebody a wait.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.core.cache import caches

from mlezi.evaluation.ask import Question
from mlezi.plumbing import clock

log = logging.getLogger(__name__)
SLOW = 0.3  # seconds: who waited less need not be spared
DAYS = 14  # then it is forgotten, until somebody waits for it again
MOST = 300
NAME = "questions-that-took-long"


@dataclass(frozen=True)
class Asked:
    """What was asked of places. `seconds`: how long it took; `day` and `at` (by `time.time()`): when."""

    code: str
    by: str | None
    question: Question
    seconds: float
    day: date
    at: float

    @property
    def key(self) -> str:
        asked = self.question
        return repr((self.code, self.by, asked.programme, asked.start, asked.end, sorted(asked.scope.ranges)))


def noticed(code: str, by: str | None, question: Question, seconds: float) -> None:
    """Remember a question that took long. What is asked about single people is nobody else's."""
    if seconds < SLOW or question.scope.persons:
        return
    new = Asked(code, by, question, seconds, clock.now().date(), time.time())
    _keep({**remembered(), new.key: new})


def again(asked: Asked, seconds: float) -> None:
    """It was asked by the worker: quickly if nothing had changed, which says nothing about how long it takes."""
    known = remembered()
    if asked.key in known:
        _keep({**known, asked.key: replace(asked, seconds=max(seconds, asked.seconds / 2), at=time.time())})


def remembered() -> dict[str, Asked]:
    """Key → question, those that somebody waited for lately."""
    try:
        found: Mapping[str, Asked] = caches["answers"].get(NAME) or {}
        oldest = clock.now().date().toordinal() - DAYS
        return {key: one for key, one in found.items() if one.day.toordinal() >= oldest}
    except Exception:  # a damaged file, or one of another version
        log.info("What people usually ask cannot be read; it is learned anew.", exc_info=True)
        return {}


def _keep(questions: Mapping[str, Asked]) -> None:
    newest = sorted(questions.values(), key=lambda one: one.at, reverse=True)[:MOST]
    try:
        caches["answers"].set(NAME, {one.key: one for one in newest})
    except Exception:  # as on a full disk: `answers` says so
        log.info("What people usually ask cannot be remembered.", exc_info=True)
