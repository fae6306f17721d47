"""The records that partial indexes hold: those that somebody must look at, those that replaced another, and those
that do not wait for the worker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from mlezi.instruments.models import Submission
from mlezi.plumbing.partial import said

Chain = tuple[str, str]  # form id, and the first instance id


LOOKED_AT = said("instruments_submission.state IN ('parked', 'set_aside')")
WORKED_OUT = said("NOT (instruments_submission.state = 'received')")
EDITS = said("NOT (instruments_submission.replaces_id = '')")


def parked() -> QuerySet[Submission]:
    """Records of every programme that wait for somebody, or that somebody set aside."""
    return Submission.objects.filter(LOOKED_AT)


def since(programme: int, moment: datetime) -> QuerySet[Submission]:
    """Records of a programme that came after a moment and have been worked out, or wait for somebody."""
    return Submission.objects.filter(WORKED_OUT, programme=programme, received_at__gt=moment)


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
