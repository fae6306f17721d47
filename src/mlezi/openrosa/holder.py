"""Whose phone it is and what they are in its programme: one statement, asked again for every request.

Nothing of it is remembered, so that a phone that was revoked and a role that ended count at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.db import connection

from mlezi.people.models import Device, Person
from mlezi.people.queries.devices import token_hash
from mlezi.plumbing.selecting import Part
from mlezi.plumbing.statements import run
from mlezi.programmes.models import Programme, RoleAssignment


@dataclass(frozen=True)
class Holder:
    """A phone with its person, its programme (None when there is no such one), and every role ever held there."""

    device: Device
    programme: Programme | None
    roles: list[RoleAssignment]


def holder(token: str) -> Holder | None:
    """Who holds the phone with this token, a revoked one included; None when no phone has it."""
    asking = _asking(connection.vendor)
    rows = run(asking.statement, [token_hash(token)]).fetchall()
    if not rows:
        return None
    device = asking.phone.row(rows[0])
    device.person = asking.person.row(rows[0])
    programme = asking.programme.row(rows[0]) if asking.programme.is_in(rows[0]) else None
    return Holder(device, programme, [asking.role.row(row) for row in rows if asking.role.is_in(row)])


class _Asking:
    """The statement and its parts."""

    def __init__(self) -> None:
        self.phone = Part(
            Device, "d", ("person", "programme_code", "name", "device_id", "last_seen_at", "unsent", "revoked_at")
        )
        self.person = Part(Person, "p", ("uid", "name", "languages"), after=self.phone)
        # The blueprint is not read: it is large, and what brings a record in seldom looks at it.
        self.programme = Part(Programme, "g", ("uid", "code", "place", "time_zone"), after=self.person)
        self.role = Part(RoleAssignment, "r", ("role", "from_on", "to_on"), after=self.programme)
        columns = (self.phone.columns, self.person.columns, self.programme.columns, self.role.columns)
        self.statement = (
            f"SELECT {', '.join(columns)} FROM {self.phone.table}"  # noqa: S608 - our own names
            f" JOIN {self.person.table} ON p.id = d.person_id"
            f" LEFT JOIN {self.programme.table} ON g.code = d.programme_code"
            f" LEFT JOIN {self.role.table}"
            " ON r.person_id = d.person_id AND (r.programme_id = g.id OR r.programme_id IS NULL)"
            " WHERE d.token_hash = %s"
        )


@cache
def _asking(vendor: str) -> _Asking:  # noqa: ARG001 - each database gives its values in its own way
    return _Asking()
