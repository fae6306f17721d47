"""What somebody may touch when they bring in a file for a programme."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from mlezi.audit.imports.kinds import Context
from mlezi.people.models import Person
from mlezi.programmes import queries
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import Permission


def context_for(
    person: Person, programme: Programme, permission: Permission, *, at: datetime, today: date, **options: Any
) -> Context:
    """Places of the person's part, and the participants they see; those may work nowhere yet."""
    scope = queries.scope_of(person, permission, programme=programme, on=today)
    if scope.ranges:
        seen = queries.participants(scope, programme, on=today).values_list("pk", flat=True)
        scope = replace(scope, persons=scope.persons | frozenset(seen))
    return Context(person, at, today, scope=scope, programme=programme, options=options)
