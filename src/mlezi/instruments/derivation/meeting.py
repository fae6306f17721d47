"""People first met on a visit become known, whichever form comes first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mlezi.audit import actions as audit
from mlezi.instruments.derivation.making import Made
from mlezi.instruments.derivation.unit import Met
from mlezi.people.models import Person, Post
from mlezi.programmes.models import Enrolment, Programme


def welcome(programme: Programme, made: Iterable[Made], *, at: datetime) -> bool:
    """Add those that forms say were met; True when somebody new is known now."""
    met = {uid: who for one in made for uid, who in sorted(one.met.items())}
    for _, who in sorted(met.items()):
        _add(programme, who, at)
    return bool(met)


def _add(programme: Programme, who: Met, at: datetime) -> None:
    person, is_new = Person.objects.get_or_create(
        uid=who.uid,
        defaults={
            "name": who.name or "?",
            "cadre": who.cadre,
            "phone": who.phone,
            "created_at": at,
            "created_by_submission": who.submission_id,
        },
    )
    if not is_new:
        return
    if who.place_id is not None:
        Post.objects.create(person=person, place_id=who.place_id, cadre=who.cadre, from_on=who.on)
    Enrolment.objects.create(
        programme=programme,
        person=person,
        part=Enrolment.Part.MENTEE,
        from_on=who.on or at.date(),
        created_by_submission=who.submission_id,
    )
    audit.record("person.met", person, by=audit.MACHINE, at=at, facts={"submission": str(who.submission_id)})
