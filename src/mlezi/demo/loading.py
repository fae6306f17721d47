"""Brings the records of the story in through the door's own code, newest first, with progress."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction

from mlezi.audit import worker
from mlezi.demo import coming_round, elsewhere, mishaps, office_work, records, stage, story
from mlezi.demo.records import Sent, Setting
from mlezi.demo.stage import DAYS, SEED, Stage
from mlezi.formats.record_writing import Blank
from mlezi.instruments.actions import receiving
from mlezi.instruments.models import FormVersion, Submission
from mlezi.plumbing import tuning

BATCH = 100  # records a transaction: many commits would cost more than the work
FIRST = 1500  # records that are there before the first page
NEWEST = timedelta(days=60)  # whose visits are planned before the first page

Progress = Callable[[int, int], None]


def meetings_of(on: Stage) -> list[story.Meeting]:
    """Everything that was held or cancelled in the year."""
    return story.tell(on.cast, _competencies(on), seed=SEED, days=DAYS)


def whole_story(on: Stage, meetings: list[story.Meeting]) -> list[Sent]:
    """Every record of the year, in the order of arrival; what has not arrived by now is still on its phone."""
    setting = Setting(on.first, on.region.uid)
    sent = [record for meeting in meetings for record in records.records(meeting, setting, seed=SEED)]
    sent += [records.practice_record(row, setting) for row in story.practice(on.cast, seed=SEED, days=DAYS)]
    sent += [
        records.new_mentee(mentee, mentor, setting)
        for mentor in on.cast.mentors
        for mentee in mentor.mentees
        if mentee.met_on_visit
    ]
    return sorted(sent, key=lambda record: (record.arrives_at, record.instance_id))


def load(on: Stage, sent: Iterable[Sent], *, total: int, progress: Progress | None = None) -> int:
    """Receive records that are not there yet; safe to stop and start again. Returns how many came in."""
    blanks, done, new = _blanks(on), 0, 0
    for batch in _batches(iter(sent), BATCH):
        with transaction.atomic():
            for record in batch:
                new += _receive(on, blanks, record)
        done += len(batch)
        if progress:
            progress(done, total)
    return new


def split(sent: list[Sent], *, now: datetime) -> tuple[list[Sent], list[Sent]]:
    """What is there before the first page (people met, the newest weeks), and the rest, newest first."""
    arrived = [record for record in sent if record.arrives_at <= now - timedelta(minutes=1)]
    people = [record for record in arrived if record.form_id in {"new_mentee", "training"}]
    others = [record for record in reversed(arrived) if record.form_id not in {"new_mentee", "training"}]
    return people + others[:FIRST], others[FIRST:]


def first_part(on: Stage, *, now: datetime, progress: Progress | None = None) -> int:
    """The newest weeks and what went wrong; derived, so that the first page is full."""
    meetings = meetings_of(on)
    sent = whole_story(on, meetings)
    now_part, _rest = split(sent, now=now)
    worker.drain(limit=600)  # what follows from people and places is quick while nothing names them yet
    office_work.plan_visits(on, meetings, at=now, since=now.date() - NEWEST)
    count = load(on, now_part, total=len(now_part), progress=progress)
    mishaps.bring_in(on, now=now)
    unsent = Counter(record.sender for record in sent if record.sender and record.arrives_at > now)
    office_work.hear_from_phones(on, unsent, at=now)
    worker.drain(limit=600)
    office_work.close_actions(on, at=now)
    elsewhere.spending(on, at=now)
    tuning.refresh_statistics()
    return count


def the_rest(on: Stage, *, now: datetime, progress: Progress | None = None) -> int:
    """The older months; the server's worker derives them while they come in."""
    coming_round.prepare(on, at=now)
    meetings = meetings_of(on)
    _now_part, rest = split(whole_story(on, meetings), now=now)
    total = len(rest) + 1  # the last is what follows from them: until then figures still move
    count = load(on, rest, total=total, progress=progress)
    office_work.plan_visits(on, meetings, at=now, since=on.first)
    stage.let_people_go(on, at=now)
    worker.drain(limit=3600)
    office_work.close_actions(on, at=now)
    office_work.confirm_samples(on, at=now)
    elsewhere.spending(on, at=now)
    elsewhere.facility_figures(on, at=now)
    tuning.refresh_statistics()
    if progress:
        progress(total, total)
    return count


def _receive(on: Stage, blanks: dict[str, Blank], record: Sent) -> int:
    sender = on.people.get(record.sender) if record.sender else None
    device = on.devices.get(record.sender) if record.sender else None
    if record.on_paper:
        source = Submission.Source.PAPER
    else:
        source = Submission.Source.COLLECT if device else Submission.Source.WEB
    receipt = receiving.receive(
        programme=on.programme,
        xml=blanks[record.form_id].filled(record.answers, instance_id=record.instance_id),
        sender=sender,
        device=device,
        source=source,
        at=record.arrives_at,
    )
    return int(receipt.outcome.value == "created")


def _blanks(on: Stage) -> dict[str, Blank]:
    versions = FormVersion.objects.filter(form__programme=on.programme, retired_at=None).select_related("form")
    return {version.form.form_id: Blank(bytes(version.xml)) for version in versions}


def _competencies(on: Stage) -> dict[str, list[str]]:
    return {
        domain.code: [f"{domain.code}.{competency.code}" for competency in domain.competencies.all()]
        for domain in on.programme.domains.prefetch_related("competencies")
    }


def _batches(records_: Iterator[Sent], size: int) -> Iterator[list[Sent]]:
    while batch := list(islice(records_, size)):
        yield batch
