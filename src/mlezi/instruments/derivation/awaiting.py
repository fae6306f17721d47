"""Records that named somebody or some place that nobody knew: they wait, and are derived again once it is known."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from mlezi.formats import answers
from mlezi.instruments.models import Awaited
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.plumbing.bulk import chunks


def now_known() -> set[UUID]:
    """Records that wait for a person or place that is known by now."""
    found: set[UUID] = set()
    for kind, known in (("person", _people_known), ("place", _places_known)):
        values = list(Awaited.objects.filter(kind=kind).values_list("value", flat=True).distinct())
        for some in chunks(values):
            ready = known(some)
            rows = Awaited.objects.filter(kind=kind, value__in=ready)
            found |= set(rows.values_list("submission_id", flat=True))
    return found


def _people_known(values: Collection[str]) -> list[str]:
    uids = {uid: value for value in values if (uid := answers.uid(value))}
    return [uids[uid] for uid in Person.objects.filter(uid__in=list(uids)).values_list("uid", flat=True)]


def _places_known(values: Collection[str]) -> list[str]:
    uids = {value: answers.uid(value) for value in values}
    by_uid = set(Place.objects.filter(uid__in=[uid for uid in uids.values() if uid]).values_list("uid", flat=True))
    forms = sorted({form for value in values for form in (value, value.upper(), value.lower())})
    by_code = {code.lower() for code in Place.objects.filter(code__in=forms).values_list("code", flat=True)}
    return [value for value, uid in uids.items() if uid in by_uid or value.lower() in by_code]
