"""Phones of a programme and the people who may get one, as far as somebody's scope reaches."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mlezi.instruments.models import Submission
from mlezi.people.models import Device, Person
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme, RoleAssignment
from mlezi.programmes.permissions import ROLES, Permission
from mlezi.programmes.queries import running_on

FILLING = [code for code, role in ROLES.items() if role.allows(Permission.LOG_ENCOUNTERS)]


def fillers(programme: Programme, scope: Scope, *, on: date) -> QuerySet[Person]:
    """People who fill in forms in the programme that day, within reach of the scope."""
    roles = _reached(programme, scope).filter(running_on(on), role__in=FILLING)
    return Person.objects.filter(pk__in=roles.values("person"), merged_into=None)


def phones(programme: Programme, scope: Scope) -> QuerySet[Device]:
    """The programme's phones within reach, revoked ones included."""
    people = _reached(programme, scope).values("person")
    rows = Device.objects.filter(programme_code=programme.code, person__in=people).select_related("person")
    sent = _sent()
    return rows.annotate(
        n_sent=Coalesce(Subquery(sent.values(n=Count("pk"))), 0),
        last_sent_at=Subquery(sent.values(last=Max("received_at"))),
    )


def _sent() -> QuerySet[Any]:
    """A phone's records, as one group. They are found by who sent them: its holder, or whom its holder absorbed."""
    holder = OuterRef(OuterRef("person"))
    senders = Person.objects.filter(Q(pk=holder) | Q(merged_into=holder) | Q(merged_into__merged_into=holder))
    rows = Submission.objects.filter(sender__in=senders.values("pk"), device=OuterRef("pk"))
    return rows.order_by().values("device")


def _reached(programme: Programme, scope: Scope) -> QuerySet[RoleAssignment]:
    """Roles whose part of the tree lies in the scope, or holds it: a regional mentor works in every district."""
    reached = Q(pk__in=[])
    for start, end in scope.ranges:
        reached |= Q(place__path__gte=start, place__path__lt=end)
        above = start.strip("/").split("/")[:-1]
        reached |= Q(place__in=[int(pk) for pk in above if pk]) | Q(place=None)
    return RoleAssignment.objects.filter(reached, programme=programme)
