"""Brings files in, as a coordinator or the command line would."""

from __future__ import annotations

from datetime import date
from typing import Any

from mlezi.audit.actions import COMMAND_LINE
from mlezi.audit.imports import actions
from mlezi.audit.imports.kinds import Context
from mlezi.audit.models import ImportBatch
from mlezi.programmes.importing.contexts import context_for
from mlezi.testing.cast import MORNING, World


def context(world: World | None = None, person: str = "", permission: Any = None, **options: Any) -> Context:
    """The command line's context, or that of one of the cast with what their role lets them touch."""
    programme = world.programme if world else None
    if not (world and person):
        return Context(COMMAND_LINE, MORNING, date(2026, 3, 2), programme=programme, options=options)
    today = date(2026, 3, 2)
    return context_for(world.people[person], world.programme, permission, at=MORNING, today=today, **options)


def preview(kind: str, text: str | bytes, within: Context) -> ImportBatch:
    content = text.encode() if isinstance(text, str) else text
    return actions.preview(kind=kind, content=content, file_name="list.csv", context=within)


def bring_in(kind: str, text: str | bytes, within: Context) -> ImportBatch:
    batch = preview(kind, text, within)
    return actions.apply(batch_id=batch.pk, context=within)


def undo(batch: ImportBatch) -> ImportBatch:
    return actions.undo(batch_id=batch.pk, by=COMMAND_LINE, at=MORNING)


def outcomes(batch: ImportBatch) -> dict[int, str]:
    return dict(batch.rows.values_list("number", "outcome"))


def reasons(batch: ImportBatch) -> str:
    return " ".join(batch.rows.values_list("reason", flat=True))
