"""Publishing a scenario: a request for each pair, with a last day to answer."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction
from django.utils.translation import gettext

from mlezi.audit import actions as audit
from mlezi.matching import problems, solving
from mlezi.matching.models import IdentityPolicy, Proposal, Request, Round, Scenario
from mlezi.matching.queries import identity


@transaction.atomic
def publish(*, scenario: Scenario, by: audit.Actor, at: datetime) -> list[Request]:
    """Ask every mentor of the scenario; the round is then closed for other scenarios.

    Pairs that the round replaces go on until the new mentor says yes (`answering.accept`).

    Raises `NoPolicySigned`, `NotFinished`, `IsPublished`, and `Stale` when people, pairs, places or answers on
    which the scenario rests have changed since.
    """
    round_ = Round.objects.select_for_update(of=("self",)).select_related("programme").get(pk=scenario.round_id)
    policy = identity.policy_of(round_.programme)
    if policy is None:
        raise problems.NoPolicySigned
    if round_.published_at is not None:
        raise problems.IsPublished
    if not scenario.is_done:
        raise problems.NotFinished(number=scenario.number)
    _ensure_fresh(scenario, policy)
    requests = [
        Request(
            round=round_,
            mentee_id=row.mentee_id,
            mentor_id=row.mentor_id,
            sent_at=at,
            expires_on=at.date() + timedelta(days=round_.answer_days),
        )
        for row in scenario.proposals.filter(is_kept=False).order_by("mentor", "mentee")
    ]
    made = Request.objects.bulk_create(requests, batch_size=500)
    round_.published, round_.published_at = scenario, at
    round_.save(update_fields=["published", "published_at"])
    due = at + timedelta(days=round_.answer_days + 1)
    audit.record("requests.sent", round_, by=by, at=at, run_after=due, facts={"n": len(made)})
    audit.record("round.published", round_, by=by, at=at, facts={"scenario": scenario.number})
    return made


def _ensure_fresh(scenario: Scenario, policy: IdentityPolicy) -> None:
    """Every pair must still be allowed today, have a place, and rest on the policy that holds."""
    if _use(scenario.policy) != policy.use:
        raise problems.Stale(what=gettext("the identity policy"))
    found = solving.assembled_for(scenario)
    row, column = found.sides.mentees.index(), found.sides.mentors.index()
    taken: Counter[int] = Counter()
    for pair in scenario.proposals.select_related("mentee", "mentor"):
        if pair.mentee_id not in row or pair.mentor_id not in column:
            raise problems.Stale(what=gettext("who takes part"))
        i, j = row[pair.mentee_id], column[pair.mentor_id]
        taken[j] += 1
        if taken[j] > found.places[j]:
            raise problems.Stale(what=gettext("the places of {mentor}").format(mentor=pair.mentor))
        is_allowed = all(rule.allows(np.array([i]))[0, j] for rule in found.problem.rules)
        if not is_allowed and not pair.is_chosen:
            raise problems.Stale(what=gettext("what allows {mentee} with {mentor}").format(**_names(pair)))


def _use(policy: IdentityPolicy | None) -> str:
    """Without a policy nothing is used, as when it is signed that nothing is collected."""
    return policy.use if policy else IdentityPolicy.Use.NOT_COLLECTED


def _names(pair: Proposal) -> dict[str, object]:
    return {"mentee": pair.mentee, "mentor": pair.mentor}
