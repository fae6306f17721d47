"""One agreed action or one need, with everything decided about it and the encounter it came from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from mlezi.goals import problems as goal_problems
from mlezi.goals import queries as goals
from mlezi.goals.models import ActionDecision
from mlezi.office import names, ways
from mlezi.office.pictures.asked import Asked
from mlezi.places.scope import Scope
from mlezi.plumbing import clock
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of
from mlezi.resources import problems as resource_problems
from mlezi.resources import queries as resources
from mlezi.resources.models import NeedDecision


def action(asked: Asked, scope: Scope, uid: UUID) -> dict[str, Any]:
    """Raises `NoSuchAction`."""
    row = goals.visible_to(scope).filter(pk=uid).first()
    if row is None:
        raise goal_problems.NoSuchAction
    may = scope_of(asked.person, P.DECIDE_ACTIONS, programme=asked.programme)
    today = clock.today(asked.programme.time_zone)
    is_open = row.outcome not in goals.CLOSED
    return {
        "row": row,
        "asked": asked,
        "is_open": is_open,
        "is_overdue": is_open and bool(row.due_on and row.due_on < today),
        "outcome": names.outcome(row.outcome),
        "topic": names.topics(asked.programme).get(row.topic, names.plain(row.topic)),
        "owner_url": ways.person(asked, row.owner),
        "place_url": ways.place(asked, row.place),
        "may_decide": goals.visible_to(may).filter(pk=uid).exists(),
        "choices": [(value, names.outcome(value)) for value in ActionDecision.Outcome.values],
        "decisions": [(one, names.outcome(one.outcome)) for one in goals.decisions(row)],
    } | origin(asked, row.encounter_uid, row.submission_id)


def need(asked: Asked, scope: Scope, uid: UUID) -> dict[str, Any]:
    """Raises `NoSuchNeed`."""
    row = resources.needs_visible_to(scope).filter(pk=uid).first()
    if row is None:
        raise resource_problems.NoSuchNeed
    may = scope_of(asked.person, P.DECIDE_NEEDS, programme=asked.programme)
    is_met = row.outcome == NeedDecision.Outcome.MET or (row.seen_met_on is not None and row.outcome != "wrong")
    return {
        "row": row,
        "asked": asked,
        "title": names.item(asked.programme, row.item),
        "kind": names.kind(row.kind),
        "is_met": is_met,
        "is_wrong": row.outcome == NeedDecision.Outcome.WRONG,
        "met_on": row.decided_on if row.outcome == NeedDecision.Outcome.MET else row.seen_met_on,
        "place_url": ways.place(asked, row.place),
        "may_decide": resources.needs_visible_to(may).filter(pk=uid).exists(),
        "choices": [(value, names.outcome(value)) for value in NeedDecision.Outcome.values],
        "decisions": [(one, names.outcome(one.outcome)) for one in resources.need_decisions(row)],
    } | origin(asked, row.encounter_uid, row.submission_id)


def origin(asked: Asked, encounter_uid: UUID | None, submission_id: UUID) -> dict[str, str]:
    """The way down: the encounter and the form record it was made from."""
    return {"encounter_url": ways.encounter(asked, encounter_uid), "record_url": ways.record(asked, submission_id)}
