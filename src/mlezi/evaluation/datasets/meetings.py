"""What happened: encounters, who attended, what was covered, plans, practice, checks."""

from __future__ import annotations

from mlezi.evaluation.datasets.where import Raw, Table, Where
from mlezi.evaluation.operations import utc_day


def encounters(raw: Raw) -> Table:
    """One meeting. `is_held` is false when a form said it did not take place."""
    meeting, kind, where = raw["encounter"], raw["encountertype"], Where(raw)
    joined = where.joined(meeting.left_join(kind, meeting.type_id == kind.id), meeting.place_id)
    return joined.select(
        encounter_uid=meeting.uid,
        programme_id=meeting.programme_id,
        type=kind.code,
        mode=meeting.mode,
        lead_id=meeting.lead_id,
        held_on=meeting.held_on,
        is_held=meeting.cancelled_because == "",
        minutes=meeting.minutes,
        planned_uid=meeting.planned_uid,
        planned_minutes=meeting.planned_minutes,
        n_participants=meeting.n_participants,
        days_to_receipt=meeting.days_to_receipt,
        received_on=utc_day(meeting.first_received_at),
        is_backfilled=meeting.is_backfilled,
        has_conflict=meeting.has_conflict,
        **where.columns,
    )


def attendances(raw: Raw) -> Table:
    """One person at one encounter. `minutes` are the person's own, or else the encounter's; empty is unknown."""
    seat, meeting, kind, where = raw["attendance"], raw["encounter"], raw["encountertype"], Where(raw)
    joined = seat.join(meeting, seat.encounter_id == meeting.uid).left_join(kind, meeting.type_id == kind.id)
    return where.joined(joined, meeting.place_id).select(
        attendance_uid=seat.id,
        encounter_uid=seat.encounter_id,
        programme_id=meeting.programme_id,
        person_id=seat.person_id,
        part=seat.part,
        cadre=seat.cadre,
        is_present=seat.is_present,
        minutes=seat.minutes.coalesce(meeting.minutes),
        type=kind.code,
        mode=meeting.mode,
        held_on=meeting.held_on,
        is_held=meeting.cancelled_because == "",
        **where.columns,
    )


def topics(raw: Raw) -> Table:
    """A topic that an encounter touched."""
    covered, meeting, where = raw["coveredtopic"], raw["encounter"], Where(raw)
    joined = covered.join(meeting, covered.encounter_id == meeting.uid)
    return where.joined(joined, meeting.place_id).select(
        encounter_uid=covered.encounter_id,
        topic=covered.topic,
        programme_id=meeting.programme_id,
        held_on=meeting.held_on,
        is_held=meeting.cancelled_because == "",
        **where.columns,
    )


def planned(raw: Raw) -> Table:
    """A meeting somebody meant to hold, with its type's usual length where none was given, and whether it was held."""
    plan, kind, where = raw["plannedencounter"], raw["encountertype"], Where(raw)
    return where.joined(plan.left_join(kind, plan.type_id == kind.id), plan.place_id).select(
        planned_uid=plan.uid,
        programme_id=plan.programme_id,
        type=kind.code,
        mode=kind.mode,
        lead_id=plan.lead_id,
        planned_on=plan.planned_on,
        planned_minutes=plan.planned_minutes.coalesce(kind.planned_minutes),
        cancelled_on=plan.cancelled_on,
        cost=plan.cost.cast("float64"),
        was_held=plan.was_held,
        held_minutes=plan.held_minutes,
        **where.columns,
    )


def practices(raw: Raw) -> Table:
    """Practice alone or with peers, from practice logs."""
    log, person, where = raw["practice"], raw["person"], Where(raw)
    joined = where.joined(log.left_join(person, log.person_id == person.id), log.place_id)
    return joined.select(
        practice_uid=log.id,
        programme_id=log.programme_id,
        person_id=log.person_id,
        cadre=person.cadre,
        topic=log.topic,
        equipment=log.equipment,
        practised_on=log.practised_on,
        minutes=log.minutes,
        times=log.times,
        submission_uid=log.submission_id,
        **where.columns,
    )


def sample_checks(raw: Raw) -> Table:
    """An encounter drawn at random to be confirmed. `period` is the sampled month, as in "2026-03"."""
    check, where = raw["samplecheck"], Where(raw)
    return where.joined(check, check.place_id).select(
        check_id=check.id,
        programme_id=check.programme_id,
        period=check.period,
        encounter_uid=check.encounter_uid,
        answer=check.answer,
        probability=check.probability,
        **where.columns,
    )
