"""Scoring, schedules and courses: a mistake is found with its file and line before anything is applied."""

import pytest

from mlezi.blueprints import checks

INSTRUMENTS = """
instruments:
  - form: midterm
    source: Ours
    scales:
      - {code: sure, title: {en: Sure, sw: Uhakika}, items: [confidence_anc, confidence_ipc], range: [1, 5], need: 0.5}
courses:
  - code: newborn
    title: {en: Newborn care, sw: Mtoto mchanga}
    encounters: [orientation]
    post_test: midterm
    certificate: {attendance: 0.8, pass_mark: 3}
"""


def found(folder, old="", new=""):
    blueprint = folder / "blueprint.yaml"
    text = INSTRUMENTS.replace(old, new) if old else INSTRUMENTS
    assert not old or text != INSTRUMENTS
    blueprint.write_text(blueprint.read_text() + text)
    reading, _ = checks.check(folder)
    return [str(finding) for finding in reading.findings if finding.weight == "mistake"]


def test_what_fits_is_fine(folder):
    assert found(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("confidence_ipc", "confidence_icp", "No question of the form means `answer:confidence_icp`"),
        ("form: midterm", "form: midtrem", "There is no readable form 'midtrem'. Did you mean midterm?"),
        ("range: [1, 5]", "range: [5, 1]", "the lowest answer must be below the highest"),
        ("need: 0.5", "need: 0.5, combine: sum", "a sum with items missing would be too low"),
        ("need: 0.5", "reverse: [x]", "'x' is not among the items"),
        ("source: Ours", "may_ship: false", "its wording may not be shipped"),
        ("source: Ours", "linkage: anonymous", "The form asks or notes who answers"),
        ("encounters: [orientation]", "encounters: [oriention]", "There is no encounter 'oriention'"),
        ("post_test: midterm", "evaluation: midterm", "There is no test after the course."),
        ("pass_mark: 3", "pass_mark: 3, must_pass: {skill: 2}", "The test after the course has no 'skill'."),
    ],
)
def test_a_mistake_is_named_with_its_line(folder, old, new, said):
    told = found(folder, old, new)

    assert any(said in line for line in told), told
    assert all(line.startswith("blueprint.yaml:") for line in told)
