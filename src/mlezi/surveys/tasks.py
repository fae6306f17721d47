"""What follows for who is asked, and for how answers count. Safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from mlezi.audit.models import Event
from mlezi.instruments.derivation import stale
from mlezi.instruments.models import Submission
from mlezi.plumbing import clock
from mlezi.programmes.models import Programme
from mlezi.surveys import declared, mailing
from mlezi.surveys.actions.scheduling import bring_everything_up_to_date
from mlezi.surveys.models import Filled, Invitation


def plan(events: Sequence[Event]) -> None:
    """People came, went or were moved, or the blueprint changed: see who is due now."""
    bring_everything_up_to_date()


def planned(events: Sequence[Event]) -> None:
    """Answers that came before their invitation find their wave."""
    for event in events:
        instruments = event.facts.get("instruments", [])
        programme = int(event.subject_id)
        asked = Invitation.objects.filter(programme=programme, instrument__in=instruments).values("person")
        rows = Filled.objects.filter(programme=programme, instrument__in=instruments, person__in=asked)
        stale.derive_touched((), set(rows.values_list("submission_id", flat=True)), at=clock.now())


def rescore(events: Sequence[Event]) -> None:
    """The rules of an instrument changed: score again what was answered."""
    for event in events:
        if not event.facts.get("instruments"):
            continue
        for programme in Programme.objects.filter(pk=event.subject_id):
            forms = list(declared.instruments(programme))
            rows = Submission.objects.filter(programme=programme, form_id__in=forms, is_current=True)
            stale.derive_touched((), set(rows.values_list("pk", flat=True)), at=clock.now())


def mail(events: Sequence[Event]) -> None:
    """Send the same line by e-mail to whoever has an address, where a sender is set up."""
    for event in events:
        mailing.send(Programme.objects.get(pk=event.subject_id), [UUID(pk) for pk in event.facts.get("ids", [])])
