"""Type in one outcome of a person, or take out one that was typed or imported."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.outcomes import problems
from mlezi.outcomes.importing.figures import DOI
from mlezi.outcomes.models import Outcome
from mlezi.people.models import Person
from mlezi.programmes.models import Programme


@transaction.atomic
def note(
    *,
    programme: Programme,
    person: Person,
    kind: str,
    on_day: date | None,
    due_on: date | None,
    value: float | None,
    unit: str,
    label: str,
    by: Actor,
    at: datetime,
) -> Outcome:
    """Write down an outcome. A milestone that was awaited is now reached. Raises `SaysNothing`, `KnownAlready`."""
    kind = re.sub(r"\W+", "_", kind.casefold()).strip("_")[:60]
    if not kind or (on_day is None and due_on is None) or (value is None and not label):
        raise problems.SaysNothing
    found = DOI.fullmatch(label.strip())
    label = found[1].rstrip(".").lower() if found else label.strip()
    awaited = Outcome.objects.select_for_update().filter(
        programme=programme, person=person, kind=kind, label=label, on_day=None, submission=None
    )
    row = awaited.first() or Outcome(programme=programme, person=person, kind=kind, label=label)
    row.on_day, row.due_on, row.value, row.unit = on_day, due_on or row.due_on, value, unit
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise problems.KnownAlready(person=person) from error
    audit.record("outcome.noted", row, by=by, at=at, facts={"kind": kind})
    return row
