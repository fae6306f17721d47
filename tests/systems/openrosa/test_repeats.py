"""The same again: after a lost answer, at the same moment, with other bytes."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

from tests.systems.openrosa.conftest import message, new_id


def test_the_same_record_again_is_done(server):
    xml = server.record()
    server.post(xml)
    assert server.post(xml).status in (201, 202)


def test_the_same_again_with_nothing_new_is_202(mlezi):
    xml = mlezi.record()
    mlezi.post(xml)
    assert mlezi.post(xml).status == 202


def test_other_bytes_under_the_same_id_are_a_conflict(server):
    uid = new_id()
    server.post(server.record(uid))
    answer = server.post(server.record(uid, note="Other words."))
    assert answer.status == 409
    assert message(answer)


def test_a_conflict_does_not_change_what_is_kept(mlezi):
    uid = new_id()
    mlezi.post(mlezi.record(uid))
    mlezi.post(mlezi.record(uid, note="Other words."))
    assert mlezi.receipt(uid)["sha256"] == hashlib.sha256(mlezi.record(uid)).hexdigest()


def test_even_other_white_space_is_other_bytes(server):
    uid = new_id()
    server.post(server.record(uid))
    assert server.post(server.record(uid) + b"\n").status == 409


def test_twenty_at_the_same_moment_make_one_record(server):
    xml = server.record()
    with ThreadPoolExecutor(20) as crowd:
        statuses = [answer.status for answer in crowd.map(lambda _: server.post(xml), range(20))]
    # A busy server may ask to come again; nobody may be told of a conflict, and once is enough.
    assert set(statuses) <= {201, 202, 423, 503}
    assert statuses.count(201) >= 1
    assert server.post(xml).status in (201, 202)


def test_of_twenty_at_the_same_moment_one_is_created(mlezi):
    xml = mlezi.record()
    with ThreadPoolExecutor(20) as crowd:
        statuses = sorted(answer.status for answer in crowd.map(lambda _: mlezi.post(xml), range(20)))
    assert statuses == [201] + [202] * 19


def test_twenty_different_bytes_at_the_same_moment_leave_one_and_keep_the_rest(mlezi):
    uid = new_id()
    records = [mlezi.record(uid, note=str(n)) for n in range(20)]
    with ThreadPoolExecutor(20) as crowd:
        statuses = sorted(answer.status for answer in crowd.map(mlezi.post, records))
    assert statuses == [201] + [409] * 19


def test_a_receipt_proves_what_is_here(mlezi):
    uid = new_id()
    xml = mlezi.record(uid)
    mlezi.post(xml)
    assert mlezi.receipt(uid)["sha256"] == hashlib.sha256(xml).hexdigest()


def test_an_id_never_seen_has_no_receipt(mlezi):
    assert mlezi.receipt(new_id()) == {}
