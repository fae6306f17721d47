"""What checklists found at sites: scores and items, never those about a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from mlezi.competencies.models import ItemResult, Rating, Score
from mlezi.places.scope import Scope

SEEN = Q(is_met__isnull=False) | Q(value__isnull=False)  # an item that does not apply was not looked at
SHORT = Q(is_met=False) | Q(is_met=None, value__lt=1)  # not met, or only in part


def scores(scope: Scope, form: int, start: date, end: date) -> QuerySet[Score]:
    """Scores of sites by records of that form from `start` up to but not including `end`."""
    rows = Score.objects.filter(scope.where(), person=None, submission__form_version__form=form)
    return rows.filter(scored_on__gte=start, scored_on__lt=end)


def items(scope: Scope, form: int, start: date, end: date) -> QuerySet[ItemResult]:
    """The same of items."""
    rows = ItemResult.objects.filter(scope.where(), person=None, submission__form_version__form=form)
    return rows.filter(seen_on__gte=start, seen_on__lt=end)


class Tally(NamedTuple):
    """How often an item was looked at (`n`), was not met (`short`), and how often for each reason."""

    item: str
    n: int
    short: int
    because: Mapping[str, int]


def by_item(found: QuerySet[ItemResult]) -> list[Tally]:
    """Every item that was looked at."""
    reasons = Rating.Because.values
    counts = [Count("pk", filter=SEEN), Count("pk", filter=SHORT)]
    counts += [Count("pk", filter=SHORT & Q(because=reason)) for reason in reasons]
    named = {f"count_{at}": count for at, count in enumerate(counts)}
    rows = found.order_by().values("item").annotate(**named).values_list("item", *named)
    return [Tally(item, n, short, dict(zip(reasons, rest, strict=True))) for item, n, short, *rest in rows if n]
