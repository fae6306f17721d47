"""What waits for a person: requests in quarantine, and records that are kept but parked."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from mlezi.instruments.models import FormVersion, Quarantined, Submission
from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme


def kept(programme: Programme, scope: Scope) -> QuerySet[Quarantined]:
    """Requests in quarantine that this scope reaches, newest first. Their bodies are not fetched."""
    rows = Quarantined.objects.filter(_reached(programme, scope), programme=programme)
    return rows.defer("content").select_related("sender", "device", "submission").order_by("-received_at", "pk")


def parked(programme: Programme, scope: Scope) -> QuerySet[Submission]:
    """Kept records that wait for somebody, or that somebody set aside, newest first."""
    waits = Q(state=Submission.State.PARKED) | Q(state=Submission.State.SET_ASIDE)
    rows = Submission.objects.filter(waits, _reached(programme, scope), programme=programme, is_current=True)
    return rows.defer("xml").select_related("sender", "form_version").order_by("-received_at", "pk")


def n_waiting(programme: Programme, scope: Scope) -> int:
    """How many need a person now."""
    open_ = kept(programme, scope).filter(outcome=Quarantined.Outcome.OPEN).count()
    return open_ + parked(programme, scope).filter(state=Submission.State.PARKED).count()


def versions(programme: Programme) -> QuerySet[FormVersion]:
    """Published versions a record may be said to belong to."""
    rows = FormVersion.objects.filter(form__programme=programme).select_related("form")
    return rows.defer("xml", "source", "meanings").order_by("form__form_id", "-published_at")


def rival(row: Quarantined) -> Submission | None:
    """The record here that this one clashes with."""
    ids = [uid for uid in (row.instance_id, row.detail) if uid]
    here = Submission.objects.filter(programme=row.programme, form_id=row.form_id, instance_id__in=ids)
    return here.order_by("-received_at").first()


def _reached(programme: Programme, scope: Scope) -> Q:
    """All of the programme for whoever reaches its whole part of the tree; otherwise by where senders work.

    What cannot be read has no place of its own.
    """
    whole = programme.place.path if programme.place else "/"
    if any(start <= whole < end for start, end in scope.ranges):
        return Q()
    senders = Q(pk__in=[])
    for start, end in scope.ranges:
        senders |= Q(posts__place__path__gte=start, posts__place__path__lt=end)
        senders |= Q(roles__place__path__gte=start, roles__place__path__lt=end)
    return Q(sender__in=Person.objects.filter(senders).values("pk"))
