"""Who sees which study page, and that every figure opens to what its reader may see: names never beside ratings."""

import pytest

from mlezi.audit import actions as audit
from mlezi.instruments.models import Submission
from mlezi.programmes.models import RoleAssignment
from mlezi.studies import queries
from mlezi.studies.models import Study
from mlezi.studies.tests.conftest import *  # noqa: F403 - the same world
from mlezi.testing.cast import START

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
HOME = "/mwanza/studies/"


@pytest.fixture
def world(busy):
    """The cast is that of the busy half year."""
    return busy.world


@pytest.fixture
def evaluator(busy, study):
    """Neema, the national officer, also evaluates."""
    world = busy.world
    RoleAssignment.objects.create(
        person=world.neema, programme=world.programme, role="evaluator", place=world.mwanza, from_on=START
    )
    return world.neema


@pytest.fixture
def frozen(study, evaluator, sign_in):
    answer = sign_in("neema").post(f"{HOME}progress/freeze")
    assert answer.status_code == 302
    return queries.latest(study)


def test_the_list_names_the_study_and_its_question(evaluator, sign_in):
    page = sign_in("neema").get(HOME).content.decode()

    assert "Does mentoring help?" in page
    assert "Do ratings rise?" in page
    assert "not frozen yet" in page


def test_daudi_and_those_without_the_permission_see_nothing(study, sign_in):
    assert sign_in("daudi").get(HOME).status_code == 404
    assert sign_in("eliya").get(HOME).status_code == 403
    assert sign_in("baraka").get(f"{HOME}progress/").status_code == 403


def test_the_report_opens_each_figure(frozen, sign_in):
    page = sign_in("neema").get(f"{HOME}progress/").content.decode()

    assert "There is no comparison group" in page
    assert f"{HOME}progress/behind/change/" in page
    assert f"{HOME}progress/look/sessions/" in page


def test_what_came_in_and_is_not_worked_out_yet_is_said_when_a_study_is_frozen(frozen, sign_in):
    late = Submission.objects.order_by("pk")[0]
    Submission.objects.filter(pk=late.pk).update(state=Submission.State.RECEIVED)
    audit.record("submission.received", late, by=audit.MACHINE)

    page = sign_in("neema").post(f"{HOME}progress/freeze", follow=True).content.decode()

    assert "Records that are not worked out yet: 1." in page


def test_an_evaluator_finds_keys_and_no_name_behind_ratings(frozen, busy, sign_in):
    page = sign_in("neema").get(f"{HOME}progress/behind/change/").content.decode()

    assert not any(f">{person.name}<" in page for person in busy.mentees)
    assert "under a key" in page


def test_a_manager_finds_names_behind_attendance_and_nothing_behind_ratings(frozen, busy, sign_in):
    farida = sign_in("farida")

    assert "Baraka" in farida.get(f"{HOME}progress/behind/sessions/").content.decode()
    behind = farida.get(f"{HOME}progress/behind/change/").content.decode()
    assert "stay with them and their mentor" in behind
    assert "Baraka" not in behind


def test_looking_by_another_group_says_that_the_plan_did_not_ask(frozen, sign_in):
    page = sign_in("neema").get(f"{HOME}progress/look/sessions/?by=district").content.decode()

    assert "This is looking around" in page
    assert "Nyamagana" in page


def test_a_report_can_be_taken_along(frozen, sign_in):
    answer = sign_in("neema").get(f"{HOME}progress/report.docx")

    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    assert sign_in("neema").get(f"{HOME}progress/report.exe").status_code == 404


CHOICES = {
    "question": "Do nurses attend?", "title": "Attendance", "code": "attendance", "design": "single_group",
    "part": "mentee", "measures": ["sessions", "level"], "change_on": "2026-02-15", "sessions": "4",
    "minimum_group": "5", "multiplicity": "holm", "compare": "cadre",
}  # fmt: skip


def test_the_designer_writes_the_same_data_as_a_file(evaluator, sign_in):
    client = sign_in("neema")

    assert "You cannot say that the programme changed them" in client.get(f"{HOME}new/").content.decode()
    answer = client.post(f"{HOME}new/", CHOICES)

    assert answer.status_code == 302
    plan = Study.objects.get(code="attendance").plan
    assert {one["do"] for one in plan["analyses"]} >= {"mean", "paired_change", "dose"}


def test_a_choice_that_is_missing_is_asked_for_and_nothing_is_lost(evaluator, sign_in):
    answer = sign_in("neema").post(f"{HOME}new/", {**CHOICES, "measures": []})

    assert answer.status_code == 422
    assert "Do nurses attend?" in answer.content.decode()


def test_a_change_after_records_came_in_is_a_dated_amendment(frozen, study, sign_in):
    client = sign_in("neema")
    text = (
        client.get(f"{HOME}progress/plan/")
        .context["form"]
        .initial["plan"]
        .replace("minimum_group: 2", "minimum_group: 3")
    )

    assert client.post(f"{HOME}progress/plan/", {"plan": text, "why": ""}).status_code == 422
    assert client.post(f"{HOME}progress/plan/", {"plan": text, "why": "Two is too few"}).status_code == 302
    amendment = study.amendments.get()
    assert amendment.changes == [{"where": "minimum_group", "before": 2, "after": 3}]
    assert "Two is too few" in client.get(f"{HOME}progress/plan/").content.decode()


@pytest.mark.parametrize("text", ["{", "code: [1", "just words", "code: progress\ntitle: x"])
def test_a_plan_that_cannot_be_read_is_explained(evaluator, sign_in, text):
    answer = sign_in("neema").post(f"{HOME}progress/plan/", {"plan": text, "why": "x"})

    assert answer.status_code == 422
