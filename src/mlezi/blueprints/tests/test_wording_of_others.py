"""Wording that may not be shipped: nothing is published until the site supplies it."""

import pytest

from mlezi.audit.actions import COMMAND_LINE
from mlezi.blueprints import actions, checks
from mlezi.blueprints.problems import HasMistakes
from mlezi.blueprints.tests.folders import change
from mlezi.instruments.models import FormVersion
from mlezi.testing.cast import MORNING

SLOT = "supplied by site"


@pytest.fixture
def with_a_slot(folder):
    change(folder, "What has been difficult?", SLOT, "forms/midterm.md")
    change(folder, "Changamoto gani umekutana nazo?", SLOT, "forms/midterm.md")
    return folder


@pytest.mark.django_db
def test_it_is_complained_of_clearly_until_it_is_there(with_a_slot):
    reading, _ = checks.check(with_a_slot)
    with pytest.raises(HasMistakes):
        actions.apply(folder=with_a_slot, by=COMMAND_LINE, at=MORNING)

    (told,) = reading.findings
    assert told.file == "forms/midterm.md"
    assert "wordings/midterm.csv" in str(told)
    assert "challenges" in str(told)


@pytest.mark.django_db
def test_the_sites_own_file_fills_it(with_a_slot):
    (with_a_slot / "wordings").mkdir()
    words = "name,label::English (en),label::Kiswahili (sw)\nchallenges,What was hard?,Nini kilikuwa kigumu?\n"
    (with_a_slot / "wordings" / "midterm.csv").write_text(words)

    actions.apply(folder=with_a_slot, by=COMMAND_LINE, at=MORNING)

    assert b"What was hard?" in bytes(FormVersion.objects.get(form__form_id="midterm").xml)


def test_a_file_that_cannot_be_used_is_told_with_its_name(with_a_slot):
    (with_a_slot / "wordings").mkdir()
    (with_a_slot / "wordings" / "midterm.csv").write_text("label\nx\n")

    reading, _ = checks.check(with_a_slot)

    assert {finding.file for finding in reading.findings} == {"forms/midterm.md", "wordings/midterm.csv"}
