"""Asking for a scenario, running it, stopping it, and changing single pairs by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from mlezi.audit import actions as audit
from mlezi.matching import problems, settings, solving
from mlezi.matching.models import Choice, LeftOver, Load, Proposal, Round, Scenario
from mlezi.matching.queries import identity
from mlezi.matching.sentences import sentence
from mlezi.matching.settings import Settings
from mlezi.methods.assignment.solve import Progress
from mlezi.people.models import Person
from mlezi.plumbing import clock

NOT_BY_HAND = ("same_person", "line_manager", "conflict")
"""Rules that nobody sets aside by hand."""


@transaction.atomic
def ask(
    *, round_: Round, title: str, chosen: Settings, by: audit.Actor, at: datetime,
    parent: Scenario | None = None, seed: int = 0,
) -> Scenario:  # fmt: skip
    """A further scenario of the round; the worker works it out. Raises `IsPublished`, `PolicyForbids`.

    Under `parent` it starts from that answer and keeps what was chosen there by hand.
    """
    held = Round.objects.select_for_update().get(pk=round_.pk)
    policy = identity.policy_of(held.programme)
    if chosen.use_identity and (policy is None or policy.use != identity.Use.WHERE_ASKED):
        raise problems.PolicyForbids(policy=policy.use if policy else gettext("nothing is signed"))
    last = held.scenarios.aggregate(last=Max("number"))["last"] or 0
    made = Scenario.objects.create(
        round=held, number=last + 1, title=title[:120], settings=chosen.as_json(), seed=seed, asked_at=at,
        parent=parent, policy=policy,
    )  # fmt: skip
    if parent:
        copied = [
            Choice(
                scenario=made,
                mentee_id=old.mentee_id,
                mentor_id=old.mentor_id,
                verb=old.verb,
                by_name=old.by_name,
                note=old.note,
                breaks=old.breaks,
                served_cost=old.served_cost,
                quality_cost=old.quality_cost,
            )  # fmt: skip
            for old in parent.choices.order_by("id")
        ]
        Choice.objects.bulk_create(copied)
    audit.record("scenario.asked", made, by=by, at=at, facts={"round": str(held.uid), "number": made.number})
    return made


@transaction.atomic
def change_by_hand(
    *, scenario: Scenario, mentee: Person, mentor: Person, verb: str, by: audit.Actor, at: datetime, note: str = ""
) -> Scenario:
    """A child of the scenario in which the two are kept together or apart; its cost is worked out with it.

    Raises `NotFinished`, `MayNotBePaired`, `IsPublished`.
    """
    if not scenario.is_done:
        raise problems.NotFinished(number=scenario.number)
    breaks = broken_rules(scenario, mentee, mentor) if verb == Choice.Verb.TOGETHER else []
    title = gettext("{mentee} with {mentor}") if verb == Choice.Verb.TOGETHER else gettext("{mentee} not with {mentor}")
    child = ask(
        round_=scenario.round, title=title.format(mentee=mentee, mentor=mentor),
        chosen=settings.from_json(scenario.settings), by=by, at=at, parent=scenario, seed=scenario.seed,
    )  # fmt: skip
    child.choices.filter(mentee=mentee, mentor=mentor).delete()
    if verb == Choice.Verb.TOGETHER:
        child.choices.filter(mentee=mentee, verb=verb).delete()
    Choice.objects.create(
        scenario=child, mentee=mentee, mentor=mentor, verb=Choice.Verb(verb), by_name=by.name, note=note, breaks=breaks
    )
    facts = {"mentee": str(mentee.uid), "mentor": str(mentor.uid), "verb": verb, "breaks": breaks}
    audit.record("scenario.changed_by_hand", child, by=by, at=at, facts=facts)
    return child


def broken_rules(scenario: Scenario, mentee: Person, mentor: Person) -> list[str]:
    """Codes of the rules a pair would set aside. Raises `MayNotBePaired` where that is not allowed."""
    found = solving.assembled_for(scenario)
    row, column = found.sides.mentees.index(), found.sides.mentors.index()
    if mentee.pk not in row or mentor.pk not in column:
        raise problems.MayNotBePaired(mentee=mentee, mentor=mentor, why=gettext("they are not both in this round."))
    i, j = row[mentee.pk], column[mentor.pk]
    taken = sum(other == j for _, other in found.together)
    if found.places[j] <= taken:
        raise problems.MayNotBePaired(mentee=mentee, mentor=mentor, why=gettext("the mentor has no place left."))
    broken = [rule for rule in found.problem.rules if not rule.allows(np.array([i]))[0, j]]
    for rule in broken:
        if rule.code in NOT_BY_HAND:
            why = sentence(solving.as_json(rule.explain(i, j)))
            if rule.code == "conflict":
                why = gettext("a rule of the programme that is not set aside by hand.")
            raise problems.MayNotBePaired(mentee=mentee, mentor=mentor, why=why)
    return [rule.code for rule in broken if rule.code not in ("apart", "declined")]


@transaction.atomic
def stop(*, scenario: Scenario, by: audit.Actor, at: datetime) -> Scenario:
    """The best answer so far will do; one that has not begun is not begun."""
    held = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if held.is_running:
        held.stop_asked = True
        held.save(update_fields=["stop_asked"])
        audit.record("scenario.stopped", held, by=by, at=at)
    return held


def run(scenario: Scenario, *, still: Callable[[], None] = lambda: None) -> Scenario:
    """Work a scenario out and keep the answer; a scenario that has its answer is left alone.

    `still` is called as the work goes on.
    """
    if scenario.finished_at is not None:
        return scenario
    Scenario.objects.filter(pk=scenario.pk, started_at=None).update(started_at=clock.now())

    def note(progress: Progress) -> None:
        told = {"round": progress.round, "gap": progress.gap, "pairs": progress.candidates}
        Scenario.objects.filter(pk=scenario.pk).update(progress=told)
        still()

    def is_stopped() -> bool:
        return Scenario.objects.filter(pk=scenario.pk, stop_asked=True).exists()

    try:
        outcome = solving.work_out(scenario, progress=note, is_stopped=is_stopped)
    except (ValueError, OverflowError, MemoryError) as trouble:
        return _fail(scenario, str(trouble) or type(trouble).__name__)
    return finish(scenario=scenario, outcome=outcome, by=audit.MACHINE, at=clock.now())


@transaction.atomic
def finish(*, scenario: Scenario, outcome: solving.Outcome, by: audit.Actor, at: datetime) -> Scenario:
    """Keep an answer whole: pairs, who is left over, loads, the certificate's bytes."""
    held = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if held.finished_at is not None:
        return held
    Proposal.objects.bulk_create(outcome.proposals, batch_size=500)
    LeftOver.objects.bulk_create(outcome.left_over, batch_size=500)
    Load.objects.bulk_create(outcome.loads, batch_size=500)
    held.summary, held.result = outcome.summary, outcome.result.to_bytes()
    held.digest = outcome.result.certificate.problem
    held.finished_at = at
    held.save(update_fields=["summary", "result", "digest", "finished_at"])
    _price_choice(held)
    audit.record("scenario.finished", held, by=by, at=at, facts={"served": outcome.summary["served"]})
    return held


def _price_choice(child: Scenario) -> None:
    """What the newest choice by hand costs against the scenario it was made in."""
    newest = child.choices.filter(served_cost=None).order_by("-id").first()
    if newest is None or child.parent is None or not child.parent.is_done:
        return
    before = child.parent.summary
    newest.served_cost = before["served"] - child.summary["served"]
    newest.quality_cost = round(before["quality"] - child.summary["quality"], 6)
    newest.save(update_fields=["served_cost", "quality_cost"])


@transaction.atomic
def _fail(scenario: Scenario, why: str) -> Scenario:
    held = Scenario.objects.select_for_update().get(pk=scenario.pk)
    held.failure, held.finished_at = why[:500], clock.now()
    held.save(update_fields=["failure", "finished_at"])
    return held
