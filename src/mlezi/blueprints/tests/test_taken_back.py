"""A list of answers that is taken back takes everything with it that was made of it; brought in again, all is there."""

from datetime import date, timedelta

import pytest

from mlezi.audit import worker
from mlezi.audit.actions import COMMAND_LINE
from mlezi.audit.imports.kinds import Context
from mlezi.blueprints import actions
from mlezi.blueprints.tests.folders import LIBRARY
from mlezi.narratives.actions import sources
from mlezi.narratives.models import Source
from mlezi.programmes.models import Programme
from mlezi.surveys.models import Filled
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import imports

LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def within(db):
    actions.apply(folder=LIBRARY / "managerial-coaching", by=COMMAND_LINE, at=MORNING)
    programme = Programme.objects.get()
    return Context(COMMAND_LINE, MORNING, date(2026, 12, 1), programme=programme, options={"form_id": "survey"})


@pytest.fixture
def sheets():
    """Two made-up sheets, each with an open answer."""
    head, *rows = (LIBRARY / "managerial-coaching" / "made-up" / "survey.csv").read_text().splitlines()
    return f"{head},open_more\n{rows[0]},A clear list of tasks\n{rows[1]},More time\n"


def texts_and_sheets():
    worker.drain(at=LATER)
    return Source.objects.filter(withdrawn_at=None).count(), Filled.objects.count()


def test_texts_and_answers_go_and_come_with_their_list(within, sheets):
    batch = imports.bring_in("answers", sheets, within)
    assert texts_and_sheets() == (2, 2)

    imports.undo(batch)
    assert texts_and_sheets() == (0, 0)

    imports.bring_in("answers", sheets, within)
    assert texts_and_sheets() == (2, 2)


def test_a_text_whose_consent_was_taken_back_does_not_come_again(within, sheets):
    batch = imports.bring_in("answers", sheets, within)
    texts_and_sheets()
    sources.withdraw(source=Source.objects.order_by("pk")[0], by=COMMAND_LINE, at=LATER)

    imports.undo(batch)
    texts_and_sheets()
    imports.bring_in("answers", sheets, within)

    assert texts_and_sheets() == (1, 2)
