"""How active a mentor is: when they last led a meeting, and how they answer requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from mlezi.encounters.models import Encounter
from mlezi.matching.models import Request
from mlezi.matching.queries import loads
from mlezi.programmes.models import Programme

SILENT_DAYS = 60


@dataclass(frozen=True)
class Activity:
    """`last_on`: the last meeting led here, None for none. `unanswered`: requests that ran out of time."""

    last_on: date | None
    supports: int
    unanswered: int
    open: int

    def is_silent(self, on: date, days: int = SILENT_DAYS) -> bool:
        """Has people to support and met nobody for so long, or left the last request without an answer."""
        quiet = self.supports > 0 and (self.last_on is None or self.last_on < on - timedelta(days=days))
        return quiet or self.unanswered > 0


def of(mentors: Collection[int], programme: Programme, *, on: date) -> dict[int, Activity]:
    led = Encounter.objects.filter(programme=programme, lead__in=mentors, cancelled_because="")
    last = dict(led.values("lead").annotate(last=Max("held_on")).values_list("lead", "last"))
    supports = Counter(
        loads.running(on)
        .filter(programme=programme, guide__in=mentors, from_on__lte=on - timedelta(days=SILENT_DAYS))
        .values_list("guide", flat=True)
    )
    answers = Counter(
        Request.objects.filter(round__programme=programme, mentor__in=mentors).values_list("mentor", "answer")
    )
    return {
        pk: Activity(last.get(pk), supports[pk], answers[pk, "expired"], answers[pk, ""]) for pk in mentors
    }  # fmt: skip
