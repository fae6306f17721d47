"""Hand over what a phone sent, and turn the outcome into the answer a phone understands.

201 and 202 mean *done* to every client; anything else means *keep it*. 200 is never said: phones take
it for a hotel's sign-in page. Source of the codes: OpenRosa's submission API and what ODK Collect does.
"""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from mlezi.formats.envelope import moment
from mlezi.instruments import refusals
from mlezi.instruments.actions import receiving
from mlezi.instruments.arrivals import Arrival, Outcome, Receipt
from mlezi.instruments.models import Submission
from mlezi.instruments.unpacking import Body
from mlezi.openrosa import answers, problems
from mlezi.openrosa.gate import Caller
from mlezi.people.actions import devices
from mlezi.plumbing import clock
from mlezi.plumbing.problems import Problem

log = logging.getLogger(__name__)
STATUS = {
    Outcome.CREATED: 201,
    Outcome.EDITED: 201,
    Outcome.ADDED: 201,
    Outcome.REPEATED: 202,
    Outcome.PARKED: 202,
    Outcome.CONFLICTING: 409,
    Outcome.REFUSED: 400,
}
REFUSED = {"submission.unknown_form": 404, "submission.unknown_original": 404, "submission.too_large": 413}
NO_ROOM = {errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EPERM, errno.EIO}
NO_ROOM_WORDS = ("disk is full", "readonly database", "disk i/o error", "no space left", "unable to open database")


def take(caller: Caller, request: HttpRequest, body: Body) -> Receipt:
    """Keep what came. Raises `NoRoom` or `Busy` when it could not be kept."""
    at = clock.now()
    source = _source(request)
    if body.xml is None:
        arrival = Arrival(caller.programme, b"", body.files, caller.person, caller.device, source, at=at, raw=body.raw)
        return receiving.refuse(arrival=arrival, refusal=refusals.no_record(body.trouble))
    return receiving.receive(
        programme=caller.programme,
        xml=body.xml,
        files=body.files,
        sender=caller.person,
        device=caller.device,
        source=source,
        at=at,
        raw=body.raw,
    )


def answer(receipt: Receipt) -> HttpResponse:
    status = REFUSED.get(receipt.reason, STATUS[receipt.outcome])
    nature = "submit_success" if status in (201, 202) else "submit_error"
    said = answers.said(receipt.message, status=status, nature=nature)
    said["Mlezi-Outcome"] = receipt.reason or receipt.outcome.value  # a plain str: strict servers refuse others
    if receipt.submission:
        said["Mlezi-Receipt"] = f"sha256={receipt.submission.sha256}"
        said["Mlezi-Missing"] = str(len(receipt.missing))
    return said


def note_contact(caller: Caller, request: HttpRequest) -> None:
    """Remember when the phone was heard, what its clock said and what it still holds."""
    if caller.device is None:
        return
    at = clock.now()
    unsent = request.headers.get("Mlezi-Unsent", "")
    devices.note_contact(
        device=caller.device,
        at=at,
        calls_itself=request.GET.get("deviceID", "").replace("\0", ""),
        clock_at=clock_of(request, at),
        unsent=int(unsent) if unsent.isascii() and unsent.isdigit() and len(unsent) < 7 else None,
    )


def clock_of(request: HttpRequest, at: datetime) -> datetime | None:
    """What the phone's clock says now: from its own header, otherwise from `Date`.

    Collect writes `Date` with a twelve-hour clock (13:00 as 01:00), so of the readings twelve hours
    apart the one nearest to our own time is meant. Never a reason to refuse anything.
    """
    told, date = request.headers.get("Mlezi-Device-Time", ""), request.headers.get("Date", "")
    if found := moment(told):
        return found
    if not date:
        return None
    try:
        read = parsedate_to_datetime(date)
        read = read if read.tzinfo else read.replace(tzinfo=UTC)
        return min((read + timedelta(hours=h) for h in (-12, 0, 12)), key=lambda when: abs(when - at))
    except (TypeError, ValueError, OverflowError):  # no date, or one at an end of the calendar
        return None


@contextmanager
def shielded() -> Iterator[None]:
    """Whatever fails while keeping is answered in words a mentor understands, and logged for us."""
    try:
        yield
    except Problem:
        raise
    except OSError as error:
        log.exception("A submission could not be stored")
        raise (problems.NoRoom if error.errno in NO_ROOM else problems.Busy) from error
    except DatabaseError as error:
        log.exception("A submission could not be stored")
        no_room = any(words in str(error).lower() for words in NO_ROOM_WORDS)
        raise (problems.NoRoom if no_room else problems.Busy) from error
    except Exception as error:
        log.exception("A submission met a fault")  # the phone keeps its record and tries again
        raise problems.Busy from error


def _source(request: HttpRequest) -> str:
    told = request.headers.get("Mlezi-Client", "")
    return told if told in Submission.Source.values else Submission.Source.COLLECT
