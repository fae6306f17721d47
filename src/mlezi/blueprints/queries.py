"""What is installed of a programme, in the shape of `wanted.parts`."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import Q, QuerySet

from mlezi.blueprints.wanted import Parts
from mlezi.competencies.models import Competency, Domain, Rating
from mlezi.encounters.models import Encounter, EncounterType, PlannedEncounter
from mlezi.field.models import Material
from mlezi.instruments.models import FormVersion, Submission
from mlezi.narratives.models import Codebook
from mlezi.places.models import Level, Place
from mlezi.programmes.models import Cohort, Enrolment, Programme
from mlezi.resources.models import Rate
from mlezi.studies.models import Snapshot, Study


def digest(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()[:12]


def installed(code: str) -> tuple[Programme | None, Parts]:
    """The programme and its parts as they are now; levels are shared by all programmes."""
    found: Parts = {("level", level.code): {"rank": level.rank, "title": level.title} for level in Level.objects.all()}
    programme = Programme.objects.filter(code=code).first()
    if programme is None:
        return None, found
    found["programme", code] = {
        "title": programme.title,
        "time_zone": programme.time_zone,
        "starts_on": programme.starts_on and programme.starts_on.isoformat(),
        "ends_on": programme.ends_on and programme.ends_on.isoformat(),
    }
    for domain in Domain.objects.filter(programme=programme):
        found["domain", domain.code] = {"title": domain.title, "order": domain.order, "retired": domain.retired}
    for row in Competency.objects.filter(domain__programme=programme).select_related("domain"):
        found["competency", f"{row.domain.code}.{row.code}"] = {
            "title": row.title,
            "levels": row.levels,
            "pass_level": row.pass_level,
            "must_pass": row.must_pass,
            "recheck_days": row.recheck_days,
            "order": row.order,
            "retired": row.retired,
        }
    for kind in EncounterType.objects.filter(programme=programme):
        found["encounter", kind.code] = {
            "title": kind.title,
            "mode": kind.mode,
            "forms": kind.forms,
            "led_by": kind.led_by,
            "every_days": kind.every_days,
            "planned_minutes": kind.planned_minutes,
            "retired": kind.retired,
        }
    for rate in Rate.objects.filter(programme=programme, to_on__isnull=True, place__isnull=True):
        found["rate", rate.code] = {
            "title": rate.title,
            "unit": rate.unit,
            "amount": f"{rate.amount:.2f}",
            "currency": rate.currency,
        }
    for file in Material.objects.filter(programme=programme).defer("content"):
        found["material", file.name] = {
            "title": file.title,
            "domain": file.domain,
            "licence": file.licence,
            "source": file.source,
            "order": file.order,
            "content": file.sha256[:12],
        }
    for cohort in Cohort.objects.filter(programme=programme):
        found["cohort", cohort.code] = {
            "title": cohort.title,
            "starts_on": cohort.starts_on and cohort.starts_on.isoformat(),
        }
    for version in FormVersion.objects.filter(form__programme=programme).select_related("form").order_by("id"):
        found["form", version.form.form_id] = {
            "version": version.version,
            "content": digest(bytes(version.source)),
            "closed": version.form.closed_at is not None,
            "title": version.form.title,
        }
    for book in Codebook.objects.filter(Q(programme=programme) | Q(programme=None)).exclude(file_hash=""):
        found["codebook", book.code] = {"content": book.file_hash[:12]}
    for study in Study.objects.filter(programme=programme, source=Study.Source.BLUEPRINT):
        found["study", study.code] = {"plan": study.plan_sha256}
    return programme, found


def depends_on(programme: Programme, kind: str, code: str) -> str:
    """What would lose its meaning without this part, in words; empty when nothing would."""
    found = [f"{rows.count()} {what}" for what, rows in _dependents(programme, kind, code).items() if rows.exists()]
    return " and ".join(found)


def _dependents(programme: Programme, kind: str, code: str) -> dict[str, QuerySet[Any]]:
    """Rows that point at a part of the blueprint, by what they are called."""
    ratings = Rating.objects.filter(programme=programme)
    domain, _, name = code.partition(".")
    by_kind: dict[str, dict[str, QuerySet[Any]]] = {
        "competency": {"ratings": ratings.filter(competency__domain__code=domain, competency__code=name)},
        "domain": {"ratings": ratings.filter(competency__domain__code=code)},
        "encounter": {
            "encounters": Encounter.objects.filter(programme=programme, type__code=code),
            "plans": PlannedEncounter.objects.filter(programme=programme, type__code=code),
        },
        "form": {"submissions": Submission.objects.filter(programme=programme, form_id=code)},
        "cohort": {"enrolments": Enrolment.objects.filter(programme=programme, cohort__code=code)},
        "study": {"snapshots": Snapshot.objects.filter(study__programme=programme, study__code=code)},
        "level": {"places": Place.objects.filter(level__code=code)},
    }
    return by_kind.get(kind, {})


def highest_level(programme: Programme, code: str) -> int:
    """The highest level anybody was rated at in this competency; 0 when nobody was."""
    domain, _, name = code.partition(".")
    ratings = Rating.objects.filter(programme=programme, competency__domain__code=domain, competency__code=name)
    return ratings.order_by("-level").values_list("level", flat=True).first() or 0
