"""`mlezi match` takes a workbook and gives pairs, reasons, the proof and a report; no server, no data kept."""

import json

import openpyxl
import pytest
from click.testing import CliRunner

from mlezi.cli.match import command
from mlezi.formats import csv

MENTEES = [["name", "needs"], ["Baraka", "resuscitation 2"], ["Neema", "partograph"], ["Juma", ""]]
MENTORS = [["name", "places", "skills"], ["Amina", 1, "resuscitation 90"], ["Rehema", 1, "partograph 80"]]


@pytest.fixture
def workbook(tmp_path):
    def make(**sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            page = book.create_sheet(name)
            for row in rows:
                page.append(row)
        book.save(tmp_path / "round.xlsx")
        return str(tmp_path / "round.xlsx")

    return make


def test_two_sheets_in_and_a_folder_out(workbook, tmp_path):
    answer = CliRunner().invoke(command, [workbook(mentees=MENTEES, mentors=MENTORS)])
    assert answer.exit_code == 0, answer.output
    assert "2 of 3 mentees have a mentor" in answer.output
    assert "proved" in answer.output
    folder = tmp_path / "round-matched"
    pairs = csv.read((folder / "pairs.csv").read_bytes())
    assert [row.cells[:2] for row in pairs.rows] == [("Baraka", "Amina"), ("Neema", "Rehema")]
    assert "resuscitation" in pairs.rows[0].cells[3]
    left = csv.read((folder / "left-over.csv").read_bytes())
    assert [row.cells[0] for row in left.rows] == ["Juma"]
    assert (folder / "report.txt").read_text().strip() in answer.output
    assert "proved optimal" in (folder / "certificate.csv").read_text()


def test_scripts_get_json(workbook):
    file = workbook(mentees=MENTEES, mentors=MENTORS, settings=[["name", "value"], ["served_first", "no"]])
    answer = CliRunner().invoke(command, [file, "--json"])
    facts = json.loads(answer.output)
    assert facts["proved"] is True
    assert [pair[:2] for pair in facts["pairs"]] == [["Baraka", "Amina"], ["Neema", "Rehema"]]


def test_mistakes_are_named_with_their_place_and_nothing_is_written(workbook, tmp_path):
    answer = CliRunner().invoke(command, [workbook(mentees=[["name"], ["Baraka"], ["Baraka"]], mentors=MENTORS)])
    assert answer.exit_code == 1
    assert "mentees, row 3, name" in answer.output
    assert not (tmp_path / "round-matched").exists()


@pytest.mark.parametrize("sheets", [{"mentees": MENTEES}, {"people": MENTEES}])
def test_a_missing_sheet_is_named(workbook, sheets):
    answer = CliRunner().invoke(command, [workbook(**sheets)])
    assert answer.exit_code == 1
    assert "It has no sheet me" in answer.output


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    (tmp_path / "round.csv").write_text("name\nBaraka\n")
    answer = CliRunner().invoke(command, [str(tmp_path / "round.csv")])
    assert answer.exit_code == 1
    assert "a round needs two" in answer.output
