"""What the office did in the year: planned visits, confirmed samples, heard from phones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from mlezi.audit.actions import COMMAND_LINE
from mlezi.demo import cast, records, story
from mlezi.demo.stage import DAYS, SEED, Stage
from mlezi.encounters import problems
from mlezi.encounters.actions import planning, sampling
from mlezi.encounters.models import EncounterType
from mlezi.goals import actions as goals
from mlezi.goals.models import ActionDecision, AgreedAction
from mlezi.office.pictures.costs import Bases, cost_of
from mlezi.people.actions import devices
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of
from mlezi.resources.queries import rates

BATCH = 200
CONFIRMED = (("confirmed", 93), ("denied", 3), ("unreachable", 4))


def plan_visits(on: Stage, meetings: list[story.Meeting], *, at: datetime, since: date) -> int:
    """Plans of visits from `since` on, those that were held and those that never were, and the coming month."""
    setting = records.Setting(on.first, on.region.uid)
    places = {place.uid: place for place in Place.objects.filter(path__startswith=on.region.path)}
    kind = EncounterType.objects.get(programme=on.programme, code="visit")
    due = [meeting for meeting in meetings if meeting.planned and setting.date(meeting.day) >= since]
    rows = [(meeting.uid, meeting.facility, meeting.lead, setting.date(meeting.day)) for meeting in due]
    random = Random(SEED + 3)
    prices, bases = list(rates(on.programme, on=at.date())), Bases(at.date())
    for mentor in on.cast.mentors:
        for facility in mentor.facilities:
            ahead = setting.date(DAYS) + timedelta(days=random.randrange(1, 32))
            rows.append((cast.uid("ahead", facility.code), facility, mentor, ahead))
            if random.random() < 0.12:  # planned, and nobody ever heard of it again
                lost = max(since, setting.date(DAYS) - timedelta(days=random.randrange(20, 90)))
                rows.append((cast.uid("lost", facility.code), facility, mentor, lost))
    for start in range(0, len(rows), BATCH):
        with transaction.atomic():
            for uid, site, lead, day in rows[start : start + BATCH]:
                if site is not None and lead is not None:
                    guide, place = on.people[lead.uid], places[site.uid]
                    cost, currency = cost_of(prices, bases, place, guide, kind.planned_minutes)
                    planning.plan(
                        programme=on.programme, type=kind, place=place, planned_on=day, uid=uid, lead=guide,
                        cost=cost if currency else None, currency=currency, by=COMMAND_LINE, at=at,
                    )  # fmt: skip
    return len(rows)


def confirm_samples(on: Stage, *, at: datetime, months: int = 3) -> int:
    """Each past month's sample, drawn and answered by the coordinator; some are still open."""
    random, coordinator = Random(SEED + 4), on.people[cast.uid("officer", "Chiku Mwakyusa")]
    scope = scope_of(coordinator, Permission.CONFIRM_SAMPLE, programme=on.programme)
    month, answered = at.date().replace(day=1), 0
    for _ in range(months):
        month = (month - timedelta(days=1)).replace(day=1)
        try:
            drawn = sampling.draw(
                programme=on.programme, month=month, share=0.05, seed=SEED, by=coordinator, at=at
            )  # fmt: skip
        except problems.NothingToDraw:
            continue
        for check in drawn:
            if random.random() < 0.85:
                answer = random.choices([a for a, _ in CONFIRMED], [w for _, w in CONFIRMED])[0]
                sampling.confirm(check_id=check.pk, answer=answer, by=coordinator, at=at, scope=scope)
                answered += 1
    return answered


def hear_from_phones(on: Stage, unsent: Mapping[UUID, int], *, at: datetime) -> None:
    """When each phone was last heard, and what it says it still holds."""
    for mentor in on.cast.mentors:
        device = on.devices[mentor.uid]
        heard = at - timedelta(days=mentor.days_late)
        devices.note_contact(device=device, at=heard, unsent=unsent.get(mentor.uid, 0))


def close_actions(on: Stage, *, at: datetime) -> int:
    """Owners say what was done: most of what was agreed, often late. A second call closes only what is new."""
    random, done = Random(SEED + 5), 0
    scopes: dict[int, Scope] = {}
    for action in (
        AgreedAction.objects.filter(programme=on.programme).select_related("owner").order_by("agreed_on", "pk")
    ):
        sure, days = random.random() < 0.72, random.randrange(3, 50)
        if action.owner is None or action.agreed_on is None or not sure:
            continue
        said = datetime.combine(action.agreed_on + timedelta(days=days), time(15), tzinfo=UTC)
        if said > at or ActionDecision.objects.filter(action_id=action.pk).exists():
            continue
        owner = action.owner
        scope = scopes.setdefault(owner.pk, scope_of(owner, Permission.SEE_ACTIONS, programme=on.programme))
        goals.decide(action_id=action.pk, outcome="done", by=owner, at=said, scope=scope)
        done += 1
    return done
