"""The pages of surveys, courses, outcomes and studies in a real browser: no barrier, and nothing wider than a phone."""

import pytest
import yaml

from mlezi.audit.actions import COMMAND_LINE
from mlezi.courses import actions as courses
from mlezi.programmes.models import RoleAssignment
from mlezi.studies import actions
from mlezi.studies.plan import Study as Plan
from mlezi.studies.tests.conftest import PLAN
from mlezi.surveys.tests.conftest import DECLARED, ROLE
from mlezi.testing.barriers import barriers
from mlezi.testing.cast import MORNING, START
from mlezi.testing.makers import busy as maker
from mlezi.testing.makers import forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCHEDULE = {"code": "role", "form": "role", "who": ["mentee"], "waves": [{"code": "before"}, {"code": "half_way"}]}
COURSE = {"code": "care", "title": {"en": "Care"}, "encounters": ["visit"], "sessions": 1, "certificate": {}}
PAGES = (
    "surveys/ surveys/people/ surveys/due/ surveys/instruments/ surveys/instruments/role/ courses/ courses/begin/ "
    "courses/2026-03/ person-outcomes/ person-outcomes/new/ person-outcomes/import/ employment/ manuscript/ studies/ "
    "studies/new/ studies/progress/ studies/progress/plan/ studies/progress/look/sessions/?by=cadre "
    "studies/progress/look/reached/?by=district "
    "studies/progress/behind/sessions/"
)


@pytest.fixture
def world(transactional_db):
    """A busy half year; people are asked twice, one course is on, one study is frozen."""
    world = maker.make().world
    world.programme.blueprint |= {"instruments": [DECLARED], "schedules": [SCHEDULE], "courses": [COURSE]}
    world.programme.save()
    forms.published(world.programme, ROLE, form_id="role", purpose="survey")
    run = courses.begin(programme=world.programme, course="care", code="2026-03", from_on=START, to_on=START,
                        place=None, by=world.chiku, at=MORNING)  # fmt: skip
    courses.enrol(run=run, people=[world.baraka], by=world.chiku, at=MORNING)
    RoleAssignment.objects.create(
        person=world.farida, programme=world.programme, role="evaluator", place=world.mwanza, from_on=START
    )
    return world


def opened(page):
    """With what is folded laid open."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    return page


def test_pages_have_no_barriers(world, browse, settings, tmp_path):
    settings.DATA = tmp_path / "installation"
    actions.declare(programme=world.programme, plan=Plan.model_validate(yaml.safe_load(PLAN)), source="page",
                    by=COMMAND_LINE, at=MORNING, why="new")  # fmt: skip
    page = browse("farida", "/mwanza/studies/progress/")
    page.locator("main form button").click()
    page.locator(".study-report").wait_for()
    for address in PAGES.split():
        answer = page.goto(page.url.split("/mwanza/")[0] + f"/mwanza/{address}")
        assert answer.status == 200, address
        assert barriers(opened(page)) == []
    page.goto(page.url.split("/mwanza/")[0] + "/mwanza/surveys/due/")
    page.locator("main form button").first.click()
    page.locator("[download='lines.csv']").wait_for()
    assert barriers(opened(page), name="surveys-lines") == []
