"""Takes a list of filled-in questionnaires back: its records stay as they came, and mean nothing from then on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext

from mlezi.audit import problems
from mlezi.audit.actions import Actor
from mlezi.audit.models import ImportRow
from mlezi.instruments.actions import parking
from mlezi.instruments.models import Submission

MOST_REASONS = 20


def take_back(rows: Sequence[ImportRow], by: Actor, at: datetime) -> None:
    """Raises `CannotUndo`, and sets nothing aside, when a record was corrected since."""
    numbers = {pk: row.number for row in rows for _, pk in (row.before or {}).get("made", [])}
    records: list[Submission] = []
    pks = list(numbers)
    for start in range(0, len(pks), 500):
        records += Submission.objects.filter(pk__in=pks[start : start + 500]).defer("xml")
    corrected = sorted(numbers[str(one.pk)] for one in records if not one.is_current)
    if corrected:
        said = gettext("Row {row}: its record was corrected since.")
        raise problems.CannotUndo(reasons=" ".join(said.format(row=number) for number in corrected[:MOST_REASONS]))
    note = gettext("The list that it came in with was taken back.")
    for one in records:
        if one.state != Submission.State.SET_ASIDE:
            parking.ignore(submission=one, note=note, by=by, at=at)
