"""Two rows are one human being: a coordinator's decision that keeps history and can be undone.

Rows that people made (posts, enrolments, pairs …) are pointed at the person kept and listed in
`Merge.moved`. A row that would double one of the kept person's is put away in that list, whole.
What was derived from submissions is derived again, by the events recorded here.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext

from mlezi.audit import actions as audit
from mlezi.audit.imports.findings import stored_value
from mlezi.people import belongings, problems
from mlezi.people.models import Account, Merge, NotTheSame, Person

FILLED = ("code", "cadre", "phone", "email", "languages")


@transaction.atomic
def merge(*, kept: Person, absorbed: Person, by: audit.Actor, at: datetime, note: str = "") -> Merge:
    """From now on `absorbed` is `kept`. Raises `CannotMerge`."""
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=[kept.pk, absorbed.pk])}
    if kept.pk == absorbed.pk:
        raise problems.CannotMerge(one=kept, other=absorbed, reason=gettext(problems.SAME_ROW))
    kept, absorbed = rows[kept.pk], rows[absorbed.pk]
    if kept.merged_into_id or absorbed.merged_into_id:
        raise problems.CannotMerge(one=kept, other=absorbed, reason=gettext(problems.MERGED_BEFORE))
    moved = [*_move_rows(kept, absorbed), *_move_account(kept, absorbed), *_fill(kept, absorbed)]
    absorbed.merged_into = kept
    absorbed.save(update_fields=["merged_into"])
    decided = Merge.objects.create(
        kept=kept, absorbed=absorbed, decided_at=at, decided_by_name=by.name, note=note, moved=moved
    )
    audit.record("people.merged", decided, by=by, at=at, facts=_facts(decided))
    return decided


@transaction.atomic
def undo(*, merge: Merge, by: audit.Actor, at: datetime) -> Merge:
    """They are two people after all: everything moved goes back where it still can. Raises `CannotUnmerge`."""
    decided = Merge.objects.select_for_update().get(pk=merge.pk)
    if decided.undone_at:
        raise problems.CannotUnmerge(reason=gettext(problems.UNDONE_BEFORE))
    absorbed = Person.objects.select_for_update().get(pk=decided.absorbed_id)
    if absorbed.merged_into_id != decided.kept_id:
        raise problems.CannotUnmerge(reason=gettext(problems.MERGED_ELSEWHERE))
    absorbed.merged_into = None
    absorbed.save(update_fields=["merged_into"])
    for step in reversed(decided.moved):
        _take_back(step)
    decided.undone_at = at
    decided.save(update_fields=["undone_at"])
    audit.record("people.unmerged", decided, by=by, at=at, facts=_facts(decided))
    return decided


@transaction.atomic
def keep_apart(*, one: Person, other: Person, by: audit.Actor, at: datetime) -> NotTheSame:
    """These look-alikes are two people; they are not proposed again."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    decided, is_new = NotTheSame.objects.get_or_create(
        one=first, other=second, defaults={"decided_at": at, "decided_by_name": by.name}
    )
    if is_new:
        audit.record("people.kept_apart", decided, by=by, at=at, facts={"one": first.pk, "other": second.pk})
    return decided


def _move_rows(kept: Person, absorbed: Person) -> list[dict[str, Any]]:
    moved: list[dict[str, Any]] = []
    for label, field in belongings.moved():
        for row in apps.get_model(label).objects.filter(**{field: absorbed}).order_by("pk"):
            try:
                with transaction.atomic():
                    moved.append(_changed(row, **{field: kept}))
            except IntegrityError:  # the kept person has such a row already
                moved.extend(_put_away(row, field, kept))
    return moved


def _put_away(row: Model, field: str, kept: Person) -> list[dict[str, Any]]:
    """Keep the row in the list only; the row it doubles takes over an earlier beginning."""
    stored = json.loads(serializers.serialize("json", [type(row)._base_manager.get(pk=row.pk)]))[0]
    steps = []
    twin = _twin(row, field, kept)
    if twin is not None and twin.from_on > row.from_on:  # type: ignore[attr-defined]
        steps.append(_changed(twin, from_on=row.from_on))  # type: ignore[attr-defined]
    type(row)._base_manager.filter(pk=row.pk).delete()
    return [{"put_away": stored}, *steps]


def _twin(row: Model, field: str, kept: Person) -> Any:
    names = {one.name for one in row._meta.concrete_fields}
    if not {"from_on", "to_on"} <= names:
        return None
    alike = ("programme", "part", "role", "place", "kind", "guide", "learner")
    same: dict[str, Any] = {name: getattr(row, name) for name in alike if name in names}
    same |= {field: kept, "to_on": None}
    return type(row)._base_manager.filter(**same).first()


def _move_account(kept: Person, absorbed: Person) -> list[dict[str, Any]]:
    account = Account.objects.filter(person=absorbed).first()
    if account is None:
        return []
    if Account.objects.filter(person=kept).exists():
        return [_changed(account, is_active=False)]
    return [_changed(account, person=kept)]


def _fill(kept: Person, absorbed: Person) -> list[dict[str, Any]]:
    """What only the absorbed row knows is kept; a staff number belongs to one row, so it goes over."""
    known = {name: getattr(absorbed, name) for name in FILLED if getattr(absorbed, name) and not getattr(kept, name)}
    if not known:
        return []
    steps = [_changed(absorbed, code=None)] if "code" in known else []
    return [*steps, *(_changed(kept, **{name: value}) for name, value in known.items())]


def _changed(row: Model, **values: object) -> dict[str, Any]:
    before = {name: stored_value(row, name) for name in values}
    old = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.save(update_fields=list(values))
    except IntegrityError:
        for name, value in old.items():
            setattr(row, name, value)
        raise
    after = {name: stored_value(row, name) for name in values}
    return {"row": [row._meta.label, str(row.pk)], "before": before, "after": after}


def _take_back(step: dict[str, Any]) -> None:
    """One step back. A row that was changed or removed by hand since stays as somebody left it."""
    with suppress(IntegrityError), transaction.atomic():
        if "put_away" in step:
            for stored in serializers.deserialize("json", json.dumps([step["put_away"]])):
                stored.save()
        else:
            _restore(step)


def _restore(step: dict[str, Any]) -> None:
    label, pk = step["row"]
    row = apps.get_model(label)._base_manager.filter(pk=pk).first()
    if row is None or any(stored_value(row, name) != value for name, value in step["after"].items()):
        return
    for name, value in step["before"].items():
        field: Any = row._meta.get_field(name)
        setattr(row, field.attname, None if value is None else field.to_python(value))
    row.save(update_fields=list(step["before"]))


def _facts(decided: Merge) -> dict[str, str]:
    return {"kept": str(decided.kept.uid), "absorbed": str(decided.absorbed.uid)}
