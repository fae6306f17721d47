"""What the tests of studies share: a busy programme's records, and a plan over them."""

import pytest
import yaml
from django.db import transaction
from django.test import override_settings

from mlezi.audit.actions import COMMAND_LINE
from mlezi.reports import study as reports
from mlezi.studies import actions, freezing
from mlezi.studies.plan import Study as Plan
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import busy as maker

PLAN = """
code: progress
title: {en: "Does mentoring help?", sw: "Je, unasihi unasaidia?"}
design: single_group
questions:
  - code: skills
    title: {en: "Do ratings rise?", sw: "Je, alama zinapanda?"}
    changes_mind: {en: "If not, we change the visits.", sw: "Kama sivyo, tunabadili ziara."}
exposure: {title: {en: Visits, sw: Ziara}, sessions: 3}
times:
  - {code: early, title: {en: Until February, sw: Hadi Februari}, to_on: 2026-02-14}
  - {code: later, title: {en: After, sw: Baadaye}, from_on: 2026-02-15}
outcomes:
  - {code: level, title: {en: Mean level, sw: Kiwango}, of: rating, lowest: 1, highest: 5}
  - {code: high, title: {en: Level four or more, sw: Nne au zaidi}, of: rating, yes_from: 3}
  - {code: sessions, title: {en: Encounters, sw: Mikutano}, of: sessions}
  - {code: enough, title: {en: Enough encounters, sw: Mikutano ya kutosha}, of: sessions, yes_from: 4}
comparisons:
  - {code: cadre, title: {en: Cadre, sw: Kada}, by: cadre}
minimum_group: 2
analyses:
  - {code: change, do: paired_change, outcome: level, from: early, to: later, question: skills}
  - {code: sessions, do: mean, outcome: sessions, question: skills, compare: cadre}
  - {code: high, do: proportion, outcome: high, compare: cadre}
  - {code: enough, do: proportion, outcome: enough}
  - {code: dose, do: dose}
  - {code: reached, do: equity, compare: cadre}
  - {code: together, do: dose_outcome, outcome: level, at: later}
  - {code: spread, do: quantiles, outcome: sessions}
  - {code: stay, do: retention, options: {days: [30, 90], up_to: 90}}
  - {code: funnel, do: funnel, outcome: high}
  - {code: model, do: repeated, outcome: level, from: early, to: later}
"""


@pytest.fixture(scope="module")
def busy(django_db_setup, django_db_blocker):
    """Made once for the whole file, and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield maker.make()
        transaction.set_rollback(True)


@pytest.fixture
def data_folder(settings, tmp_path):
    settings.DATA = tmp_path / "installation"
    return settings.DATA


@pytest.fixture
def plan():
    return Plan.model_validate(yaml.safe_load(PLAN))


def declared(busy, plan):
    made, _ = actions.declare(
        programme=busy.world.programme, plan=plan, source="page", by=COMMAND_LINE, at=MORNING, why="new"
    )
    return made


@pytest.fixture
def study(busy, plan, data_folder, db):
    return declared(busy, plan)


@pytest.fixture(scope="module")
def frozen_folder(busy, django_db_blocker, tmp_path_factory):
    """The study's snapshot, made once for the whole file: only to be read."""
    folder = tmp_path_factory.mktemp("study")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DATA=folder / "installation"):
        study = declared(busy, Plan.model_validate(yaml.safe_load(PLAN)))
        freezing.freeze(study=study, by=COMMAND_LINE, at=MORNING, folder=folder / "frozen")
        transaction.set_rollback(True)
    return folder / "frozen"


@pytest.fixture(scope="module")
def published(frozen_folder):
    """The same with its reports, only to be read."""
    reports.publish(frozen_folder, frozen_folder.parent / "published")
    return frozen_folder.parent / "published"
