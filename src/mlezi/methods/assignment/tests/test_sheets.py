# ruff: noqa: E501 - tables are easier to read than to break
"""Two sheets in; pairs, reasons, proof and a report out; every mistake with its row and column."""

import pytest

from mlezi.methods.assignment.sheets.columns import Line, Mistakes
from mlezi.methods.assignment.sheets.policy import choose
from mlezi.methods.assignment.sheets.reading import read
from mlezi.methods.assignment.sheets.report import report
from mlezi.methods.assignment.solve import solve
from mlezi.methods.routing.lake_victoria import CROSSINGS


def sheet(text):
    """Lines from a Markdown table; the header is row 1 of the spreadsheet."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.strip().splitlines()]
    return [Line(n, dict(zip(rows[0], row, strict=True))) for n, row in enumerate(rows[1:], start=2)]


MENTEES = sheet("""
| name   | needs                        | latitude | longitude | land    | languages | free           | manager | wishes | asked | waiting_days |
| Baraka | resuscitation 3, partograph 1 | -2.11   | 33.19     | Ukerewe | sw        | Mon am, Tue pm |         |        |       | 30           |
| Neema  | partograph                   | -2.50    | 32.90     |         | en        | Mon am         | Amina   |        | woman | 5            |
| Juma   |                              |          |           |         | en        |                |         | Amina  |       |              |
| Zawadi | sepsis                       | -2.51    | 32.91     |         | fr        | Sun night      |         |        |       | 200          |
""")
MENTORS = sheet("""
| name  | places | skills                           | latitude | longitude | land    | languages | free                   | projects_led | label | total | elsewhere |
| Amina | 2      | resuscitation 90, partograph 70  | -2.12    | 33.24     |         | sw, en    | Mon am, Tue pm         | 4            | woman |       |           |
| Rehema | 1     | resuscitation 60, partograph 60  | -2.10    | 33.10     | Ukerewe | sw        | Mon am, Tue pm, Sat am |              |       | 3     | 2         |
| Otieno | 5     | partograph 90                    | -2.50    | 32.91     |         | sw        |                        |              |       | 4     | 4         |
""")


def test_a_round_from_two_sheets():
    problem, policy = read(MENTEES, MENTORS, {"common_language": "yes", "waiting_points": "1"}, crossings=CROSSINGS)
    assert problem.places.tolist() == [2, 1, 0]  # the load in all programmes counts
    out = report(choose(problem, policy, solve))
    pairs = {row[0]: row[1] for row in out.pairs.rows}
    assert out.is_proved
    assert pairs == {"Baraka": "Rehema", "Juma": "Amina"}  # five kilometres of lake are further than an island's road
    why = {row[0]: row[2] for row in out.left_over.rows}
    assert "line manager" in why["Neema"]
    assert "common language" in why["Zawadi"]
    assert "2 of 4 mentees have a mentor" in out.text
    assert "proved" in out.text
    assert all(row[3] for row in out.pairs.rows)
    assert dict(out.certificate.rows)["checked without the solver"] == "yes"
    assert [row[:3] for row in out.mentors.rows] == [("Amina", 1, 2), ("Rehema", 1, 1), ("Otieno", 0, 0)]


def test_all_mistakes_come_at_once_with_row_and_column():
    mentees = sheet("""
    | name   | wants | latitude | free     | wishes | nedes   |
    | Baraka | two   | 95       | Mon noon | Nobody | red     |
    | Baraka | 1     |          |          |        |         |
    |        | 1     |          |          |        |         |
    """)
    mentors = sheet("""
    | name  | places | skills         |
    | Amina | -1     | sewing 900     |
    """)
    with pytest.raises(Mistakes) as trouble:
        read(mentees, mentors, {"most_minutes": "far", "weight_travel": "-1"})
    said = {str(mistake).split(":")[0] for mistake in trouble.value.mistakes}
    assert {
        "mentees, nedes",
        "mentees, row 2, wants",
        "mentees, row 2, wishes",
        "mentees, row 3, name",
        "mentees, row 4, name",
        "mentors, row 2, places",
    } <= said


def test_settings_change_the_round():
    quality, _ = read(MENTEES, MENTORS, {"served_first": "no", "weight_travel": "100"}, crossings=CROSSINGS)
    assert not quality.objective.served_first
    near, _ = read(MENTEES, MENTORS, {"most_minutes": "60", "least_common_slots": "2"}, crossings=CROSSINGS)
    assert {rule.code for rule in near.rules} >= {"radius", "common_time"}


def test_mentees_with_nothing_but_a_name_still_get_somebody():
    problem, policy = read(sheet("| name |\n| Baraka |"), sheet("| name | places |\n| Amina | 1 |"), {})
    out = report(choose(problem, policy, solve))
    assert [row[:2] for row in out.pairs.rows] == [("Baraka", "Amina")]


def test_a_person_in_both_sheets_is_not_their_own_mentor():
    problem, _ = read(sheet("| name |\n| Amina |"), sheet("| name | places |\n| Amina | 1 |"), {})
    assert not len(solve(problem).i)


def test_cadres_say_who_may_mentor_whom():
    mentees = sheet("| name | cadre |\n| Baraka | nurse |\n| Neema | doctor |\n| Juma | midwife |")
    mentors = sheet("| name | places | cadre |\n| Amina | 3 | Nurse |")
    result = solve(read(mentees, mentors, {"cadres": "nurse by nurse, clinical officer; doctor by doctor"})[0])
    assert result.i.tolist() == [0, 2]


def test_a_setting_that_does_not_exist_is_a_mistake():
    with pytest.raises(Mistakes, match="settings, colour"):
        read(MENTEES, MENTORS, {"colour": "red"})


FOUR = sheet("""
| name   | latitude | longitude | current | help | wants |
| Baraka | -2.50    | 32.90     | Rehema  |      | 2     |
| Neema  | -2.50    | 32.90     | Rehema  |      |       |
| Juma   | -2.60    | 32.95     |         | yes  |       |
| Zawadi | -2.60    | 32.95     |         |      |       |
""")
TWO = sheet("""
| name   | places | latitude | longitude |
| Amina  | 3      | -2.50    | 32.90     |
| Rehema | 2      | -2.60    | 32.95     |
""")


def answered(**settings):
    return report(choose(*read(FOUR, TWO, settings), solve))


def test_several_mentors_for_one_mentee():
    out = answered()
    assert [row[1] for row in out.pairs.rows if row[0] == "Baraka"] == ["Amina", "Rehema"]
    assert out.is_proved


def test_pairs_that_hold_tell_their_price_and_their_lottery():
    out = answered(method="stable", seed="7")
    assert "Price of stability" in out.text
    assert "lottery with seed 7" in out.text
    assert dict(out.certificate.rows)["checked without the solver"] == "yes"


def test_groups_open_only_with_enough_people():
    out = answered(least_group="3")
    assert {row[1] for row in out.mentors.rows} == {0, 3}
    assert "Too few people came together" in " ".join(str(row[2]) for row in out.left_over.rows)


def test_no_more_present_pairs_change_than_allowed():
    assert "0 present pairs change by choice, of 0 allowed" in answered(max_moves="0").text


def test_help_first_tells_what_it_gives_up():
    out = answered(help_budget="5")
    assert "mentees helped first" in out.text
    assert "5 % were allowed" in out.text


def test_whom_to_ask_for_one_more_place_is_in_the_report():
    out = report(choose(*read(FOUR, TWO[:1], {}), solve))
    assert "One more place would bring:\n  Amina: one more mentee served" in out.text


@pytest.mark.parametrize(("given", "said"), [
    ({"method": "fair"}, "settings, method: 'fair' is neither best nor stable"),
    ({"method": "stable", "least_group": "3"}, "settings, least_group: cannot hold together with method stable"),
    ({"least_group": "3", "even_load_points": "5"}, "settings, least_group: cannot hold together with even_load"),
    ({"max_moves": "few"}, "settings, max_moves: 'few' is not a number"),
])  # fmt: skip
def test_policies_that_cannot_hold_are_mistakes(given, said):
    with pytest.raises(Mistakes, match=said):
        read(FOUR, TWO, given)


@pytest.mark.parametrize(("setting", "column"), [("max_moves", "current"), ("help_budget", "help")])
def test_a_policy_names_the_column_it_needs(setting, column):
    with pytest.raises(Mistakes, match=f"needs the column {column}"):
        read(sheet("| name |\n| Baraka |"), TWO, {setting: "2"})


def test_headings_in_swahili_and_columns_that_are_not_ours():
    mentees = sheet("| Jina | Mahitaji | Simu | siku za kusubiri |\n| Rehema | newborn 3, pph | 0755 | 3 |")
    mentors = sheet("| JINA | Nafasi | ujuzi |\n| Zawadi | 1 | newborn 90 |")
    notes = []

    problem, _ = read(mentees, mentors, {}, note=notes.append)

    assert [criterion.code for criterion in problem.criteria] == ["competency"]
    assert notes == [
        "Sheet mentees: not read: Simu.",
        "No mentor has the skill: pph. Is it spelt the same in both sheets?",
        "Column waiting_days counts only with the setting waiting_points.",
    ]


def test_who_says_nothing_about_places_has_not_said_none():
    mentees, mentors = sheet("| name |\n| Rehema |"), sheet("| name | places |\n| Zawadi | |\n| Yusufu | 2 |")
    with pytest.raises(Mistakes, match="mentors, row 2, places: is empty"):
        read(mentees, mentors, {})
    assert read(mentees, mentors, {"places": "4"})[0].places.tolist() == [4, 2]


def test_two_headings_for_one_column_and_an_empty_sheet_are_mistakes():
    with pytest.raises(Mistakes, match="mentees, jina: means name, as Full name does"):
        read(sheet("| Full name | jina |\n| Rehema | R |"), TWO, {})
    with pytest.raises(Mistakes, match="mentees, name: holds nobody"):
        read([], TWO, {})


def test_an_earlier_mentor_comes_again_unless_that_is_forbidden():
    mentees, mentors = sheet("| name | earlier |\n| Rehema | Zawadi |"), sheet("| name | places |\n| Zawadi | 1 |")
    assert len(solve(read(mentees, mentors, {})[0]).i) == 1
    out = report(choose(*read(mentees, mentors, {"earlier_pair": "forbid"}), solve))
    assert "1 of 1 mentors are ruled out: earlier pair." in str(out.left_over.rows[0][2])
    with pytest.raises(Mistakes, match="settings, earlier_pair: 'no' is neither"):
        read(mentees, mentors, {"earlier_pair": "no"})
