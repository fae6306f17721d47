"""Keep or let go of a programme's guidance; told by whoever applies a blueprint."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.field.models import Material
from mlezi.programmes.models import Programme

TEXT = {".md": "text/markdown", ".txt": "text/plain"}  # what the standard library does not know everywhere


@transaction.atomic
def keep_material(
    *, programme: Programme, name: str, content: bytes, facts: Mapping[str, Any], by: Actor, at: datetime
) -> Material:
    """Offer this file under this name from now on; one that was there is replaced. `facts`: title, domain, …"""
    Programme.objects.select_for_update().get(pk=programme.pk)
    row, _ = Material.objects.update_or_create(
        programme=programme,
        name=name,
        defaults={**facts, "kind": kind_of(name), "content": content, "sha256": hashlib.sha256(content).hexdigest()},
    )
    audit.record("material.kept", row, by=by, at=at, facts={"name": name, "bytes": len(content)})
    return row


@transaction.atomic
def drop_material(*, programme: Programme, name: str, by: Actor, at: datetime) -> None:
    """Offer it no more. A phone that kept it lets go of it when it next fetches the list."""
    row = Material.objects.select_for_update().filter(programme=programme, name=name).first()
    if row is None:
        return
    audit.record("material.dropped", row, by=by, at=at, facts={"name": name})
    row.delete()


def kind_of(name: str) -> str:
    ending = f".{name.rpartition('.')[2].lower()}"
    return TEXT.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
