"""Manifest, media and entity lists."""

import csv
import hashlib
from io import StringIO

import pytest

from tests.systems.openrosa.test_form_list import NS as LIST
from tests.systems.openrosa.test_form_list import entry

NS = "{http://openrosa.org/xforms/xformsManifest}"


@pytest.fixture
def manifest(server):
    url = entry(server).findtext(f"{LIST}manifestUrl")
    if not url:
        pytest.skip("the form has no files on this server")
    return server.get(url), server.tree(url).findall(f"{NS}mediaFile")


@pytest.fixture
def lists(manifest):
    return [file for file in manifest[1] if file.get("type") == "entityList"]


@pytest.fixture
def rows(server):
    """The rows of a list by its name, for this person."""

    def rows_(name):
        url = entry(server).findtext(f"{LIST}manifestUrl")
        file = next(f for f in server.tree(url).findall(f"{NS}mediaFile") if f.findtext(f"{NS}filename") == name)
        return list(csv.DictReader(StringIO(server.get(file.findtext(f"{NS}downloadUrl")).text)))

    return rows_


def test_the_manifest_is_openrosa_xml(manifest):
    assert manifest[0].status == 200
    assert manifest[0].headers["content-type"].startswith("text/xml")
    assert manifest[0].headers["x-openrosa-version"] == "1.0"


def test_every_file_has_name_hash_and_address(manifest):
    for file in manifest[1]:
        assert all((file.findtext(f"{NS}{part}") or "").strip() for part in ("filename", "hash", "downloadUrl"))


def test_file_names_have_no_folders(manifest):
    assert all("/" not in file.findtext(f"{NS}filename") for file in manifest[1])


def test_every_hash_is_of_the_bytes_fetched(server, manifest):
    for file in manifest[1]:
        content = server.get(file.findtext(f"{NS}downloadUrl"))
        assert content.status == 200
        assert file.findtext(f"{NS}hash") == "md5:" + hashlib.md5(content.body).hexdigest()


def test_lists_begin_with_name_label_and_version(server, lists):
    for file in lists:
        header = server.get(file.findtext(f"{NS}downloadUrl")).text.splitlines()[0]
        assert header.split(",")[:3] == ["name", "label", "__version"]


def test_no_row_of_a_list_lacks_name_label_or_version(server, lists):
    for file in lists:
        for row in csv.DictReader(StringIO(server.get(file.findtext(f"{NS}downloadUrl")).text)):
            assert row["name"]
            assert row["label"]
            assert row["__version"]


def test_a_lists_integrity_can_be_asked(server, lists):
    for file in lists:
        answer = server.get(file.findtext(f"{NS}integrityUrl") + "?id=a,b")
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("text/xml")
        assert answer.headers["x-openrosa-version"] == "1.0"


def test_an_entity_the_server_never_saw_is_not_called_deleted(server, lists):
    for file in lists:
        tree = server.tree(file.findtext(f"{NS}integrityUrl") + "?id=00000000-0000-4000-8000-000000000001")
        assert [e.findtext("deleted") for e in tree.findall("entities/entity")] in ([], ["false"])


def test_a_person_who_left_the_list_is_called_deleted(mlezi):
    tree = mlezi.tree(f"lists/mentees.csv/integrity?id={mlezi.facts['daudi']}")
    assert [e.findtext("deleted") for e in tree.findall("entities/entity")] == ["true"]


def test_the_list_holds_the_facilities_of_this_persons_programme(mlezi, rows):
    assert {row["code"] for row in rows("facilities.csv")} == {"IGO", "KIS"}


def test_a_file_the_form_does_not_name_is_not_served(mlezi):
    url = entry(mlezi).findtext(f"{LIST}manifestUrl").replace("/manifest", "/files/mentors.csv")
    assert mlezi.get(url).status == 404
