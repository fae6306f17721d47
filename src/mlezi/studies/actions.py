"""Declaring a study, and amending it after records have come in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.programmes.models import Programme
from mlezi.studies import canonical, problems, queries
from mlezi.studies.models import Amendment, Study
from mlezi.studies.plan import Study as Plan


@transaction.atomic
def declare(
    *, programme: Programme, plan: Plan, source: str, by: Actor, at: datetime, why: str = ""
) -> tuple[Study, Amendment | None]:
    """Keep the plan of a study. The same plan again changes nothing.

    Once records have come in a different plan is an amendment, dated, with what differs.
    Raises `SayWhy` when it then lacks a reason.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    said = plan.model_dump(mode="json", by_alias=True)
    digest = canonical.sha256(said)
    study = Study.objects.filter(programme=programme, code=plan.code).first()
    if study is None:
        study = Study.objects.create(
            programme=programme, code=plan.code, plan=said, plan_sha256=digest, source=source, declared_at=at
        )
        audit.record("study.declared", study, by=by, at=at, facts={"plan": digest})
        return study, None
    if study.plan_sha256 == digest:
        return study, None
    amendment = None
    if queries.has_data(study):
        if not why.strip():
            raise problems.SayWhy
        amendment = Amendment.objects.create(
            study=study,
            number=study.amendments.count() + 1,
            made_at=at,
            made_by_name=by.name,
            why=why.strip(),
            changes=list(differences(study.plan, said)),
            before=study.plan,
        )
    study.plan, study.plan_sha256, study.source = said, digest, source
    study.save(update_fields=["plan", "plan_sha256", "source"])
    name = "study.amended" if amendment else "study.changed"
    audit.record(name, study, by=by, at=at, facts={"plan": digest, "number": amendment.number if amendment else 0})
    return study, amendment


def differences(before: Any, after: Any, path: str = "") -> Iterator[dict[str, Any]]:
    """What differs between two plans: `where`, `before`, `after`. Parts with a code are told by it."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            yield from differences(before.get(key), after.get(key), f"{path}.{key}" if path else str(key))
    elif _coded(before) and _coded(after):
        old, new = ({one["code"]: one for one in some} for some in (before, after))
        for key in dict.fromkeys([*old, *new]):
            yield from differences(old.get(key), new.get(key), f"{path}[{key}]")
    elif before != after:
        yield {"where": path, "before": before, "after": after}


def _coded(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and "code" in one for one in value)
