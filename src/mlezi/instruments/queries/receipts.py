"""What is safe at the office, so that a phone may let go of its own copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mlezi.instruments.models import Quarantined, Submission
from mlezi.programmes.models import Programme

MOST = 200  # ids in one question


def receipts(programme: Programme, instance_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """For each known instance id: the hash of its bytes, its files present and missing, its state.

    Tells nothing of what a record says, so whoever knows its id may ask. One that is only in quarantine
    is answered as such, with the hash of what came. Unknown ids are absent.
    """
    found: dict[str, dict[str, Any]] = {}
    waiting = Quarantined.objects.filter(programme=programme, instance_id__in=instance_ids)
    for kept in waiting.exclude(outcome=Quarantined.Outcome.TAKEN_IN).only("instance_id", "form_id", "xml_sha256"):
        found[kept.instance_id] = {
            "form_id": kept.form_id,
            "sha256": kept.xml_sha256,
            "state": "quarantine",
            "present": [],
            "missing": [],
        }
    rows = Submission.objects.filter(programme=programme, instance_id__in=instance_ids).defer("xml")
    for row in rows.prefetch_related("attachments"):
        files = {file.name: file for file in row.attachments.all()}
        found[row.instance_id] = {
            "form_id": row.form_id,
            "sha256": row.sha256,
            "state": row.state,
            "received_at": row.received_at.isoformat(),
            "is_current": row.is_current,
            "present": [{"name": n, "sha256": f.sha256, "size": f.size} for n, f in sorted(files.items())],
            "missing": [name for name in row.expected_files if name not in files],
        }
    return found
