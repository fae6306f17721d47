# ruff: noqa: E501 - tables are easier to read than to break
"""Two sheets in; pairs, reasons, proof and a report out; every mistake with its row and column."""

import pytest

from mlezi.methods.assignment.sheets.columns import Line, Mistakes
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
    problem = read(MENTEES, MENTORS, {"common_language": "yes", "waiting_points": "1"}, crossings=CROSSINGS)
    assert problem.places.tolist() == [2, 1, 0]  # the load in all programmes counts
    out = report(problem, solve(problem))
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
    | name   | wants | latitude | free     | wishes | colour |
    | Baraka | two   | 95       | Mon noon | Nobody | red    |
    | Baraka | 1     |          |          |        |        |
    |        | 1     |          |          |        |        |
    """)
    mentors = sheet("""
    | name  | places | skills         |
    | Amina | -1     | sewing 900     |
    """)
    with pytest.raises(Mistakes) as trouble:
        read(mentees, mentors, {"most_minutes": "far", "weight_travel": "-1"})
    said = {str(mistake).split(":")[0] for mistake in trouble.value.mistakes}
    assert {
        "mentees, colour",
        "mentees, row 2, wants",
        "mentees, row 2, wishes",
        "mentees, row 3, name",
        "mentees, row 4, name",
        "mentors, row 2, places",
    } <= said


def test_settings_change_the_round():
    quality = read(MENTEES, MENTORS, {"served_first": "no", "weight_travel": "100"}, crossings=CROSSINGS)
    assert not quality.objective.served_first
    near = read(MENTEES, MENTORS, {"most_minutes": "60", "least_common_slots": "2"}, crossings=CROSSINGS)
    assert {rule.code for rule in near.rules} >= {"radius", "common_time"}


def test_mentees_with_nothing_but_a_name_still_get_somebody():
    problem = read(sheet("| name |\n| Baraka |"), sheet("| name | places |\n| Amina | 1 |"), {})
    out = report(problem, solve(problem))
    assert [row[:2] for row in out.pairs.rows] == [("Baraka", "Amina")]


def test_a_person_in_both_sheets_is_not_their_own_mentor():
    problem = read(sheet("| name |\n| Amina |"), sheet("| name | places |\n| Amina | 1 |"), {})
    assert not len(solve(problem).i)


def test_cadres_say_who_may_mentor_whom():
    mentees = sheet("| name | cadre |\n| Baraka | nurse |\n| Neema | doctor |\n| Juma | midwife |")
    mentors = sheet("| name | places | cadre |\n| Amina | 3 | Nurse |")
    result = solve(read(mentees, mentors, {"cadres": "nurse by nurse, clinical officer; doctor by doctor"}))
    assert result.i.tolist() == [0, 2]


def test_a_setting_that_does_not_exist_is_a_mistake():
    with pytest.raises(Mistakes, match="settings, colour"):
        read(MENTEES, MENTORS, {"colour": "red"})
