"""How far records can be trusted: late, from paper, and confirmed by those who were there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q

from mlezi.encounters import queries
from mlezi.encounters.models import SampleCheck
from mlezi.methods.sampling.rates import match_rate
from mlezi.methods.sampling.records import Drawn, Sample
from mlezi.methods.statistics.estimate import Estimate
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme

MATCHED = {SampleCheck.Answer.CONFIRMED: True, SampleCheck.Answer.DENIED: False}


@dataclass(frozen=True)
class Shares:
    """Counts of encounters held in a period. A share of none is not known."""

    n: int
    n_late: int
    n_paper: int
    n_conflicting: int


def shares(scope: Scope, programme: Programme, *, start: date, end: date) -> Shares:
    rows = queries.held(queries.visible_to(scope)).filter(programme=programme, held_on__gte=start, held_on__lt=end)
    counts = rows.aggregate(
        n=Count("pk", distinct=True),
        n_late=Count("pk", filter=Q(days_to_receipt__gt=queries.LATE_DAYS), distinct=True),
        n_paper=Count("pk", filter=Q(is_backfilled=True), distinct=True),
        n_conflicting=Count("pk", filter=Q(has_conflict=True), distinct=True),
    )
    return Shares(**counts)


def sampled_match(scope: Scope, programme: Programme, *, start: date, end: date) -> Estimate:
    """The share of all encounters of these months that match, from the sample checked, with its interval."""
    first, last = f"{start:%Y-%m}", f"{end - timedelta(days=1):%Y-%m}"  # `end` is the day after
    checks = queries.checks_visible_to(scope).filter(programme=programme, period__gte=first, period__lte=last)
    rows = list(checks.values_list("pk", "period", "place__parent_id", "probability", "answer"))
    drawn, matched = [], {}
    expected: dict[str, float] = {}
    taken: dict[str, int] = {}
    for pk, period, district, probability, answer in rows:
        stratum = f"{period} {district}"
        drawn.append(Drawn(str(pk), stratum, probability))
        expected[stratum] = expected.get(stratum, 0.0) + 1 / probability
        taken[stratum] = taken.get(stratum, 0) + 1
        if answer in MATCHED:
            matched[str(pk)] = MATCHED[SampleCheck.Answer(answer)]
    sizes = {stratum: round(size) for stratum, size in expected.items()}
    sample = Sample(tuple(drawn), sizes, taken, seed=0, method="as drawn")
    return match_rate(sample, matched)


def encounters_of(checks: list[SampleCheck], scope: Scope) -> dict[UUID, object]:
    """The sampled encounters that still stand, by uid, for those who may see them."""
    uids = [check.encounter_uid for check in checks]
    return {row.pk: row for row in queries.visible_to(scope).filter(pk__in=uids)}
