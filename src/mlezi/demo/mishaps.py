"""A dozen things that go wrong in life: repeats, clashes, unreadable records, unknown forms."""

from __future__ import annotations

from datetime import datetime, timedelta

from mlezi.demo.stage import Stage
from mlezi.instruments.actions import receiving
from mlezi.instruments.arrivals import Receipt
from mlezi.instruments.models import Submission


def bring_in(on: Stage, *, now: datetime) -> list[Receipt]:
    """Send them through the door. What cannot be taken in lands in quarantine; a second call adds nothing."""
    known = list(Submission.objects.filter(programme=on.programme, form_id="visit").order_by("instance_id")[:6])
    whole = bytes(known[0].xml)
    made = [
        *(bytes(row.xml) for row in known[:4]),  # the phone lost the answer and sends again
        bytes(known[4].xml).replace(b"<minutes>", b"<minutes>1", 1),  # the same id with other bytes
        bytes(known[5].xml).replace(b"<minutes>", b"<minutes>2", 1),
        whole[: len(whole) // 2],  # the line broke
        b"",
        b"\x00\x01 not a record",
        whole.replace(b'id="visit"', b'id="visit_old"'),  # a form this programme never had
        whole.replace(b'version="2026-01"', b'version="2025-07"').replace(b"uuid:", b"uuid:0", 1),  # an older version
        whole.replace(b"<instanceID>uuid:", b"<instanceID>", 1).replace(b"uuid:", b""),
    ]
    device = next(iter(on.devices.values()))
    return [
        receiving.receive(
            programme=on.programme,
            xml=xml,
            sender=device.person,
            device=device,
            source=Submission.Source.COLLECT,
            at=now - timedelta(hours=30 - number),
        )
        for number, xml in enumerate(made)
    ]
