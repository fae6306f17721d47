"""Who works at facilities, how many came and went lately, and who guides them: what a visit plan asks of people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from mlezi.evaluation import keeping
from mlezi.pairing.models import Pairing
from mlezi.people.models import Post
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme
from mlezi.programmes.queries import running_on

TURNOVER_DAYS = 90


class Staff(NamedTuple):
    """Of one place: how many work there, how many came or went lately, and who guides them, of most first."""

    area: int
    place: int
    n: int
    moved: int
    guides: tuple[int, ...]


NOBODY = Staff(0, 0, 0, 0, ())


def by_place(programme: Programme, scope: Scope, today: date) -> Mapping[int, Staff]:
    """Every place in the scope where anybody works or worked."""
    find = partial(_counted, programme, today)
    return keeping.by_area(
        "staff", programme, scope, on=today, find=find, make=lambda rows: {row.place: row for row in rows}
    )


def _counted(programme: Programme, today: date, scope: Scope) -> list[Staff]:
    guides = _guides(programme, today, scope)
    since = today - timedelta(days=TURNOVER_DAYS)
    recent = Q(from_on__gte=since, from_on__lte=today) | Q(to_on__gte=since, to_on__lt=today)
    working = Q(Q(from_on=None) | Q(from_on__lte=today), Q(to_on=None) | Q(to_on__gte=today))
    posts = Post.objects.filter(scope.where(path="place__path", programme=None)).order_by()
    rows = posts.values_list(Coalesce("place__district_id", 0), "place_id").annotate(
        n=Count("pk", filter=working), moved=Count("pk", filter=recent)
    )
    return [Staff(area, place, n, moved, tuple(guides.get(place, ()))) for area, place, n, moved in rows]


def _guides(programme: Programme, today: date, scope: Scope) -> dict[int, list[int]]:
    """Place → who guides people there today, those of most first."""
    there = scope.where(path="learner__posts__place__path", programme=None)
    pairs = Pairing.objects.filter(running_on(today), there, programme=programme, learner__posts__to_on=None)
    found: dict[int, list[int]] = {}
    rows = pairs.values_list(F("learner__posts__place"), "guide").annotate(n=Count("learner", distinct=True))
    for place, guide, _n in rows.order_by("-n", "guide"):
        found.setdefault(place, []).append(guide)
    return found
