"""A pair has ended: who is next for this one mentee, worked out at once. All others stay where they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from mlezi.audit import actions as audit
from mlezi.matching import settings
from mlezi.matching.actions import rounds, scenarios
from mlezi.matching.models import Choice, Scenario
from mlezi.matching.queries import rounds as queries
from mlezi.pairing.models import Pairing
from mlezi.places.scope import Scope
from mlezi.plumbing import clock


@transaction.atomic
def propose_next(*, pairing: Pairing, scope: Scope, by: audit.Actor, at: datetime) -> Scenario | None:
    """A draft round of the mentee alone and its answer, from the day after the pair's last; nobody is asked yet.

    The mentor they had is left out. None where the pair goes on, or nobody is there to be matched.
    """
    programme, mentee = pairing.programme, pairing.learner
    if pairing.to_on is None:
        return None
    from_on = max(pairing.to_on + timedelta(days=1), clock.today(programme.time_zone))
    found = queries.candidates(scope, programme, pairing.kind, on=from_on)
    mentors = [one for one in found.mentors if one.pk != pairing.guide_id]
    if not mentors or mentee.pk not in {one.pk for one in found.everybody}:
        return None
    round_ = rounds.start(
        programme=programme, title=gettext("Next for {name}").format(name=mentee.name), from_on=from_on,
        mentees=[mentee], mentors=mentors, by=by, at=at, kind=pairing.kind,
    )  # fmt: skip
    asked = scenarios.ask(round_=round_, title=gettext("The best now"), chosen=_alone(round_.settings), by=by, at=at)
    Choice.objects.create(
        scenario=asked, mentee=mentee, mentor=pairing.guide, verb=Choice.Verb.APART, by_name=by.name,
        served_cost=0, quality_cost=0.0,
    )  # fmt: skip
    return scenarios.run(asked)


def _alone(kept: dict[str, object]) -> settings.Settings:
    """The round's settings without the policies that need more than one mentee."""
    chosen = settings.from_json(kept)
    return replace(chosen, method="best", max_moves=None, least_group=0, help_whom="")
