"""The few records that partial indexes hold: what is not worked out yet, and what replaced another.

A database takes such an index only where a statement says its condition word for word, and a value that is sent
beside the statement says nothing. Without it a count of the ten that wait reads the million that do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from mlezi.instruments.models import Submission

Chain = tuple[str, str]  # form id, and the first instance id


def _said(condition: str) -> RawSQL:
    return RawSQL(condition, (), output_field=BooleanField())  # noqa: S611 - our own words


UNFINISHED = _said("NOT (instruments_submission.state = 'derived')")
EDITS = _said("NOT (instruments_submission.replaces_id = '')")


def unfinished() -> QuerySet[Submission]:
    """Records of every programme that are not worked out: new, parked, or set aside."""
    return Submission.objects.filter(UNFINISHED)


def edited(programme: int, chains: Iterable[Chain]) -> Q:
    """All records of these chains of edits: the first of each, and whatever replaced it."""
    by_form: defaultdict[str, list[str]] = defaultdict(list)
    for form_id, root in sorted(set(chains)):
        by_form[form_id].append(root)
    found = Q(pk__in=[])
    for form_id, roots in by_form.items():
        of_form = Q(programme=programme, form_id=form_id)
        found |= of_form & Q(instance_id__in=roots)
        found |= of_form & Q(root_id__in=roots) & Q(EDITS)
    return found
