"""`mlezi review`: a review's boxes counted from its records, and held against each other."""

import json
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from mlezi.cli.review import command

RECORDS = """Source,State,Reason,Study
database,Duplicate,,
database,excluded,,
register,to screen,,
database,ineligible,"Not health workers, but students",
database,not-retrieved,,
database,included,,Phiri
citation,included,,Phiri
website,ineligible,Abstract only,
"""


@pytest.fixture
def run(tmp_path):
    def call(content, *options, name="records.csv"):
        file = tmp_path / name
        file.write_text(content)
        return CliRunner().invoke(command, [str(file), *options])

    return call


def test_boxes_are_counted_written_and_read_again(run, tmp_path):
    boxes, picture = tmp_path / "boxes.csv", tmp_path / "flow.svg"
    answer = run(RECORDS.replace("register,to screen,,\n", ""), "--boxes", str(boxes), "--picture", str(picture))

    assert "1  Studies included" in answer.output
    assert "2  Reports of the studies included" in answer.output
    assert "adds up" in answer.output
    words = [one.text for one in ElementTree.fromstring(picture.read_text()).iter("{http://www.w3.org/2000/svg}text")]
    assert {"Studies included (n\u00a0=\u00a01)", "Ineligible: Not health workers, but"} <= set(words)

    again = json.loads(run(boxes.read_text(), "--json", name="boxes.csv").output)
    assert again["broken"] == []
    assert again["reasons"]["dbr"] == {"Not health workers, but students": 1}


def test_who_waits_is_told(run):
    assert "1  Waiting to be screened" in run(RECORDS).output


def test_printed_boxes_that_do_not_add_up_say_what_they_would_be(run):
    printed = "data,n\ndatabase_results,100\nrecords_screened,100\nrecords_excluded,80\ndbr_sought_reports,20\n"
    printed += 'dbr_notretrieved_reports,0\ndbr_assessed,20\ndbr_excluded,"Students, 5; Abstract only, 2"\n'
    answer = run(printed + "new_studies,14\nnew_reports,14\ntotal_studies,NA\n")

    assert answer.exit_code == 1
    assert "Reports of the studies included: 14; by the other boxes 13." in answer.output


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("title,year\na,2020\n", "There is no column “source”"),
        ("source,state\ndatabase,lost\n", "Row 2: “lost” is no state"),
        ("source,state\ndatabase,included\ndatabase,ineligible\n", "Row 3: an ineligible report needs its reason"),
        ("source,state\ncitation,duplicate\n", "Row 2: a record found by citation is not screened"),
        ("data,n\nrecords_screened,many\n", "Row 2: “many” is no count"),
        ("data,n\nrecords_screened,4\n", "The box database_results is missing"),
        ("", "no table that can be read"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_its_place(run, content, words):
    answer = run(content)

    assert answer.exit_code == 1
    assert words in answer.output
