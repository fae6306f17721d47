"""`mlezi forms` says what is wrong and publishes what is right."""

import json

import pytest
from click.testing import CliRunner

from mlezi.cli.forms import command
from mlezi.instruments.models import FormVersion

GOOD = "| survey |\n| | type | name | label | bind::mlezi:as |\n| | text | q | Q | answer:q |\n"
BAD = "| survey |\n| | type | name | label |\n| | tekst | q | Q |\n"


def run(*arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def written(folder, content, name="survey.md"):
    path = folder / name
    path.write_text(content)
    return path


def test_check_names_row_reason_and_remedy(tmp_path):
    answer = run("check", written(tmp_path, BAD))

    assert answer.exit_code == 1
    assert "must survey, row 2, column type" in answer.output
    assert "tekst is not a type of question" in answer.output


def test_check_speaks_json(tmp_path):
    answer = run("check", "--json", written(tmp_path, GOOD), written(tmp_path, BAD, "bad.md"))

    assert [report["ready"] for report in json.loads(answer.output)] == [True, False]


def test_publish_twice_changes_nothing(world, tmp_path):
    file = written(tmp_path, GOOD)

    first = run("publish", file, "--programme", "mwanza")
    again = run("publish", file, "--programme", "mwanza")

    assert "Published survey" in first.output
    assert "nothing changed" in again.output
    assert FormVersion.objects.get().form.programme == world.programme


def test_an_unknown_programme_is_told(db, tmp_path):
    answer = run("publish", written(tmp_path, GOOD), "--programme", "nowhere")

    assert answer.exit_code == 1
    assert "no programme with the code nowhere" in answer.output


def test_a_checklist_becomes_a_form_that_publishes(world, tmp_path):
    table = written(tmp_path, "| section | label |\n| Hands | Washes hands |\n| Hands | '' |\n", "hygiene.md")
    form = tmp_path / "form.xlsx"

    made = run("from-checklist", table, form, "--form-version", "1")
    published = run("publish", form, "--programme", "mwanza")

    assert "1 sections, 1 items and 0 choices from 2 rows" in made.output
    assert "checklist, row 3, column label" in made.output
    assert "Published checklist_hygiene 1" in published.output
    assert "No encounter type lists this form" in published.output


def test_a_form_that_a_type_of_encounter_lists_is_published_without_a_remark(world, tmp_path):
    form = tmp_path / "form.md"
    run("from-checklist", written(tmp_path, "| section | label |\n| Hands | Washes hands |\n", "hygiene.md"), form)
    world.programme.blueprint = {"encounters": [{"code": "audit", "mode": "visit", "forms": ["checklist_hygiene"]}]}
    world.programme.save()

    assert "No encounter type" not in run("publish", form, "--programme", "mwanza").output


@pytest.mark.parametrize(
    ("out", "more", "words"),
    [
        ("form.docx", [], "form.docx has to end in .xlsx or .md"),
        ("nowhere/form.xlsx", [], "cannot be written: No such file or directory"),
        ("form.xlsx", ["--column", "label"], "“label” has no ="),
    ],
)
def test_a_checklist_is_not_written_where_or_how_it_cannot_be(tmp_path, out, more, words):
    table = written(tmp_path, "| section | label |\n| Hands | Washes hands |\n", "hygiene.md")

    made = run("from-checklist", table, tmp_path / out, *more)
    assert made.exit_code != 0
    assert words in made.output
