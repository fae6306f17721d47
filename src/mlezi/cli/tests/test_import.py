"""Lists brought in at the command line."""

import json

from click.testing import CliRunner

from mlezi.cli.import_ import command
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.programmes.models import Site

PLACES = "country,region,district,facility\nTanzania,Mwanza,Magu,Sangabuye\nTanzania,Mwanza,Magu,\n"


def ask(*words, answer=""):
    return CliRunner().invoke(command, [str(word) for word in words], input=answer)


def test_a_list_is_shown_then_written_then_taken_back(world, tmp_path):
    file = tmp_path / "places.csv"
    file.write_text(PLACES)

    refused = ask("places", file, answer="n\n")
    assert "row 3: The row names no place" in refused.output
    assert not Place.objects.filter(name="Sangabuye")

    written = ask("places", file, "--programme", "mwanza", "--sites", answer="y\n")
    assert written.exit_code == 1, "a row has a problem"
    assert Site.objects.filter(place__name="Sangabuye")

    batch = written.output.split("mlezi import undo ")[1].strip()
    assert ask("undo", batch).exit_code == 0
    assert not Place.objects.filter(name="Sangabuye")


def test_levels_are_made_in_an_empty_installation(db, tmp_path):
    file = tmp_path / "places.csv"
    file.write_text("country,region,facility\nZambia,Central,Bwacha\n")

    done = ask("places", file, "--yes", "--json")

    assert json.loads(done.output)["new"] == 1
    assert Place.objects.get(name="Bwacha").parent.code == "central"


def test_people_and_pairs_for_a_programme(world, tmp_path):
    people, pairs = tmp_path / "people.csv", tmp_path / "pairs.csv"
    people.write_text("name,code,facility\nGrace,101,Igoma Dispensary\n")
    pairs.write_text("mentor,mentee\nAmina,101\n")

    first = ask("people", people, "--programme", "mwanza", "--part", "mentee", "--yes")
    second = ask("pairings", pairs, "--programme", "mwanza", "--yes")

    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    assert Pairing.objects.get().learner == Person.objects.get(code="101")
    assert ask("pairings", pairs, "--yes").exit_code == 2
    assert "There are: choma, mwanza." in ask("people", people, "--programme", "x").output
