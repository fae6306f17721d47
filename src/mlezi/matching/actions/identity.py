"""Signing what a programme does with identity; giving and taking back one's own answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.matching import problems, sealing
from mlezi.matching.models import IdentityAnswer, IdentityPolicy
from mlezi.matching.queries import identity
from mlezi.people.models import Person
from mlezi.programmes.models import Programme


@transaction.atomic
def sign(
    *, programme: Programme, use: str, by: Person, at: datetime, question: Mapping[str, Any] | None = None,
    wording: str = "", reason: str = "",
) -> IdentityPolicy:  # fmt: skip
    """From now on the programme does this with identity. Not collecting erases what was collected."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    made = IdentityPolicy.objects.create(
        programme=programme, use=IdentityPolicy.Use(use), question=dict(question or {}), wording=wording,
        reason=reason, signed_by=by, signed_at=at,
    )  # fmt: skip
    if made.use == IdentityPolicy.Use.NOT_COLLECTED:
        IdentityAnswer.objects.filter(programme=programme).delete()
    audit.record("identity_policy.signed", made, by=by, at=at, facts={"use": made.use})
    return made


@transaction.atomic
def answer(*, person: Person, programme: Programme, says: str, asks: str, at: datetime, by: audit.Actor) -> None:
    """Keep what somebody says of themselves, sealed; both may be empty. Raises `PolicyForbids`.

    The record of who did what names neither the person nor the answer.
    """
    policy = identity.policy_of(programme)
    if policy is None or policy.use == IdentityPolicy.Use.NOT_COLLECTED:
        raise problems.PolicyForbids(policy=policy.use if policy else "–")
    where_asked = policy.use == IdentityPolicy.Use.WHERE_ASKED
    kept = {"is": says.strip()[:100], "asks": asks.strip()[:100] if where_asked else ""}
    if not any(kept.values()):
        return withdraw(person=person, programme=programme, at=at, by=by)
    IdentityAnswer.objects.update_or_create(
        whose=sealing.whose(person, programme),
        defaults={"programme": programme, "policy": policy, "sealed": sealing.seal(kept)},
    )
    audit.record("identity.answered", programme, by=audit.MACHINE, at=at)
    return None


@transaction.atomic
def withdraw(*, person: Person, programme: Programme, at: datetime, by: audit.Actor) -> None:
    """Erase what somebody said of themselves. Scenarios worked out later do without it."""
    IdentityAnswer.objects.filter(whose=sealing.whose(person, programme)).delete()
    audit.record("identity.withdrawn", programme, by=audit.MACHINE, at=at)
