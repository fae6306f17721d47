"""A record that replaces another."""

from concurrent.futures import ThreadPoolExecutor

from tests.systems.openrosa.conftest import new_id


def sent(server, **facts):
    uid = new_id()
    files = [(facts["photo"], b"picture")] if "photo" in facts else []
    server.post(server.record(uid, **facts), files)
    return uid


def test_an_edit_is_taken(server):
    assert server.post(server.record(replaces=sent(server))).status == 201


def test_the_same_edit_again_is_done(server):
    edit = server.record(replaces=sent(server))
    server.post(edit)
    assert server.post(edit).status in (201, 202)


def test_an_edit_of_what_never_came_is_not_found(server):
    assert server.post(server.record(replaces=new_id())).status == 404


def test_a_second_edit_of_the_same_record_is_a_conflict(server):
    first = sent(server)
    server.post(server.record(replaces=first))
    assert server.post(server.record(replaces=first, note="Mine.")).status in (409, 410)


def test_an_edit_of_an_edit_is_taken(server):
    first, second = sent(server), new_id()
    server.post(server.record(second, replaces=first))
    assert server.post(server.record(replaces=second)).status == 201


def test_the_record_before_the_edit_can_still_be_sent_again(mlezi):
    first = new_id()
    xml = mlezi.record(first)
    mlezi.post(xml)
    mlezi.post(mlezi.record(replaces=first))
    assert mlezi.post(xml).status == 202


def test_an_edit_under_a_used_id_is_a_conflict(server):
    first, other = sent(server), sent(server)
    assert server.post(server.record(other, replaces=first)).status == 409


def test_files_are_carried_forward(mlezi):
    first, second = sent(mlezi, photo="p.jpg"), new_id()
    mlezi.post(mlezi.record(second, replaces=first, photo="p.jpg"))
    assert mlezi.receipt(second)["missing"] == []


def test_of_ten_edits_at_the_same_moment_one_stands(mlezi):
    first = sent(mlezi)
    edits = [mlezi.record(replaces=first, note=str(n)) for n in range(10)]
    with ThreadPoolExecutor(10) as crowd:
        statuses = sorted(answer.status for answer in crowd.map(mlezi.post, edits))
    assert statuses == [201] + [409] * 9


def test_an_edit_that_came_too_early_is_taken_when_its_record_is_here(mlezi):
    first, second = new_id(), new_id()
    edit = mlezi.record(second, replaces=first)
    assert mlezi.post(edit).status == 404
    mlezi.post(mlezi.record(first))
    assert mlezi.post(edit).status == 201
    assert mlezi.receipt(second)["state"] != "quarantine"
