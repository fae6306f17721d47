"""Answering a request: places are counted again under a lock, and the mentor says whether they are still open."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.matching import problems
from mlezi.matching.actions import profiles
from mlezi.matching.models import Profile, Request, Round, Terms
from mlezi.matching.queries import loads
from mlezi.matching.settings import from_json
from mlezi.pairing import actions as pairing
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person

Answer = Request.Answer


@transaction.atomic
def accept(
    *, request: Request, by: Person, at: datetime, stays_open: bool = True, away_until: date | None = None
) -> Pairing:
    """The mentor takes the mentee on. `stays_open` is asked with it: false takes them out of further rounds.

    Only now does the pair end that a round for everybody replaces: the day before, and nobody is at fault.

    Raises `NotYourAnswer`, `AnsweredAlready`, `NotOpen`, `NoPlace`.
    """
    held = _open(request, by, at)
    round_ = held.round
    _ensure_place(held, begins(round_, at))
    made = pairing.pair(
        guide=held.mentor, learner=held.mentee, programme=round_.programme, kind=round_.kind,
        on=begins(round_, at), by=by, at=at,
    )  # fmt: skip
    _close(held, Answer.ACCEPTED, at, pairing=made)
    _end_replaced(held, made, by=by, at=at)
    if not stays_open:
        profiles.open_up(person=held.mentor, is_open=False, away_until=away_until, by=by, at=at)
    audit.record("request.accepted", held, by=by, at=at, facts=_facts(held))
    return made


@transaction.atomic
def decline(
    *, request: Request, by: Person, at: datetime, reason: str = "", note: str = "", stays_open: bool = True,
    away_until: date | None = None,
) -> Request:  # fmt: skip
    """The mentor says no; a present mentor stays; who has none waits again, before those who are new."""
    held = _open(request, by, at)
    _close(held, Answer.DECLINED, at, reason=reason, note=note)
    if not stays_open:
        profiles.open_up(person=held.mentor, is_open=False, away_until=away_until, by=by, at=at)
    audit.record("request.declined", held, by=by, at=at, facts={**_facts(held), "reason": reason})
    return held


@transaction.atomic
def withdraw(*, request: Request, by: audit.Actor, at: datetime, reason: str = "") -> Request:
    """The mentee, or whoever keeps the round, takes a request back before it is answered."""
    held = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if held.answer != Answer.OPEN:
        raise problems.AnsweredAlready
    _close(held, Answer.WITHDRAWN, at, reason=reason)
    audit.record("request.withdrawn", held, by=by, at=at, facts={**_facts(held), "reason": reason})
    return held


@transaction.atomic
def expire(*, round_id: int, at: datetime, by: audit.Actor = audit.MACHINE) -> int:
    """Close the requests of a round whose last day has passed; gives how many. Safe to call again."""
    due = Request.objects.select_for_update(of=("self",)).filter(round=round_id, answer=Answer.OPEN)
    expired = [row for row in due.select_related("round__programme") if _is_over(row, at)]
    for row in expired:
        _close(row, Answer.EXPIRED, at)
        audit.record("request.expired", row, by=by, at=at, facts=_facts(row))
    return len(expired)


def _open(request: Request, by: Person, at: datetime) -> Request:
    """The request under lock, with both people locked in a fixed order: two answers at once wait for each other."""
    people = [request.mentor_id, request.mentee_id]
    list(Person.objects.select_for_update().filter(pk__in=people).order_by("pk"))
    held = Request.objects.select_for_update(of=("self",)).select_related(
        "round__programme", "round__published", "mentor", "mentee"
    )
    found = held.get(pk=request.pk)
    if found.mentor_id != by.pk:
        raise problems.NotYourAnswer(mentor=found.mentor)
    if found.answer != Answer.OPEN or _is_over(found, at):
        raise problems.AnsweredAlready
    return found


def begins(round_: Round, at: datetime) -> date:
    """When a pair agreed at that moment begins: on the round's day, or that day when it is later."""
    return max(round_.from_on, at.astimezone(ZoneInfo(round_.programme.time_zone)).date())


def _is_over(request: Request, at: datetime) -> bool:
    return request.expires_on < at.date()


def _ensure_place(request: Request, on: date) -> None:
    """Count again, over all programmes, what the mentor carries on the day the pair begins.

    Who is asked for elsewhere in the same round is counted as leaving; should it come to nothing, they stay.
    """
    round_, mentor = request.round, request.mentor
    leaving = loads.promised(round_, mentor.pk)
    profile = Profile.objects.filter(person=mentor).first()
    terms = Terms.objects.filter(person=mentor, programme=round_.programme).first()
    if not loads.is_open(profile, on):
        raise problems.NotOpen(mentor=mentor)
    usual = from_json(round_.settings)
    here = loads.here([mentor.pk], round_.programme, round_.kind, on=on, without=leaving)[mentor.pk]
    places = terms.places if terms and terms.places is not None else usual.max_mentees
    if here >= places:
        raise problems.NoPlace(mentor=mentor, held=here, places=places)
    total = profile.total_places if profile and profile.total_places is not None else usual.max_total
    held = loads.everywhere([mentor.pk], on=on, without=leaving)[mentor.pk] + (profile.elsewhere if profile else 0)
    if total is not None and held >= total:
        raise problems.NoPlace(mentor=mentor, held=held, places=total)


def _end_replaced(request: Request, made: Pairing, *, by: audit.Actor, at: datetime) -> None:
    """End what the new pair replaces. As many go on as requests of the mentee are open: they could be declined."""
    round_ = request.round
    moving = loads.moving(round_, learner=request.mentee_id)
    still_open = round_.requests.filter(mentee=request.mentee, answer=Answer.OPEN).count()
    for pair in moving[: max(0, len(moving) - still_open)]:
        on = max(made.from_on - timedelta(days=1), pair.from_on)
        pairing.end(pairing=pair, on=on, by=by, at=at, reason="new_round")


def _close(request: Request, answer: str, at: datetime, **values: object) -> None:
    request.answer, request.answered_at = answer, at
    for name, value in values.items():
        setattr(request, name, value)
    request.save(update_fields=["answer", "answered_at", *values])


def _facts(request: Request) -> dict[str, str]:
    return {"mentee": str(request.mentee.uid), "mentor": str(request.mentor.uid)}
