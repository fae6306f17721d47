"""Every mistake is found with its file, line, and what to write instead."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlezi.blueprints import checks
from mlezi.blueprints.tests.folders import LIBRARY, change


def mistakes(folder: Path) -> list[str]:
    reading, _ = checks.check(folder)
    return [str(finding) for finding in reading.findings if finding.weight == "mistake"]


@pytest.mark.parametrize("blueprint", sorted(p.name for p in LIBRARY.iterdir()))
def test_what_ships_is_sound(blueprint):
    reading, _ = checks.check(LIBRARY / blueprint)

    assert [str(finding) for finding in reading.findings] == []


def line_of(folder: Path, text: str, file: str = "blueprint.yaml") -> int:
    return next(n for n, line in enumerate((folder / file).read_text().splitlines(), 1) if text in line)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("blueprint.yaml", "every_days: 30", "every_day: 30", "no key 'every_day' here. Did you mean every_days?"),
        ("blueprint.yaml", "mode: visit", "mode: vist", "'vist' is not one of the values known here."),
        ("blueprint.yaml", "sites: facility", "sites: facilty", "There is no level 'facilty'. Did you mean facility?"),
        ("blueprint.yaml", "led_by: [mentor]", "led_by: [mentr]", "There is no role 'mentr'. Did you mean mentor?"),
        ("blueprint.yaml", "forms: [peer]", "forms: [pear]", "There is no readable form 'pear'. Did you mean peer?"),
        ("blueprint.yaml", "forms: [peer]", "forms: [practice]", "The form 'practice' feeds no encounter"),
        ("blueprint.yaml", "file: forms/call.md", "file: forms/cal.md", "There is no readable file forms/cal.md."),
        ("blueprint.yaml", "file: forms/call.md", "file: ../../x.md", "../../x.md is outside the blueprint's folder."),
        ("blueprint.yaml", "mlezi: 1", "mlezi: 9", "this Mlezi reads version 1 of the schema, not 9"),
        ("blueprint.yaml", "refresh_days: 180", "minutes: 5", "the key 'minutes' stands twice here"),
        ("blueprint.yaml", "Africa/Dar_es_Salaam", "Africa/Dar", "'Africa/Dar' is not a time zone."),
        ("blueprint.yaml", "code: peer", "code: visit", "The code 'visit' stands twice"),
        ("blueprint.yaml", "matching:", "matching:\n  aims: {help_whom: fra}",
         "'fra' is not one of the values known here."),
        ("blueprint.yaml", "matching:", "matching:\n  aims: {method: stable, max_moves: 3}",
         "method: stable and max_moves cannot hold together: keep one of them"),
        ("framework.yaml", "pass_level: 3", "pass_level: 7", "pass_level is 7, but there are only 4 levels"),
        ("forms/rating.md", "rating:newborn.bag_mask |", "rating:newborn.bagmask |", "no competency 'newborn.bagmask'"),
        ("forms/visit.md", "encounter.topics", "encounter.topcs", "Did you mean encounter.topics?"),
        ("forms/visit.md", "once(uuid())", "once(uuid(", "The expression of new_encounter cannot be understood"),
        ("blueprint.yaml", "value: 0.9}", "value: 90}", "its target lies between 0 and 1 (found 90)"),
        ("blueprint.yaml", "languages: [en, sw]", "languages: [en, sw]\nstarts_on: 5.1.2026",
         "'5.1.2026' is not a day. Write year-month-day, as in 2026-01-05."),
        ("blueprint.yaml", "languages: [en, sw]", "languages: [en, sw]\nends_on: 2026-02-30",
         "'2026-02-30' is written as a day, but there is no such day in the calendar"),
        ("blueprint.yaml", "every_days: 30", "every_days: a month", "'a month' is not a whole number."),
        ("blueprint.yaml", "every_days: 30", "every_days: 0", "0 is outside what fits here. It must be at least 1."),
        ("blueprint.yaml", "led_by: [mentor]", "led_by: mentor", "'mentor' is not a list."),
        ("blueprint.yaml", "every_days: 30", "every_days: yes", "True is not a whole number."),
        ("blueprint.yaml", "every_days: 30", "every_days: 99999999999", "is larger than anything that is counted here"),
        ("blueprint.yaml", "code: peer", "code: 2026-01-01", "'2026-01-01' is not read as text."),
        ("blueprint.yaml", "sites: facility", "sites: region", "An overseer would look after less than a site"),
    ],
)  # fmt: skip
def test_a_mistake_is_shown_where_it_stands(folder, file, old, new, said):
    at = line_of(folder, old, file)
    change(folder, old, new, file)

    found = [line for line in mistakes(folder) if said in line]

    assert found, mistakes(folder)
    if "stands twice" not in said:
        assert found[0].startswith((f"{file}:", "blueprint.yaml:"))
        assert abs(int(re.search(r":(\d+)", found[0])[1]) - at) <= 3


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("forms/rating.md", "| level | 4 |", "| level | 5 |", "the answer '5' to it. The framework has"),
        ("forms/rating.md", "| basis | patient |", "| basis | pateint |", "Name its choices of: patient"),
        ("forms/visit.md", "| yesno | no |", "| yesno | hapa |", "None of its choices says no."),
    ],
)  # fmt: skip
def test_a_choice_that_nobody_could_read_is_a_mistake_of_its_question(folder, file, old, new, said):
    change(folder, old, new, file)

    assert any(line.startswith(f"{file}:") and said in line for line in mistakes(folder))


def test_a_part_whose_file_is_missing_hides_no_other_mistake(folder):
    change(folder, "matching:", "study: plan.yaml\nmatching:")
    change(folder, "mode: visit", "mode: vist")

    found = mistakes(folder)

    at = line_of(folder, "study: plan.yaml")
    assert f"blueprint.yaml:{at}: There is no readable plan.yaml here." in found[1]
    assert "'vist'" in found[0]


def test_a_mistake_in_a_file_of_its_own_names_that_file(folder):
    (folder / "framework.yaml").rename(folder / "skills.yaml")
    change(folder, "framework: framework.yaml", "framework: skills.yaml")
    change(folder, "pass_level: 3", "pass_level: 7", "skills.yaml")

    assert [one for one in mistakes(folder) if one.startswith("skills.yaml:") and "pass_level is 7" in one]


def test_whoever_is_rated_needs_levels(folder):
    file = folder / "framework.yaml"
    before, _, after = file.read_text().partition("levels:")
    file.write_text(before + after[after.index("pass_level:") :])

    assert any("competencies are rated on at least two levels" in one for one in mistakes(folder))


def test_a_missing_language_is_advice(folder):
    change(folder, "title: {en: Mentorship visit, sw: Ziara ya ulezi}", "title: {en: Mentorship visit}")

    reading, _ = checks.check(folder)

    advice = [str(finding) for finding in reading.findings]
    assert any("No words in sw." in line for line in advice)
    assert mistakes(folder) == []


def test_a_form_that_cannot_be_read_brings_no_advice_of_what_it_may_rate(folder):
    change(folder, "| begin group | about |", "| begin groop | about |", "forms/rating.md")

    reading, _ = checks.check(folder)

    assert any(one.file == "forms/rating.md" for one in reading.findings)
    assert [one for one in reading.findings if "Nobody rates" in one.message] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("people.csv", "peopel.csv", "Nobody supplies the list peopel.csv"),
        ("facility = ${place} and name", "facilty = ${place} and name", "Did you mean facility?"),
    ],
)
def test_a_list_that_leaves_nothing_to_choose_is_advice_with_its_row(folder, old, new, said):
    file = "forms/peer.md" if "facility" in old else "forms/midterm.md"
    at = line_of(folder, old, file)
    change(folder, old, new, file)

    reading, _ = checks.check(folder)

    found = [one for one in reading.findings if said in str(one)]
    assert [(one.file, one.line, one.weight) for one in found] == [(file, at, "advice")]


def test_a_competency_nobody_rates_is_advice(folder):
    change(
        folder,
        "{code: shoulder,",
        "{code: sholder2, title: {en: X, sw: Y}}\n      - {code: shoulder,",
        "framework.yaml",
    )

    reading, _ = checks.check(folder)

    assert any("Nobody rates complications.sholder2" in str(finding) for finding in reading.findings)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=300), st.binary(max_size=300)), cut=st.integers(0, 4000))
def test_no_content_makes_it_fail(tmp_path, text, cut):
    whole = (LIBRARY / "clinical-mentorship" / "blueprint.yaml").read_bytes()
    piece = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    (tmp_path / "blueprint.yaml").write_bytes(whole[:cut] + piece + whole[cut:][:500])

    reading, _ = checks.check(tmp_path)

    assert reading.findings


def test_an_empty_folder_says_what_is_missing(tmp_path):
    assert mistakes(tmp_path) == ["blueprint.yaml:1: There is no readable blueprint.yaml here."]


def test_nested_anchors_do_not_eat_the_machine(tmp_path):
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(8)
    )
    (tmp_path / "blueprint.yaml").write_text(bomb)

    assert "nested too deeply" in mistakes(tmp_path)[0]
