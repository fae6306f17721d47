"""Makes what is installed agree with a blueprint: all of it or nothing, as often as one likes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.blueprints import checks, planning, problems, wanted
from mlezi.blueprints.checks import ReadForm
from mlezi.blueprints.planning import Plan, Step
from mlezi.blueprints.reading import Reading
from mlezi.competencies.models import Competency, Domain
from mlezi.encounters.models import EncounterType
from mlezi.field import actions as guidance
from mlezi.instruments.actions import publishing
from mlezi.instruments.models import Form
from mlezi.narratives import shipped
from mlezi.narratives.actions import codebooks
from mlezi.places.models import Level, Place
from mlezi.programmes.models import Cohort, Programme
from mlezi.resources.models import Rate
from mlezi.studies import actions as studies
from mlezi.studies.models import Study
from mlezi.studies.plan import Study as StudyPlan


@transaction.atomic
def apply(*, folder: Path, by: Actor, at: datetime, place: Place | None = None) -> Plan:
    """Apply the blueprint in `folder`; `place`, when given, becomes the programme's part of the tree.

    Returns what was done. A second call does nothing.
    Raises `HasMistakes` when `check` would find one, `WouldOrphan` when a part that has data is missing.
    """
    reading, forms = checks.check(folder)
    mistakes = [finding for finding in reading.findings if finding.weight == "mistake"]
    if reading.blueprint is None or mistakes:
        raise problems.HasMistakes(count=len(mistakes), folder=folder)
    # Two people may apply at once; the second waits here and then compares with what the first left.
    Programme.objects.select_for_update().filter(code=reading.blueprint.code).first()
    plan = planning.plan(reading.blueprint, forms, reading.materials)
    if plan.refused:
        reasons = "; ".join(f"{step.kind} {step.code}: {step.reason}" for step in plan.refused)
        raise problems.WouldOrphan(count=len(plan.refused), reasons=reasons)
    moves = place is not None and (plan.programme is None or plan.programme.place_id != place.pk)
    if plan.is_empty and not moves:
        return plan
    _carry_out(plan, reading, forms, by=by, at=at, place=place)
    return plan


def _carry_out(
    plan: Plan, reading: Reading, forms: dict[str, ReadForm], *, by: Actor, at: datetime, place: Place | None
) -> None:
    blueprint = reading.blueprint
    assert blueprint is not None
    want = planning.wanted_of(blueprint, forms, reading.materials)
    programme = plan.programme or Programme(code=blueprint.code, place=place)
    facts = want["programme", blueprint.code]
    if place is not None:
        programme.place = place
    programme.title = facts["title"]
    programme.time_zone = facts["time_zone"]
    programme.starts_on = facts["starts_on"] and date.fromisoformat(facts["starts_on"])
    programme.ends_on = facts["ends_on"] and date.fromisoformat(facts["ends_on"])
    kept = wanted.kept_whole(blueprint)
    is_rescored = programme.blueprint.get("instruments", []) != kept["instruments"]
    programme.blueprint = kept
    programme.blueprint_hash = reading.hash
    programme.applied_at = at
    programme.save()
    plan.programme = programme
    for step in plan.steps:
        if step.kind == "form":
            _form(programme, step, forms.get(step.code), by=by, at=at)
        elif step.kind == "material":
            _material(programme, step.code, want.get(("material", step.code)), reading.materials, by=by, at=at)
        elif step.kind == "codebook":
            _codebook(programme, step, blueprint.codebooks, reading.materials, by=by, at=at)
        elif step.kind == "study":
            _study(programme, step, blueprint.study, by=by, at=at)
        elif step.kind != "programme":
            WRITERS[step.kind](programme, step, want.get((step.kind, step.code)), at.date())
    audit.record(
        "blueprint.applied",
        programme,
        by=by,
        at=at,
        facts={
            "hash": reading.hash,
            "instruments": is_rescored,
            "steps": [f"{step.verb} {step.kind} {step.code}" for step in plan.steps],
        },
    )


def _form(programme: Programme, step: Step, form: ReadForm | None, *, by: Actor, at: datetime) -> None:
    row = Form.objects.filter(programme=programme, form_id=step.code).first()
    if form is None:
        if row:
            row.versions.all().delete()  # nobody sent a record, or the plan would have refused
            row.delete()
        return
    if row and row.closed_at and not form.file.closed:
        publishing.reopen(form=row, by=by, at=at)
    published = publishing.publish(
        programme=programme,
        source=form.source,
        name=Path(form.file.file).name,
        purpose=form.file.purpose,
        title=form.file.title,
        by=by,
        at=at,
    )
    row = published.version.form
    if form.file.closed and row.closed_at is None:
        publishing.close(form=row, by=by, at=at)


def _material(
    programme: Programme, name: str, want: wanted.Facts | None, files: Mapping[str, bytes], *, by: Actor, at: datetime
) -> None:
    if want is None:
        guidance.drop_material(programme=programme, name=name, by=by, at=at)
        return
    facts = {key: value for key, value in want.items() if key != "content"}
    guidance.keep_material(programme=programme, name=name, content=files[name], facts=facts, by=by, at=at)


def _codebook(
    programme: Programme, step: Step, names: list[str], files: Mapping[str, bytes], *, by: Actor, at: datetime
) -> None:
    """Bring in what the blueprint names; those that come with Mlezi are kept for all programmes."""
    for name in names:
        file = wanted.codebook(name, files)
        if file.code == step.code:
            owner = None if name in shipped.CODES else programme
            codebooks.bring_in(file=file, name=name, programme=owner, by=by, at=at)


def _study(programme: Programme, step: Step, plan: StudyPlan | None, *, by: Actor, at: datetime) -> None:
    if plan is None or plan.code != step.code:
        Study.objects.filter(programme=programme, code=step.code).delete()  # nothing was frozen for it
        return
    why = "The blueprint was changed and applied."
    studies.declare(programme=programme, plan=plan, source=Study.Source.BLUEPRINT, by=by, at=at, why=why)


def _level(programme: Programme, step: Step, want: wanted.Facts | None, on: date) -> None:
    Level.objects.update_or_create(code=step.code, defaults=want or {})


def _domain(programme: Programme, step: Step, want: wanted.Facts | None, on: date) -> None:
    rows = Domain.objects.filter(programme=programme, code=step.code)
    if want is None:
        rows.delete()
    else:
        Domain.objects.update_or_create(programme=programme, code=step.code, defaults=want)


def _competency(programme: Programme, step: Step, want: wanted.Facts | None, on: date) -> None:
    domain_code, _, code = step.code.partition(".")
    rows = Competency.objects.filter(domain__programme=programme, domain__code=domain_code, code=code)
    if want is None:
        rows.delete()
    else:
        domain = Domain.objects.get(programme=programme, code=domain_code)
        Competency.objects.update_or_create(domain=domain, code=code, defaults=want)


def _encounter(programme: Programme, step: Step, want: wanted.Facts | None, on: date) -> None:
    if want is None:
        EncounterType.objects.filter(programme=programme, code=step.code).delete()
    else:
        EncounterType.objects.update_or_create(programme=programme, code=step.code, defaults=want)


def _rate(programme: Programme, step: Step, want: wanted.Facts | None, on: date) -> None:
    """A new amount holds from today; what was planned at the old one keeps it."""
    current = Rate.objects.filter(programme=programme, code=step.code, to_on__isnull=True, place__isnull=True)
    for rate in current:
        if rate.from_on >= on:
            rate.delete()
        else:
            rate.to_on = on
            rate.save(update_fields=["to_on"])
    if want is not None:
        values: dict[str, Any] = {**want, "amount": Decimal(want["amount"])}
        start = on if step.verb == "change" else min(on, programme.starts_on or on)
        Rate.objects.create(programme=programme, code=step.code, from_on=start, **values)


def _cohort(programme: Programme, step: Step, want: wanted.Facts | None, on: date) -> None:
    if want is None:
        Cohort.objects.filter(programme=programme, code=step.code).delete()
    else:
        Cohort.objects.update_or_create(programme=programme, code=step.code, defaults=want)


WRITERS = {
    "level": _level,
    "domain": _domain,
    "competency": _competency,
    "encounter": _encounter,
    "rate": _rate,
    "cohort": _cohort,
}
