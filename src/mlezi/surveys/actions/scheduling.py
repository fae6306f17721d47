"""Works out who is due for what, and keeps invitations in step with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.plumbing import clock
from mlezi.plumbing.bulk import chunks
from mlezi.programmes.models import Programme
from mlezi.surveys.models import Invitation
from mlezi.surveys.queries import anchors
from mlezi.surveys.queries.anchors import Candidate
from mlezi.surveys.schedule import Due, Schedule, schedules

AHEAD = timedelta(days=30)  # what falls due within a month is shown beforehand

Slot = tuple[str, str, str, int]  # instrument, wave, occasion, person


@dataclass(frozen=True)
class Planned:
    """What bringing up to date did."""

    made: int = 0
    moved: int = 0
    dropped: int = 0

    def __bool__(self) -> bool:
        return bool(self.made or self.moved or self.dropped)


@transaction.atomic
def bring_up_to_date(*, programme: Programme, on: date, by: Actor, at: datetime) -> Planned:
    """Make the invitations that the blueprint's schedules ask for, as things stand on that day.

    Safe to run as often as one likes, and side by side. Nobody who was asked is ever dropped: they stay in
    the base of the response rate. What nobody was asked yet follows a corrected date, or goes.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    kept = tuple(one for one in schedules(programme.blueprint) if one.anchor != "course")
    wanted = _wanted(programme, kept, on)
    codes = [one.code for one in kept]
    there = {
        (row.instrument, row.wave, row.occasion, row.person_id): row
        for row in Invitation.objects.filter(programme=programme, occasion="")
    }
    new = [row for slot, row in wanted.items() if slot not in there]
    moved = [_moved(there[slot], row) for slot, row in wanted.items() if slot in there]
    changed = [row for row in moved if row is not None]
    stale = [
        row.pk
        for slot, row in there.items()
        if slot not in wanted and row.asked_on is None and not row.is_used and row.schedule in codes
    ]
    for some in chunks(new):
        Invitation.objects.bulk_create([_at(row, at) for row in some], ignore_conflicts=True)
    Invitation.objects.bulk_update(changed, ["due_on", "closes_on", "place", "cadre"], batch_size=200)
    for some in chunks(stale):
        Invitation.objects.filter(pk__in=some).delete()
    planned = Planned(len(new), len(changed), len(stale))
    if planned:
        instruments = sorted({row.instrument for row in (*new, *changed)})
        facts = {"made": len(new), "moved": len(changed), "dropped": len(stale), "instruments": instruments}
        audit.record("invitations.planned", programme, by=by, at=at, facts=facts)
    return planned


def bring_everything_up_to_date() -> None:
    """Every programme that schedules anything, each on its own day."""
    for programme in Programme.objects.select_related("place").order_by("pk"):
        if programme.blueprint.get("schedules"):
            today = clock.today(programme.time_zone)
            bring_up_to_date(programme=programme, on=today, by=audit.MACHINE, at=clock.now())


def _wanted(programme: Programme, kept: Iterable[Schedule], on: date) -> Mapping[Slot, Invitation]:
    """What should be there, of all that is due within a month."""
    found: dict[Slot, Invitation] = {}
    for schedule in kept:
        for candidate in anchors.candidates(programme, schedule, on=on):
            for due in schedule.due(candidate.anchor):
                if due.due_on <= on + AHEAD and candidate.is_there(due.due_on):
                    row = invitation(programme, schedule.form, due, candidate, schedule=schedule.code)
                    found.setdefault((row.instrument, row.wave, row.occasion, row.person_id), row)
    return found


def invitation(
    programme: Programme, form: str, due: Due, candidate: Candidate, *, schedule: str = "", occasion: str = ""
) -> Invitation:
    """A row not yet saved."""
    place_id, cadre = candidate.works_at(due.due_on)
    return Invitation(
        programme=programme,
        schedule=schedule,
        instrument=form,
        wave=due.wave,
        occasion=occasion,
        person_id=candidate.person_id,
        place_id=place_id,
        cadre=cadre,
        due_on=due.due_on,
        closes_on=due.closes_on,
    )


def _at(row: Invitation, at: datetime) -> Invitation:
    row.created_at = at
    return row


def _moved(there: Invitation, wanted: Invitation) -> Invitation | None:
    """The row with its days corrected; None when nothing changed or it was asked already."""
    if there.asked_on is not None or there.is_used:
        return None
    if (there.due_on, there.closes_on, there.place_id) == (wanted.due_on, wanted.closes_on, wanted.place_id):
        return None
    there.due_on, there.closes_on = wanted.due_on, wanted.closes_on
    there.place_id, there.cadre = wanted.place_id, wanted.cadre
    return there
