"""Pairs made by hand, by a file or on a visit, and their end. Ending needs no fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.pairing import problems
from mlezi.pairing.models import Act, Handover, Pairing, Phase
from mlezi.people.models import Person
from mlezi.programmes.models import Programme


@transaction.atomic
def pair(
    *,
    guide: Person,
    learner: Person,
    programme: Programme,
    on: date,
    by: audit.Actor,
    at: datetime,
    kind: str = Pairing.Kind.MENTOR,
    note: str = "",
) -> Pairing:
    """From `on` the one supports the other. Raises `NotThemselves`, `AlreadyPaired`."""
    if guide.pk == learner.pk:
        raise problems.NotThemselves(person=guide)
    Person.objects.select_for_update().get(pk=learner.pk)
    running = Pairing.objects.filter(guide=guide, learner=learner, programme=programme, kind=kind, to_on=None).first()
    if running:
        raise problems.AlreadyPaired(guide=guide, learner=learner, since=running.from_on)
    made = Pairing.objects.create(
        guide=guide, learner=learner, programme=programme, kind=Pairing.Kind(kind), from_on=on, note=note
    )
    audit.record("pairing.begun", made, by=by, at=at, facts=_facts(made))
    return made


@transaction.atomic
def end(*, pairing: Pairing, on: date, by: audit.Actor, at: datetime, reason: str = "", note: str = "") -> Pairing:
    """`on` is the last day. Raises `AlreadyEnded`, `EndsBeforeItBegan`."""
    held = Pairing.objects.select_for_update().get(pk=pairing.pk)
    if held.to_on:
        raise problems.AlreadyEnded(on=held.to_on)
    if on < held.from_on:
        raise problems.EndsBeforeItBegan(began=held.from_on, ended=on)
    held.to_on, held.reason, held.note = on, reason[:60], note or held.note
    held.save(update_fields=["to_on", "reason", "note"])
    audit.record("pairing.ended", held, by=by, at=at, facts=_facts(held))
    return held


@dataclass(frozen=True)
class Encountered:
    """A mentor wrote somebody down for the first time on a visit."""

    guide: Person
    learner: Person
    on: date


@transaction.atomic
def note_met(*, programme: Programme, pairs: Sequence[Encountered]) -> int:
    """Pair whom a mentor met first with that mentor; gives how many were new.

    The same call again changes nothing; whoever has or had any mentor in the programme is left alone.
    """
    told = {pair.learner.pk: pair for pair in reversed(pairs) if pair.guide.pk != pair.learner.pk}
    before = Pairing.objects.filter(programme=programme, kind=Pairing.Kind.MENTOR, learner__in=list(told))
    known = set(before.values_list("learner", flat=True))
    new = [
        Pairing(programme=programme, guide=pair.guide, learner=pair.learner, from_on=pair.on)
        for pk, pair in told.items()
        if pk not in known
    ]
    Pairing.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


def _facts(pairing: Pairing) -> dict[str, str]:
    return {"guide": str(pairing.guide.uid), "learner": str(pairing.learner.uid), "kind": pairing.kind}


@transaction.atomic
def move_on(*, pairing: Pairing, step: str, on: date, by: audit.Actor, at: datetime) -> Phase:
    """Say where the relationship stands now: prepare, negotiate, enable or close. Raises `AlreadyEnded`."""
    held = Pairing.objects.select_for_update().get(pk=pairing.pk)
    if held.to_on and held.to_on < on:
        raise problems.AlreadyEnded(on=held.to_on)
    made = Phase.objects.create(pairing=held, step=Phase.Step(step), on=on, said_at=at, by_name=by.name)
    audit.record("pairing.moved_on", held, by=by, at=at, facts={"step": made.step})
    return made


@transaction.atomic
def hand_over(*, pairing: Pairing, text: str, by: Person, at: datetime) -> Handover:
    """Leave word for whoever supports the learner next. A later word of the pair replaces the earlier one."""
    Pairing.objects.select_for_update().get(pk=pairing.pk)
    made, _new = Handover.objects.update_or_create(
        pairing=pairing, defaults={"text": text, "written_by": by, "written_at": at}
    )
    audit.record("pairing.handed_over", pairing, by=by, at=at)
    return made


@transaction.atomic
def note_act(*, pairing: Pairing, what: str, text: str, on: date, by: audit.Actor, at: datetime) -> Act:
    """Keep what a sponsor did. Raises `NotASponsor`."""
    if pairing.kind != Pairing.Kind.SPONSOR:
        raise problems.NotASponsor
    made = Act.objects.create(pairing=pairing, what=Act.What(what), text=text[:300], on=on)
    audit.record("sponsor.acted", pairing, by=by, at=at, facts={"what": made.what})
    return made


@transaction.atomic
def note_outcome(*, act: Act, outcome: str, on: date, by: audit.Actor, at: datetime) -> Act:
    """Keep what came of it."""
    held = Act.objects.select_for_update().get(pk=act.pk)
    held.outcome, held.outcome_on = outcome[:300], on
    held.save(update_fields=["outcome", "outcome_on"])
    audit.record("sponsor.outcome_noted", held.pairing, by=by, at=at)
    return held
