"""`mlezi match` takes the spreadsheets people have, and its answer is checked by whoever holds the folder."""

import json

import openpyxl
import pytest
from click.testing import CliRunner

from mlezi.cli.match import command

MENTEES = [("jina", "mahitaji"), ("Rehema", "newborn 3"), ("Grace", "anc 1"), ("Halima", "pph")]
MENTORS = [("jina", "nafasi", "ujuzi"), ("Zawadi", 1, "newborn 90"), ("Yusufu", 1, "anc 80")]


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(command, [str(word) for word in words])


@pytest.fixture
def book(tmp_path):
    file = openpyxl.Workbook()
    file.remove(file.active)
    for title, rows in (("Walezwa", MENTEES), ("Walezi", MENTORS)):
        page = file.create_sheet(title)
        for row in rows:
            page.append(row)
    file.save(tmp_path / "round.xlsx")
    return tmp_path / "round.xlsx"


def table(path, rows):
    path.write_text("\n".join(",".join(map(str, row)) for row in rows))
    return path


def test_a_workbook_in_swahili_and_two_files_give_the_same_pairs(run, book, tmp_path):
    assert "2 of 3 mentees have a mentor" in run(book).output
    mentees, mentors = table(tmp_path / "a.csv", MENTEES), table(tmp_path / "b.csv", MENTORS)
    assert run(mentees, mentors).exit_code == 0
    assert (tmp_path / "a-matched" / "pairs.csv").read_bytes() == (
        tmp_path / "round-matched" / "pairs.csv"
    ).read_bytes()


def test_what_is_missing_is_said_with_what_to_do(run, tmp_path):
    alone = run(table(tmp_path / "a.csv", MENTEES))
    assert "Give both files: mlezi match a.csv MENTORS.csv" in alone.output
    short = run(tmp_path / "a.csv", table(tmp_path / "b.csv", [row[::2] for row in MENTORS]))
    assert "mentors, places: is missing" in short.output


def test_an_answer_that_holds_is_said_to_hold(run, book):
    run(book)
    assert "The answer holds" in run(book, "--check").output


def wrong_pair(kept):
    kept["pairs"][0][1] = 1 - kept["pairs"][0][1]


def wrong_score(kept):
    kept["pairs"][0][2] += 1


def wrong_price(kept):
    kept["certificate"]["price"][0] += 1_000_000


@pytest.mark.parametrize(("plant", "said"), [
    (wrong_pair, "Mentor Yusufu has more mentees than places"),
    (wrong_score, "The score of mentee Rehema with mentor Zawadi is not what is said"),
    (wrong_price, "The prices prove a bound of"),
])  # fmt: skip
def test_a_planted_mistake_in_the_certificate_is_found(run, book, plant, said):
    run(book)
    path = book.with_name("round-matched") / "certificate.json"
    kept = json.loads(path.read_text())
    plant(kept)
    path.write_text(json.dumps(kept))

    answer = run(book, "--check")

    assert answer.exit_code == 1
    assert said in answer.output


def test_tables_that_were_changed_and_another_workbook_are_found(run, book):
    run(book)
    pairs = book.with_name("round-matched") / "pairs.csv"
    pairs.write_text(pairs.read_text(encoding="utf-8-sig").replace("Zawadi", "Yusufu"), encoding="utf-8-sig")
    assert "pairs.csv, row 2: Rehema, Yusufu" in run(book, "--check").output

    file = openpyxl.load_workbook(book)
    file["Walezi"]["B2"] = 2
    file.save(book)
    assert "The certificate belongs to another problem" in run(book, "--check").output


def test_a_folder_without_an_answer_is_said_to_be_one(run, book):
    answer = run(book, "--check")
    assert answer.exit_code == 1
    assert "holds no answer that can be checked" in answer.output
