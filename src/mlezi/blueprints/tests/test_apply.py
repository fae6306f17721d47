"""Applying a blueprint: all or nothing, as often as one likes, and never over people's records."""

from pathlib import Path

import pytest

from mlezi.audit.actions import COMMAND_LINE
from mlezi.audit.models import Event
from mlezi.blueprints import actions, checks, planning, problems
from mlezi.blueprints.tests.folders import change
from mlezi.competencies.models import Competency, Rating
from mlezi.instruments.models import FormVersion, Submission
from mlezi.narratives.models import Codebook
from mlezi.places.models import Level
from mlezi.programmes.models import Programme
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import forms


def apply(folder: Path) -> planning.Plan:
    return actions.apply(folder=folder, by=COMMAND_LINE, at=MORNING)


def test_the_flagship_applies_and_a_second_time_does_nothing(db, folder):
    first = apply(folder)
    again = apply(folder)

    programme = Programme.objects.get(code="clinical-mentorship")
    assert not first.is_empty
    assert again.is_empty
    assert Competency.objects.filter(domain__programme=programme).count() == 23
    assert FormVersion.objects.filter(form__programme=programme).count() == 11
    assert Event.objects.filter(name="blueprint.applied").count() == 1


def test_a_mistake_leaves_everything_as_it_was(db, folder):
    change(folder, "mode: visit", "mode: vist")

    with pytest.raises(problems.HasMistakes):
        apply(folder)

    assert not Programme.objects.exists()


def test_a_rated_competency_cannot_vanish(world, folder):
    apply(folder)
    programme = Programme.objects.get(code="clinical-mentorship")
    rate(world, programme, "bag_mask")
    change(folder, "{code: bag_mask, title", "{code: bagging, title", "framework.yaml")
    for form in ("rating", "mentee_view"):
        text = (folder / "forms" / f"{form}.md").read_text()
        text = text.replace("newborn.bag_mask", "newborn.bagging").replace("| 2026-01 |", "| 2026-02 |")
        (folder / "forms" / f"{form}.md").write_text(text)

    with pytest.raises(problems.WouldOrphan) as refused:
        apply(folder)

    assert "1 ratings" in str(refused.value)
    assert "retired: true" in str(refused.value)


def test_a_competency_nobody_was_rated_in_may_go(db, folder):
    apply(folder)
    text = (folder / "framework.yaml").read_text().splitlines(keepends=True)
    (folder / "framework.yaml").write_text("".join(line for line in text if "code: shoulder" not in line))
    form = (folder / "forms/rating.md").read_text().replace("| 2026-01 |", "| 2026-02 |")
    for term in ("rating", "rating.basis", "rating.because"):
        form = form.replace(f"{term}:complications.shoulder ", "")
    (folder / "forms/rating.md").write_text(form)

    plan = apply(folder)

    assert [str(step) for step in plan.steps if step.kind == "competency" and step.verb == "remove"] == [
        "- competency complications.shoulder"
    ]


def test_a_form_that_changed_needs_a_new_version(db, folder):
    apply(folder)
    change(folder, "How many minutes did it take?", "How long did it take?", "forms/visit.md")

    with pytest.raises(problems.WouldOrphan) as refused:
        apply(folder)

    assert "Give it a new version" in str(refused.value)


def test_a_level_of_another_programme_stays(world, folder):
    apply(folder)

    assert {"country", "region", "district", "facility"} <= set(Level.objects.values_list("code", flat=True))


def test_codebooks_come_from_the_folder_and_from_what_ships(world, folder):
    apply(folder)

    own, shared = Codebook.objects.get(code="experiences"), Codebook.objects.get(code="cfir-2022")
    assert (own.programme.code, own.codes.count()) == ("clinical-mentorship", 22)
    assert shared.programme is None
    reading, forms = checks.check(folder)
    assert planning.plan(reading.blueprint, forms, reading.materials).is_empty


def test_a_mistake_in_a_codebook_is_shown_with_its_line(folder):
    change(folder, "code: benefits", "cod: benefits", "codebooks/experiences.yaml")
    reading, _ = checks.check(folder)
    said = [str(finding) for finding in reading.findings]

    assert any(line.startswith("codebooks/experiences.yaml:") and "Did you mean code?" in line for line in said)


def rate(world, programme, code):
    version = FormVersion.objects.get(form__programme=programme, form__form_id="rating")
    xml = forms.record(version, {})
    sent = Submission.objects.create(
        programme=programme, form_id="rating", version=version.version, form_version=version, instance_id="uuid:1",
        root_id="uuid:1", xml=xml, sha256="0" * 64, size=len(xml), received_at=MORNING,
    )  # fmt: skip
    Rating.objects.create(
        id=world.baraka.uid, programme=programme, submission=sent, person=world.baraka, named_uid=world.baraka.uid,
        competency=Competency.objects.get(domain__programme=programme, code=code), level=2, rated_on=MORNING.date(),
    )  # fmt: skip
