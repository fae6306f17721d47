"""Files with a record: split over requests, under raw names, sent again."""

import pytest

from tests.systems.openrosa.conftest import new_id


def test_a_file_comes_with_its_record(server):
    assert server.post(server.record(photo="p.jpg"), [("p.jpg", b"picture")]).status == 201


def test_files_may_come_in_requests_of_their_own(server):
    xml = server.record(photo="p.jpg", sound="s.m4a")
    assert server.post(xml, [("p.jpg", b"picture")], incomplete=True).status == 201
    assert server.post(xml, [("s.m4a", b"sound")]).status == 201


def test_the_flag_of_incompleteness_is_not_needed(server):
    xml = server.record(photo="p.jpg", sound="s.m4a")
    assert server.post(xml, [("p.jpg", b"picture")]).status == 201
    assert server.post(xml, [("s.m4a", b"sound")]).status == 201


def test_a_hundred_and_one_files_come_in_one_request(server):
    files = [(f"{n}.jpg", str(n).encode()) for n in range(101)]
    assert server.post(server.record(), files).status == 201


def test_the_same_file_again_is_done(server):
    xml = server.record(photo="p.jpg")
    server.post(xml, [("p.jpg", b"picture")])
    assert server.post(xml, [("p.jpg", b"picture")]).status in (201, 202)


def test_a_file_nobody_expects_is_no_trouble(server):
    assert server.post(server.record(), [("audit.csv", b"event,node\n")]).status == 201


def test_a_large_file_is_taken_though_it_is_more_than_the_batch(server):
    accepted = int(server.wire.ask("HEAD", "submission").headers["x-openrosa-accept-content-length"])
    size = min(accepted + 1_000_000, 12_000_000)
    assert server.post(server.record(photo="big.jpg"), [("big.jpg", b"\xff" * size)]).status == 201


def test_what_is_missing_is_told_whatever_the_flag_said(mlezi):
    uid = new_id()
    xml = mlezi.record(uid, photo="p.jpg", sound="s.m4a")
    mlezi.post(xml, [("p.jpg", b"picture")])
    receipt = mlezi.receipt(uid)
    assert [file["name"] for file in receipt["present"]] == ["p.jpg"]
    assert receipt["missing"] == ["s.m4a"]


@pytest.mark.parametrize("name", ["my photo (1).jpg", "picha ya Igoma – 2.jpg", "1772434800000.jpg", "a'b&c.jpg"])
def test_names_stay_as_the_record_has_them(mlezi, name):
    uid = new_id()
    mlezi.post(mlezi.record(uid, photo=name.replace("&", "&amp;")), [(name, b"picture")])
    assert mlezi.receipt(uid)["missing"] == []


def test_another_file_under_the_same_name_is_a_conflict_and_the_first_stays(mlezi):
    uid = new_id()
    xml = mlezi.record(uid, photo="p.jpg")
    mlezi.post(xml, [("p.jpg", b"picture")])
    before = mlezi.receipt(uid)["present"]
    assert mlezi.post(xml, [("p.jpg", b"another")]).status == 409
    assert mlezi.receipt(uid)["present"] == before
