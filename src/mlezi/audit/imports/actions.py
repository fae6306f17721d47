"""Preview, apply and undo. A batch is applied whole or not at all."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.audit import problems
from mlezi.audit.actions import Actor
from mlezi.audit.imports import headers
from mlezi.audit.imports.findings import Finding, as_stored, counts, is_as_previewed
from mlezi.audit.imports.kinds import KINDS, Context, Kind
from mlezi.audit.models import ImportBatch, ImportRow
from mlezi.formats import spreadsheet
from mlezi.formats.table import Table, Unreadable

MOST_ROWS = 20_000


@transaction.atomic
def preview(*, kind: str, content: bytes, file_name: str, context: Context) -> ImportBatch:
    """Say what every row would do, and write nothing but that.

    Raises `UnreadableFile` and `MissingColumns`.
    """
    findings, unused = _judged(KINDS[kind], content, context)
    batch = ImportBatch.objects.create(
        kind=kind,
        programme_code=context.programme.code if context.programme else "",
        file_name=file_name[-255:],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        options=context.options,
        summary={**counts(findings), "unused_columns": unused},
        by_uid=str(context.by.uid),
        by_name=context.by.name,
        previewed_at=context.at,
    )
    ImportRow.objects.bulk_create([_row(batch, finding) for finding in findings], batch_size=500)
    return batch


@transaction.atomic
def apply(*, batch_id: UUID, context: Context) -> ImportBatch:
    """Write the rows that are new or changed; rows with a problem are left out.

    Judges every row again first: raises `PreviewIsStale` when any would now do something else,
    `AlreadyDone` when the batch was applied before.
    """
    batch = _locked(batch_id)
    if batch.applied_at or batch.undone_at:
        raise problems.AlreadyDone
    kind = KINDS[batch.kind]
    findings, _ = _judged(kind, bytes(batch.content), context)
    rows = {row.number: row for row in batch.rows.all()}
    for finding in findings:
        if not is_as_previewed(finding, rows[finding.number]):
            raise problems.PreviewIsStale(row=finding.number)
    kind.write([finding for finding in findings if finding.is_to_write], context)
    _keep(findings, rows)
    batch.applied_at = context.at
    batch.save(update_fields=["applied_at"])
    audit.record(f"{batch.kind}.imported", batch, by=context.by, at=context.at, facts=_facts(batch))
    return batch


@transaction.atomic
def undo(*, batch_id: UUID, by: Actor, at: datetime) -> ImportBatch:
    """Take back everything a batch wrote, or nothing.

    Raises `CannotUndo` with every reason when later data depend on a row it made, or when something
    it changed was changed again; `NotApplied` when there is nothing to take back.
    """
    batch = _locked(batch_id)
    if batch.undone_at:
        raise problems.AlreadyDone
    if not batch.applied_at:
        raise problems.NotApplied
    KINDS[batch.kind].take_back(list(batch.rows.order_by("number")), by=by, at=at)
    batch.undone_at = at
    batch.save(update_fields=["undone_at"])
    audit.record(f"{batch.kind}.import_undone", batch, by=by, at=at, facts=_facts(batch))
    return batch


def _judged(kind: Kind, content: bytes, context: Context) -> tuple[list[Finding], list[str]]:
    table = _read(content, context.options.get("sheet", ""))
    columns = kind.columns(context)
    found, unused = headers.matched(table.header, columns, told=context.options.get("columns"))
    missing = [str(column.title) for column in columns if column.required and column.key not in found]
    if missing:
        raise problems.MissingColumns(missing=", ".join(missing), found=", ".join(table.header))
    findings = [
        Finding(row.number, {key: row.cells[index] for key, index in found.items() if row.cells[index]})
        for row in table.rows
    ]
    kind.judge(findings, context)
    return findings, unused


def _read(content: bytes, sheet: str) -> Table:
    try:
        table = spreadsheet.read(content, sheet=sheet, most_rows=MOST_ROWS)
        if not table.rows:  # nobody brings in nothing: it is the wrong sheet or file
            sheets = spreadsheet.names(content)
            raise Unreadable("no_rows" if len(sheets) > 1 else "empty", sheets=", ".join(sheets))
        return table
    except Unreadable as error:
        raise problems.unreadable(error) from error


def _row(batch: ImportBatch, finding: Finding) -> ImportRow:
    return ImportRow(
        batch=batch,
        number=finding.number,
        outcome=finding.outcome,
        values=as_stored(finding),
        subject_id=str(finding.subject.pk) if finding.subject and finding.subject.pk else "",
        reason="\n".join(finding.reasons),
    )


def _keep(findings: list[Finding], rows: dict[int, ImportRow]) -> None:
    """Remember on each row what was made and what stood there before."""
    written = []
    for finding in findings:
        row = rows[finding.number]
        if finding.made or finding.changed:
            row.before = {"made": finding.made, "changed": finding.changed}
            row.subject_id = str(finding.subject.pk) if finding.subject else ""
            written.append(row)
    ImportRow.objects.bulk_update(written, ["before", "subject_id"], batch_size=200)


def _locked(batch_id: UUID) -> ImportBatch:
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise problems.NoSuchBatch
    return batch


def _facts(batch: ImportBatch) -> dict[str, Any]:
    return {"programme": batch.programme_code, "file": batch.file_name, **batch.summary}
