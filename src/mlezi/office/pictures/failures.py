"""Work that the machine could not do: what failed, why, how often, and of whom it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.audit import queries
from mlezi.audit.models import Event
from mlezi.office import links
from mlezi.places.scope import Scope
from mlezi.plumbing.figures import Figure
from mlezi.plumbing.words import number
from mlezi.programmes.models import Programme
from mlezi.programmes.queries import participants

MOST = 500
TITLES = {
    "submission": _("Read what a form record means"),
    "person": _("Follow a change of a person"),
    "people": _("Follow a change of people"),
    "enrolment": _("Follow who takes part"),
    "place": _("Follow a change of a place"),
    "places": _("Follow a change of places"),
    "encounter": _("Follow a change of the visit plan"),
    "blueprint": _("Follow a change of the programme"),
    "invitations": _("Ask people to fill in a questionnaire"),
    "requests": _("Follow up requests to be paired"),
    "scenario": _("Work out a proposal of pairs"),
    "rollups": _("Add up the figures again after an update"),
}


def of(programme: Programme, scope: Scope) -> list[dict[str, Any]]:
    """Failures about things of the programme that the scope reaches, newest first; other programmes' are not shown."""
    found = list(queries.failures()[:MOST])
    mine = _mine(found, programme, scope)
    return [_row(event, programme) for event in found if event.pk in mine]


def _mine(found: list[Event], programme: Programme, scope: Scope) -> set[int]:
    """Which of the events are about rows of the programme, or about somebody who takes part in it."""
    kept: set[int] = set()
    models = {model.__name__: model for model in apps.get_models() if model.__module__.startswith("mlezi.")}
    for kind in {event.subject_kind for event in found} & set(models):
        ids = {event.subject_id: event.pk for event in found if event.subject_kind == kind}
        model: Any = models[kind]
        rows = model._default_manager.filter(pk__in=[_key(model, text) for text in ids])
        if kind == "Programme":
            rows = rows.filter(pk=programme.pk)
        elif kind == "Person":
            rows = rows.filter(pk__in=participants(scope, programme).values("pk"))
        elif kind == "Place":
            rows = rows.filter(scope.where(path="path", programme=None))
        else:
            try:
                model._meta.get_field("programme")
            except FieldDoesNotExist:
                continue
            rows = rows.filter(programme=programme)
        kept |= {ids[str(pk)] for pk in rows.values_list("pk", flat=True)}
    return kept


def _key(model: Any, text: str) -> Any:
    return UUID(text) if model._meta.pk.get_internal_type() == "UUIDField" else int(text)


def _row(event: Event, programme: Programme) -> dict[str, Any]:
    subject = event.name.partition(".")[0]
    return {
        "id": event.pk,
        "title": TITLES.get(subject, event.name),
        "name": event.name,
        "url": links.page("record", programme, event.subject_id) if event.subject_kind == "Submission" else "",
        "since": event.at,
        "attempts": event.attempts,
        "again_at": event.run_after if event.waits else None,
        "why": event.failure,
        "said": _said(event),
    }


def _said(event: Event) -> str:
    if event.waits and event.run_after:
        return gettext("Tried {n} times; next at {time}.").format(
            n=event.attempts, time=date_format(localtime(event.run_after), "H:i")
        )
    return gettext("Given up after {n} tries.").format(n=event.attempts)


def state(at: datetime, rows: list[dict[str, Any]]) -> list[Figure]:
    """How far behind the worker of this installation is, and how much of this programme waits for somebody."""
    behind = queries.backlog(at=at)
    given_up = sum(1 for row in rows if row["again_at"] is None)
    oldest = gettext("The oldest waits since {time}.").format(
        time=date_format(localtime(behind.oldest_at), "j M H:i")
    ) if behind.oldest_at else gettext("Nothing is due.")  # fmt: skip
    return [
        Figure(_("Waiting for the worker"), number(behind.n_waiting), note=oldest),
        Figure(_("Will be tried again"), number(len(rows) - given_up), tone="wait" if len(rows) > given_up else ""),
        Figure(_("Given up"), number(given_up), tone="late" if given_up else "good",
               note=gettext("These wait for you.") if given_up else ""),
    ]  # fmt: skip
