"""A person lets somebody else see their own ratings or coaching, and takes it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.people.models import Person
from mlezi.programmes import problems
from mlezi.programmes.models import Programme, Share
from mlezi.programmes.permissions import SHAREABLE, Permission


@transaction.atomic
def give(*, person: Person, programme: Programme, to: Person, permission: Permission, at: datetime) -> Share:
    """`to` may see what `person` decided to show. Sharing the same again changes nothing. Raises `NotShareable`."""
    if permission not in SHAREABLE or to.pk == person.pk:
        raise problems.NotShareable
    share, is_new = Share.objects.get_or_create(
        person=person,
        programme=programme,
        shared_with=to,
        permission=permission.name,
        withdrawn_at=None,
        defaults={"given_at": at},
    )
    if is_new:
        audit.record("share.given", share, by=person, at=at, facts={"to": str(to.uid), "what": permission.name})
    return share


@transaction.atomic
def withdraw(*, share: Share, by: Person, at: datetime) -> Share:
    """Take it back; whoever saw it sees it no longer."""
    share = Share.objects.select_for_update().get(pk=share.pk)
    if share.withdrawn_at is None:
        share.withdrawn_at = at
        share.save(update_fields=["withdrawn_at"])
        audit.record("share.withdrawn", share, by=by, at=at)
    return share
