"""Locking a report: it is kept as it was on that day, with its fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.evaluation import versions
from mlezi.people.models import Person
from mlezi.reports import problems, quarter
from mlezi.reports.models import LockedReport


@transaction.atomic
def lock(
    *, part: quarter.Part, period: str, goals: Mapping[str, float], by: Person, at: datetime, note: str = ""
) -> LockedReport:
    """Keep the report of a period that has ended. The same content again is the report locked before.

    Raises `PeriodRuns` while its days are not over.
    """
    last = part.end - timedelta(days=1)
    if last >= at.date():
        raise problems.PeriodRuns(period=period, last=last)
    content = quarter.made(part, goals)
    version = versions.now(part.programme.pk).whole
    report, is_new = LockedReport.objects.get_or_create(
        programme=part.programme, place=part.place, period=period, sha256=quarter.fingerprint(content),
        defaults={"start": part.start, "end": part.end, "locked_at": at, "locked_by_name": by.name,
                  "data_version": version, "content": content, "note": note},
    )  # fmt: skip
    if is_new:
        audit.record("report.locked", report, by=by, at=at, facts={"period": period, "sha256": report.sha256})
    return report
