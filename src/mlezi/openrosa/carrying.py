"""Take in what somebody carried to the office on a memory card: each record through the door that phones use.

A record that came over the line meanwhile is a repeat; one that is damaged is told apart and spoils no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO
from uuid import UUID

from django.core.files.base import File

from mlezi.formats import carried
from mlezi.instruments.actions import receiving
from mlezi.instruments.arrivals import Incoming, Outcome
from mlezi.instruments.models import Submission
from mlezi.openrosa import problems, recovery
from mlezi.people.models import Device, Person
from mlezi.programmes.models import Programme

WHOLE = {Outcome.CREATED, Outcome.EDITED, Outcome.ADDED, Outcome.REPEATED, Outcome.PARKED}


@dataclass(frozen=True)
class Taken:
    """What became of one record. `outcome` is "damaged" when its bytes are not those the phone wrote."""

    id: str
    form: str
    outcome: str
    message: str
    where: str = ""

    @property
    def is_here(self) -> bool:
        return self.outcome in WHOLE


def take_in(source: BinaryIO, *, programme: Programme | None, at: datetime) -> list[Taken]:
    """Every record of the file. Raises `NotAnExport`, `OtherProgramme` or `NotSealedForUs`.

    `programme`: the only one to take records for; None takes the one that the file names.
    """
    try:
        found = carried.read(source, recovery.opened)
    except carried.Damaged as error:
        raise problems.NotAnExport from error
    if programme is not None and found.programme != programme.code:
        raise problems.OtherProgramme(theirs=found.programme, ours=programme.code)
    into = programme or Programme.objects.filter(code=found.programme).first()
    if into is None:
        raise problems.OtherProgramme(theirs=found.programme, ours="–")
    sender = _person(found.person)
    device = Device.objects.filter(device_id=found.device, person=sender).first() if sender else None
    return [_take(record, into, sender, device, at) for record in found.records]


def _take(record: carried.Record, into: Programme, sender: Person | None, device: Device | None, at: datetime) -> Taken:
    if record.trouble:
        return Taken(
            record.id, record.form, record.trouble, str(problems.DamagedRecord(where=record.where)), record.where
        )
    files = [Incoming(name, File(BytesIO(content), name)) for name, content in record.files.items()]
    receipt = receiving.receive(
        programme=into, xml=record.xml, files=files, sender=sender, device=device, source=Submission.Source.FILE, at=at
    )
    return Taken(record.id, record.form, receipt.outcome.value, receipt.message)


def _person(uid: str) -> Person | None:
    try:
        return Person.objects.filter(uid=UUID(uid)).first()
    except ValueError:
        return None
