"""Looking closer: needs by a register column, or by what people said of themselves where nobody knows who they are."""

import pytest

from mlezi.studies import looking
from mlezi.studies.data import opened
from mlezi.studies.plan import Study as Plan
from mlezi.studies.spoken import Speaker
from mlezi.studies.tests.test_bad_data import snapshot

PLAN = {
    "code": "needs",
    "title": {"en": "Needs"},
    "design": "cross_section",
    "questions": [{"code": "q", "title": {"en": "What?"}}],
    "minimum_group": 2,
    "factors": [
        {"code": "workplace", "title": {"en": "Place of work"}, "of": "answer", "instrument": "t", "question": "w"}
    ],
    "outcomes": [
        {"code": code, "title": {"en": code}, "of": "answer", "instrument": "t", "question": code, "lowest": 1,
         "highest": 3}
        for code in ("ctg", "blood")
    ],
    "analyses": [
        {"code": "ranked", "do": "ranked_needs", "outcomes": ["ctg", "blood"],
         "options": {"domains": {"labour": ["ctg", "blood"]}, "domain_titles": {"labour": {"en": "Labour"}}}}
    ],
}  # fmt: skip


def answers(places):
    for number, place in enumerate(places):
        yield f"P{number}", "t", "", "w", place, None, "2026-01-02"
        for question, value in (("ctg", 3 if place == "district" else 1), ("blood", 2)):
            yield f"P{number}", "t", "", question, str(value), float(value), "2026-01-02"


@pytest.fixture
def found(tmp_path):
    people = [(f"P{n}", "mentee", "", "", "", "", "", "2026-01-01", None, "", None) for n in range(7)]
    places = ["district"] * 3 + ["regional"] * 3 + ["private"]
    snapshot(tmp_path, PLAN, participants=people, responses=list(answers(places)))
    with opened(tmp_path, checked=False) as data:
        return looking.by(data, data.plan.analysis("ranked"), "workplace")


def test_needs_by_what_people_said_of_themselves(found):
    _, _, found = found
    grid = {label[0]: cells for label, cells in found.grids[0].rows}

    assert [column[0].rpartition("/")[2] for column in found.grids[0].columns] == ["district", "private", "regional"]
    assert grid["outcome:ctg"] == (None, None, 1.0)  # one person is too few to show, and must not be subtracted


def test_domains_stand_in_their_order_group_beside_group(found):
    _, _, found = found

    shown = found.pictures[0].data["of"]
    assert [key.split(".")[0] for key in shown] == ["district", "private", "regional"]


def test_domains_are_told_by_title(found):
    plan, _, found = found

    assert Speaker(plan).label(found.figures[0].label).startswith("Labour")
    assert found.figures[0].key.startswith("all.domain"), "domains come before topics"


def test_factors_are_offered(found):
    assert looking.choices(Plan.model_validate(PLAN))[:2] == ["workplace", "cadre"]
