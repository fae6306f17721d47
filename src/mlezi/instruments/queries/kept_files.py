"""Every file that lies in the store and not in the database: what a backup must carry, and what must be there."""

from __future__ import annotations

from collections.abc import Iterator

from mlezi.instruments.models import Attachment, Quarantined


def kept_files() -> Iterator[tuple[str, int, str]]:
    """Key, size and to what it belongs, in words for whoever runs the server. Newest first."""
    files = Attachment.objects.order_by("-pk").values_list("key", "size", "name", "submission_id")
    for key, size, name, record in files.iterator(chunk_size=2000):
        yield key, size, f"{name} of the record {record}"
    bodies = Quarantined.objects.exclude(key="").order_by("-received_at").values_list("key", "size", "pk")
    for key, size, row in bodies.iterator(chunk_size=2000):
        yield key, size, f"what came in quarantine as {row}"
