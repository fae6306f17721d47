"""What a phone carries for its person, and no more."""

import csv
from io import StringIO

import pytest

from mlezi.instruments import media
from mlezi.programmes import scopes
from mlezi.testing import cast


@pytest.fixture
def read(world):
    def read_(name, who, programme=None):
        content = media.written(name, programme or world.programme, world.people[who]).decode()
        return list(csv.DictReader(StringIO(content)))

    return read_


@pytest.fixture
def guides(world, monkeypatch):
    """Amina guides Baraka."""
    monkeypatch.setattr(scopes, "_FINDERS", {})
    scopes.register("test", lambda guide, programme, on: [world.baraka.pk] if guide == world.amina else [])


@pytest.mark.parametrize("name", ["facilities.csv", "mentors.csv", "mentees.csv"])
def test_every_list_begins_as_phones_need_it(read, name):
    content = read(name, "chiku")

    assert content
    for row in content:
        assert list(row)[:3] == ["name", "label", "__version"]
        assert row["name"]
        assert row["label"]
        assert row["__version"]


def test_facilities_are_those_within_reach(read):
    assert {row["code"] for row in read("facilities.csv", "amina")} == {"IGO", "KIS"}
    assert {row["code"] for row in read("facilities.csv", "baraka")} == {"IGO"}


def test_a_mentor_carries_the_people_she_guides(read, guides, world):
    rows = [row for row in read("mentees.csv", "amina")]

    assert [row["label"] for row in rows] == ["Baraka"]
    assert rows[0]["facility"] == str(world.igoma.uid)


def test_a_mentor_who_guides_nobody_carries_nobody(read):
    assert read("mentees.csv", "amina") == []


def test_a_mentee_carries_their_own_name_and_a_mentor(read):
    assert [row["label"] for row in read("mentees.csv", "baraka")] == ["Baraka"]
    assert [row["label"] for row in read("mentors.csv", "baraka")] == ["Amina"]


@pytest.mark.parametrize("name", ["facilities.csv", "mentors.csv", "mentees.csv"])
def test_daudi_carries_nothing_of_this_programme(read, name):
    assert read(name, "daudi") == []


def test_a_row_without_label_or_version_is_completed_and_one_without_name_left_out(world, monkeypatch):
    monkeypatch.setattr(media, "_LISTS", {})
    rows = [{"name": "1", "note": "a, b"}, {"label": "nobody"}]
    media.register("x.csv", lambda programme, person: rows, columns=["note"])

    assert media.written("x.csv", world.programme, world.amina) == b'name,label,__version,note\n1,1,1,"a, b"\n'


def test_gone_is_what_was_known_and_left_the_list(world):
    uids = [str(world.baraka.uid), str(world.daudi.uid), "00000000-0000-4000-8000-000000000001", "rubbish"]

    gone = media.gone("mentees.csv", uids, world.programme, world.chiku)

    assert gone == {uids[0]: False, uids[1]: True, uids[2]: False, uids[3]: False}


def test_somebody_who_was_merged_is_gone(world):
    other = cast.person("Baraka M.")
    world.baraka.merged_into = other
    world.baraka.save()

    assert media.gone("mentees.csv", [str(world.baraka.uid)], world.programme, world.chiku) == {
        str(world.baraka.uid): True
    }


def test_the_rooms_lists_are_registered():
    assert {"facilities.csv", "mentors.csv", "mentees.csv"} <= media.names()
