"""A snapshot made from questionnaires: choices and numbers go in, words stay behind, few people are not shown."""

from datetime import UTC, date, datetime

import pytest
import yaml
from django.utils.translation import override

from mlezi.audit.actions import COMMAND_LINE
from mlezi.instruments.actions import receiving
from mlezi.instruments.derivation import runner
from mlezi.studies import actions, freezing, running
from mlezi.studies.data import described
from mlezi.studies.plan import Study as Plan
from mlezi.studies.spoken import Speaker
from mlezi.studies.tests.test_snapshot import words
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import forms

pytestmark = pytest.mark.django_db

OPINION = """
    | survey |
    |        | type              | name | label::English (en) | bind::mlezi:as  |
    |        | date              | day  | Day           | encounter.date  |
    |        | select_one unit   | unit | Where?        | answer:unit     |
    |        | select_one yes_no | stay | Will you stay? | answer:stay    |
    |        | text              | why  | Why?          | answer:why      |
    | choices |
    |        | list_name | name | label::English (en) | label::Kiswahili (sw) |
    |        | unit   | ward    | The ward | Wodini |
    |        | unit   | theatre | Theatre | Chumba cha upasuaji |
    |        | unit   | clinic  | Clinic  | Kliniki |
    |        | yes_no | yes     | Yes     | Ndiyo   |
    |        | yes_no | no      | No      | Hapana  |
"""
PLAN = """
code: opinion
title: {en: Opinions}
design: cross_section
population: {part: respondents}
questions: [{code: stay, title: {en: "Who will stay?"}, changes_mind: {en: "Few."}}]
factors: [{code: unit, title: {en: Where}, of: answer, instrument: opinion, question: unit}]
outcomes:
  - {code: stay, title: {en: Will stay}, of: answer, instrument: opinion, question: stay, "yes": ["yes"]}
comparisons:
  - code: by_unit
    title: {en: By unit}
    factor: unit
    groups:
      - {code: ward, title: {en: Ward}, answers: [ward]}
      - {code: theatre, title: {en: Theatre}, answers: [theatre]}
      - {code: clinic, title: {en: Clinic}, answers: [clinic]}
minimum_group: 5
analyses:
  - {code: all, do: proportion, outcome: stay, question: stay}
  - {code: by_unit, do: proportion, outcome: stay, question: stay, compare: by_unit}
  - {code: asked, do: flow, outcome: stay, question: stay}
"""
WHO = {"ward": 18, "theatre": 15, "clinic": 2}
NOON = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def folder(world, settings, tmp_path):
    """Eighteen people of the ward, fifteen of the theatre and two of the clinic answered, each with a sentence."""
    settings.DATA = tmp_path / "installation"
    world.programme.blueprint = {"instruments": [{"form": "opinion", "linkage": "anonymous"}]}
    world.programme.save()
    version = forms.published(world.programme, OPINION, form_id="opinion", purpose="survey")
    for unit, people in WHO.items():
        for one in range(people):
            said = {"unit": unit, "stay": "no" if one % 3 else "yes", "why": f"Sister Neema said so, {unit} {one}"}
            xml = forms.record(version, {"day": date(2026, 3, 2), **said})
            receipt = receiving.receive(programme=world.programme, xml=xml, sender=None, source="web", at=NOON)
            runner.derive({receipt.submission.pk}, at=NOON)
    plan = Plan.model_validate(yaml.safe_load(PLAN))
    study, _ = actions.declare(
        programme=world.programme, plan=plan, source="page", by=COMMAND_LINE, at=MORNING, why="new"
    )
    freezing.freeze(study=study, by=COMMAND_LINE, at=NOON, folder=tmp_path / "frozen")
    return tmp_path / "frozen"


def test_choices_go_in_and_what_people_wrote_stays_behind(folder):
    everything = words(folder)

    assert {"ward", "theatre", "clinic", "yes", "no"} <= everything
    assert not any("Neema" in one for one in everything)


def test_few_people_are_hidden_and_with_them_whoever_would_give_them_away(folder):
    found = running.results(folder)["analyses"]
    whole = found["all"]["figures"][0]["estimate"]
    by_unit = {one["key"]: one["estimate"] for one in found["by_unit"]["figures"]}

    assert whole["n_used"] == sum(WHO.values())
    assert by_unit["ward"]["point"] == pytest.approx(6 / 18)
    for side in ("clinic", "theatre"):  # without the theatre, the clinic would be the whole less the two others
        assert by_unit[side]["empty_because"]["code"] == "withheld"
        assert by_unit[side]["point"] is None


def test_choices_are_called_what_their_form_calls_them_in_the_readers_language(folder):
    """Frozen with the data, so that a stranger with the folder alone reads words and not codes."""
    manifest, plan = described(folder)
    speaker = Speaker(plan, labels=manifest["labels"])

    assert speaker.label(["answer:unit/ward"]) == "The ward"
    with override("sw"):
        assert speaker.label(["answer:unit/ward"]) == "Wodini"
    assert speaker.choice("unit", "no_such_choice") == "no such choice"
    assert set(manifest["labels"]["stay"]) == {"yes", "no"}


def test_where_nobody_was_asked_there_is_no_response_rate(folder):
    (figure,) = running.results(folder)["analyses"]["asked"]["figures"]

    assert figure["estimate"]["point"] is None
    assert figure["estimate"]["empty_because"]["code"] == "nobody_asked"
    assert figure["estimate"]["empty_because"]["values"] == {"n": 35}


def test_a_remark_names_a_group_by_its_title(folder):
    _, plan = described(folder)
    said = Speaker(plan).note({"code": "group_empty", "text": "", "values": {"group": "theatre"}})
    lost = Speaker(plan).note({"code": "group_empty", "text": "", "values": {"group": "lost"}})

    assert "“Theatre”" in said
    assert "“those lost”" in lost
