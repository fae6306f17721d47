"""Making a round, and changing what it starts from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.matching import problems, settings
from mlezi.matching.models import Member, Round
from mlezi.matching.queries import waiting
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person
from mlezi.programmes.models import Programme


@transaction.atomic
def start(
    *,
    programme: Programme,
    title: str,
    from_on: date,
    mentees: Collection[Person],
    mentors: Collection[Person],
    by: audit.Actor,
    at: datetime,
    kind: str = Pairing.Kind.MENTOR,
    answer_days: int | None = None,
    replaces: bool = False,
) -> Round:
    """A round of these people, with the blueprint's settings. Raises `NobodyToMatch`."""
    if not mentees or not mentors:
        raise problems.NobodyToMatch(mentees=len(mentees), mentors=len(mentors))
    usual = programme.blueprint.get("matching") or {}
    made = Round.objects.create(
        programme=programme,
        title=title,
        kind=Pairing.Kind(kind),
        from_on=from_on,
        answer_days=answer_days or usual.get("answer_days", 14),
        replaces=replaces,
        settings=settings.from_blueprint(programme.blueprint).as_json(),
        created_at=at,
    )
    began = waiting.since([person.pk for person in mentees], programme)
    sides = [(person, Member.Side.MENTEE, began.get(person.pk)) for person in mentees]
    sides += [(person, Member.Side.MENTOR, None) for person in mentors]
    rows = [Member(round=made, person=person, side=side, waited_since=since) for person, side, since in sides]
    Member.objects.bulk_create(rows, batch_size=500)
    facts = {"kind": made.kind, "mentees": len(mentees), "mentors": len(mentors)}
    audit.record("round.started", made, by=by, at=at, facts=facts)
    return made
