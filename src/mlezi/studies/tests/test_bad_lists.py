"""Bad lists, brought in as a coordinator would and analysed: told at the door, or an empty figure with its reason."""

import pytest

from mlezi.audit.actions import COMMAND_LINE
from mlezi.studies import actions, freezing, running
from mlezi.studies.plan import Study as Plan
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import imports

pytestmark = pytest.mark.django_db

PLAN = {
    "code": "steps",
    "title": {"en": "Steps"},
    "design": "comparison_group",
    "questions": [{"code": "q", "title": {"en": "How many?"}}],
    "minimum_group": 2,
    "outcomes": [
        {"code": "steps", "title": {"en": "Steps"}, "of": "outcome", "kind": "steps", "lowest": 500, "highest": 40000}
    ],
    "comparisons": [{"code": "cadre", "title": {"en": "Cadre"}, "by": "cadre"}],
    "analyses": [
        {"code": "mean", "do": "mean", "outcome": "steps"},
        {"code": "groups", "do": "groups", "outcome": "steps", "compare": "cadre"},
    ],
}
HEAD = "person,kind,day,value,unit,label,due\n"


def line(person, value, day="2026-02-01"):
    return f"{person.name},steps,{day},{value},steps,,\n"


@pytest.fixture
def analysed(busy, data_folder, tmp_path):
    """`analysed(list)` brings the list in, freezes the study's data and runs it; figures by analysis and key."""
    world = busy.world
    study, _ = actions.declare(programme=world.programme, plan=Plan.model_validate(PLAN), source="page",
                               by=COMMAND_LINE, at=MORNING, why="new")  # fmt: skip

    def one(rows):
        if rows:
            imports.bring_in("person_outcomes", HEAD + rows, imports.context(world))
        freezing.freeze(study=study, by=COMMAND_LINE, at=MORNING, folder=tmp_path / "frozen")
        found = running.results(tmp_path / "frozen")["analyses"]
        return {(code, each["key"]): each["estimate"] for code in found for each in found[code]["figures"]}

    return one


def why(figures, analysis, key):
    return figures[analysis, key]["empty_because"]["code"]


def test_a_good_list_gives_a_figure(busy, analysed):
    figures = analysed("".join(line(person, 8000 + n) for n, person in enumerate(busy.mentees)))

    assert figures["mean", "all.mean"]["point"] == pytest.approx(8014.5)
    assert figures["mean", "all.mean"]["n_used"] == 30


def test_steps_in_thousands_among_steps_are_no_mean(busy, analysed):
    rows = [line(person, 8000) for person in busy.mentees[:-1]] + [line(busy.mentees[-1], 8.4)]

    assert why(analysed("".join(rows)), "mean", "all.mean") == "outside_scale"


def test_two_people_of_one_name_are_told_apart_at_the_door(busy, analysed):
    world = busy.world
    twin = busy.records.mentee(busy.mentees[0].name, world.igoma)

    batch = imports.preview("person_outcomes", HEAD + line(twin, 8000), imports.context(world))

    assert batch.summary["problem"] == 1
    assert twin.name in imports.reasons(batch)


def test_words_and_days_that_are_none_stay_outside_and_the_rest_counts(busy, analysed):
    bad = line(busy.mentees[0], "many") + line(busy.mentees[1], 8000, day="2026-02-31")
    figures = analysed(bad + "".join(line(person, 9000) for person in busy.mentees[2:]))

    assert (figures["mean", "all.mean"]["n_used"], figures["mean", "all.mean"]["point"]) == (28, 9000)


def test_nothing_brought_in_is_missing_and_not_zero(busy, analysed):
    figures = analysed("")

    assert figures["mean", "all.mean"]["point"] is None
    assert why(figures, "mean", "all.mean") in {"all_missing", "nobody"}


def test_one_group_without_a_value_is_named(busy, analysed):
    nurses = [person for person in busy.mentees if person.cadre == "nurse"]

    assert why(analysed("".join(line(person, 8000) for person in nurses)), "groups", "difference") == "group_empty"


def test_one_person_is_no_mean_of_anybody(busy, analysed):
    assert why(analysed(line(busy.mentees[0], 8000)), "mean", "all.mean") == "withheld"
