"""A random sample of encounters, confirmed with the facility in charge: does what was recorded match?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from math import ceil

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.encounters import problems, queries
from mlezi.encounters.models import SampleCheck
from mlezi.methods.sampling.records import draw_by_stratum
from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme

LEAST = 3  # of every district that held any


@transaction.atomic
def draw(*, programme: Programme, month: date, share: float, seed: int, by: Actor, at: datetime) -> list[SampleCheck]:
    """Draw a month's sample: a share of the encounters of each district, and no fewer than three.

    Anybody can draw it again with the same seed. A month is drawn once.
    Raises `DrawnBefore`, `NothingToDraw`.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    period = f"{month:%Y-%m}"
    if SampleCheck.objects.filter(programme=programme, period=period).exists():
        raise problems.DrawnBefore(period=period)
    held = queries.held_in_month(programme, month)
    if not held:
        raise problems.NothingToDraw(period=period)
    strata = {str(uid): district for uid, (_, district) in held.items()}
    sample = draw_by_stratum(strata, n=_sizes(strata.values(), share), seed=seed)
    places = {str(uid): place_id for uid, (place_id, _) in held.items()}
    checks = [
        SampleCheck(
            programme=programme,
            place_id=places[one.record],
            period=period,
            encounter_uid=one.record,
            drawn_at=at,
            seed=seed,
            probability=one.probability,
        )
        for one in sample.drawn
    ]
    SampleCheck.objects.bulk_create(checks)
    audit.record("sample.drawn", checks[0], by=by, at=at, facts={"period": period, "seed": seed, "n": len(checks)})
    return checks


def _sizes(districts: Iterable[str], share: float) -> dict[str, int]:
    counts: dict[str, int] = {}
    for district in districts:
        counts[district] = counts.get(district, 0) + 1
    return {district: max(LEAST, ceil(n * share)) for district, n in counts.items()}


@transaction.atomic
def confirm(*, check_id: int, answer: str, by: Person, at: datetime, scope: Scope, note: str = "") -> SampleCheck:
    """Write down what the facility said. A later word replaces an earlier one and both are on record.

    `scope` is of the permission to confirm. Raises `NoSuchCheck`, `BadValue`.
    """
    seen = queries.checks_visible_to(scope).filter(pk=check_id).values("pk")
    check = SampleCheck.objects.select_for_update(of=("self",)).filter(pk__in=seen).first()
    if check is None:
        raise problems.NoSuchCheck
    if answer not in SampleCheck.Answer.values:
        raise problems.BadValue(value=answer, field="answer", hint="Choose confirmed, denied or unreachable.")
    if (check.answer, check.note) == (answer, note):
        return check
    check.answer, check.note, check.answered_at, check.answered_by_name = answer, note, at, by.name
    check.save(update_fields=["answer", "note", "answered_at", "answered_by_name"])
    facts = {"encounter": str(check.encounter_uid), "answer": answer}
    audit.record("sample.answered", check, by=by, at=at, facts=facts)
    return check
