"""Writing the cells of a framework matrix. Nothing written is lost: the newest holds, the earlier stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.narratives.models import Code, Participant, Summary
from mlezi.people.models import Person


@transaction.atomic
def write(*, participant: Participant, code: Code, wave: str, text: str, by: Person, at: datetime) -> Summary:
    """What this participant says about this theme, in a sentence or two."""
    rows = Summary.objects.select_for_update().filter(participant=participant, code=code, wave=wave)
    newest = rows.order_by("-pk").first()
    if newest and newest.text == text:
        return newest
    made = Summary.objects.create(
        participant=participant, code=code, wave=wave, text=text, written_by=by, written_at=at
    )
    audit.record("summary.written", made, by=by, at=at)
    return made
