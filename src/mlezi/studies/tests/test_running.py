"""Analyses of a busy programme, checked against counting by hand; a published folder runs again to the same bytes."""

import json
import shutil

import numpy as np
import pytest

from mlezi.encounters.models import Attendance
from mlezi.reports import study as reports
from mlezi.studies import running
from mlezi.studies.analyses import equity
from mlezi.studies.analysis import Asked, Options
from mlezi.studies.data import opened

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def results(frozen_folder):
    return running.results(frozen_folder)


def figure(results, analysis, key):
    return next(one for one in results["analyses"][analysis]["figures"] if one["key"] == key)["estimate"]


@pytest.fixture
def counts(busy, db):
    """How many encounters each mentee attended, counted by hand."""
    return [
        Attendance.objects.filter(
            person=person, encounter__programme=busy.world.programme, is_present=True, encounter__cancelled_because=""
        ).count()
        for person in [*busy.mentees, busy.world.baraka]
    ]


def test_enough_encounters_is_said_of_all_of_a_persons_encounters(results, counts):
    found = figure(results, "enough", "all")

    enough = sum(count >= 4 for count in counts)
    assert 0 < enough < len(counts)
    assert found["point"] == pytest.approx(enough / len(counts))


def test_sessions_are_those_that_people_attended(results, counts):
    found = figure(results, "sessions", "all.mean")

    assert found["point"] == pytest.approx(np.mean(counts))
    assert found["n_used"] == found["n_eligible"] == len(counts)


def test_reach_by_group_is_counted_by_hand_and_held_against_everybody_else(frozen_folder, busy, counts):
    with opened(frozen_folder) as data:
        found = equity.run(data, Asked(data.plan, data.plan.analysis("reached"), Options()))
    figures = {one.key: one.estimate for one in found.figures}
    people = [*busy.mentees, busy.world.baraka]
    nurses = [n for person, n in zip(people, counts, strict=True) if person.cadre == "nurse"]
    others = [n for person, n in zip(people, counts, strict=True) if person.cadre != "nurse"]

    reached = [sum(n > 0 for n in some) for some in (nurses, others)]
    assert (figures["nurse.reached"].numbers["count"], figures["nurse.reached"].n_used) == (reached[0], len(nurses))
    assert figures["nurse.mean"].point == pytest.approx(np.mean(nurses))
    assert figures["nurse.gap"].point == pytest.approx(reached[0] / len(nurses) - reached[1] / len(others))


def test_every_analysis_gives_a_figure_or_says_why_not(results):
    for code, analysis in results["analyses"].items():
        assert analysis["figures"], code
        for one in analysis["figures"]:
            estimate = one["estimate"]
            assert estimate["n_used"] <= estimate["n_eligible"]
            assert (estimate["point"] is not None) or estimate["empty_because"] or estimate["warnings"], code


def test_a_single_group_says_what_it_cannot_say(results):
    codes = {one["code"] for one in results["limits"]}

    assert "no_comparison" in codes


def test_a_published_folder_gives_the_same_bytes_again(published):
    assert reports.replicate(published) == []


def test_a_stranger_is_told_what_differs(published, tmp_path):
    target = tmp_path / "published"
    shutil.copytree(published, target)
    said = json.loads((target / "results.json").read_text())
    said["analyses"]["sessions"]["figures"][0]["estimate"]["point"] = 99.5
    (target / "results.json").write_text(json.dumps(said))

    assert any("sessions.figures[0].estimate.point: published 99.5" in one for one in reports.replicate(target))


def test_a_report_that_says_something_else_than_the_results_is_named(published, tmp_path):
    target = tmp_path / "published"
    shutil.copytree(published, target)
    page = target / "report.en.html"
    page.write_text(page.read_text() + "<p>Everybody improved.</p>")
    (target / "report.sw.docx").unlink()

    assert [one.split(":")[0] for one in reports.replicate(target)] == ["report.en.html", "report.sw.docx"]
