"""What follows for texts when a record came: its open answers can be read and coded. Safe to run twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from mlezi.audit.models import Event
from mlezi.instruments.models import Submission
from mlezi.narratives.actions import gathering
from mlezi.plumbing import clock
from mlezi.programmes.models import Programme
from mlezi.surveys.models import Filled


def take_answers(events: Sequence[Event]) -> None:
    """Make texts of the open answers in these submissions; those of a record that was set aside go with it."""
    ids = [UUID(event.subject_id) for event in events]
    aside = Submission.objects.filter(pk__in=ids, state=Submission.State.SET_ASIDE).order_by()
    for programme_id, form_id in aside.values_list("programme_id", "form_id").distinct():
        gathering.forget(programme=Programme.objects.get(pk=programme_id), form_id=form_id, at=clock.now())
    rows = Filled.objects.filter(submission__in=ids).select_related("place", "programme")
    by_programme: dict[int, list[Filled]] = defaultdict(list)
    for row in rows.order_by("answered_on", "pk"):
        by_programme[row.programme_id].append(row)
    for programme in Programme.objects.filter(pk__in=by_programme):
        gathering.answers(programme=programme, filled=by_programme[programme.pk], at=clock.now())
