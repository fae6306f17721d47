"""What the worker does for matching: works scenarios out, lets requests lapse, looks after the mentees of a mentor who
stopped. Safe to run twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from mlezi.audit import worker
from mlezi.audit.actions import MACHINE
from mlezi.audit.models import Event
from mlezi.matching.actions import answering, rematching, scenarios
from mlezi.matching.models import Scenario
from mlezi.plumbing import clock
from mlezi.programmes.models import Enrolment


def work_out(events: Sequence[Event]) -> None:
    """Each scenario that was asked for and has no answer yet, oldest first."""
    asked = Scenario.objects.filter(pk__in=[event.subject_id for event in events], finished_at=None)
    for scenario in asked.select_related("round__programme", "parent").order_by("pk"):
        scenarios.run(scenario, still=lambda: worker.hold(events, at=clock.now()))


def let_lapse(events: Sequence[Event]) -> None:
    """Requests whose last day has passed."""
    for event in events:
        answering.expire(round_id=int(event.subject_id), at=clock.now())


def propose_anew(events: Sequence[Event]) -> None:
    """A draft for the mentees of each mentor who stopped; their pairs have been ended before."""
    ended = Enrolment.objects.filter(pk__in=[event.subject_id for event in events], part="mentor").exclude(to_on=None)
    for enrolment in ended.select_related("person", "programme"):
        rematching.after_leaving(enrolment=enrolment, by=MACHINE, at=clock.now())
