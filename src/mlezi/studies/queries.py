"""Studies somebody may see, and whether records have come in."""

from __future__ import annotations

from django.db.models import QuerySet

from mlezi.instruments.models import Submission
from mlezi.programmes.models import Programme
from mlezi.studies import problems
from mlezi.studies.models import Snapshot, Study


def studies(programme: Programme) -> QuerySet[Study]:
    return Study.objects.filter(programme=programme).select_related("programme")


def study(programme: Programme, code: str) -> Study:
    """Raises `NoSuchStudy`."""
    found = studies(programme).filter(code=code).first()
    if found is None:
        known = ", ".join(studies(programme).values_list("code", flat=True))
        raise problems.NoSuchStudy(study=code, known=known or "none")
    return found


def named(name: str) -> Study:
    """A study at the command line: its code, `programme/code`, or a programme that has one study.

    Raises `NoSuchStudy`.
    """
    programme, _, code = name.rpartition("/")
    every = Study.objects.select_related("programme")
    found = list(every.filter(code=code, **({"programme__code": programme} if programme else {}))[:2])
    if not found:
        found = list(every.filter(programme__code=name)[:2])
    if len(found) != 1:
        known = ", ".join(f"{one.programme.code}/{one.code}" for one in every)
        raise problems.NoSuchStudy(study=name, known=known or "none")
    return found[0]


def has_data(study: Study) -> bool:
    """Whether the programme has received a record, or the study was frozen before."""
    return (
        Submission.objects.filter(programme=study.programme, is_current=True).exists()
        or Snapshot.objects.filter(study=study).exists()
    )


def latest(study: Study) -> Snapshot | None:
    return Snapshot.objects.filter(study=study).first()
