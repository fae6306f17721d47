"""What waits for a person: requests in quarantine, and records that are kept but parked."""

from __future__ import annotations

from django.db.models import QuerySet

from mlezi.instruments.models import FormVersion, Quarantined, Submission
from mlezi.instruments.queries import few
from mlezi.instruments.queries.reach import by_sender, within
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme


def kept(programme: Programme, scope: Scope) -> QuerySet[Quarantined]:
    """Requests in quarantine that this scope reaches, newest first. Their bodies are not fetched."""
    rows = Quarantined.objects.filter(by_sender(programme, scope), programme=programme)
    return rows.defer("content").select_related("sender", "device", "submission").order_by("-received_at", "pk")


def parked(programme: Programme, scope: Scope) -> QuerySet[Submission]:
    """Kept records that wait for somebody, or that somebody set aside, newest first."""
    rows = few.parked().filter(within(programme, scope), programme=programme, is_current=True)
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
