"""HEAD and POST submission: what is taken, what is not, and how it is said."""

import pytest

from tests.systems.openrosa.conftest import message, new_id


def test_head_is_answered_204(server):
    answer = server.wire.ask("HEAD", "submission?deviceID=collect%3Aabc")
    assert answer.status == 204
    assert answer.headers["x-openrosa-version"] == "1.0"


def test_head_says_how_much_is_accepted_at_once(server):
    assert int(server.wire.ask("HEAD", "submission").headers["x-openrosa-accept-content-length"]) > 0


def test_head_does_not_send_the_phone_to_another_host(server):
    location = server.wire.ask("HEAD", "submission").headers.get("location", server.base)
    assert location.split("/")[2].split(":")[0] == server.base.split("/")[2].split(":")[0]


def test_a_record_is_created(server):
    assert server.post(server.record()).status == 201


def test_success_is_said_in_words(server):
    answer = server.post(server.record())
    assert answer.headers["content-type"].startswith("text/xml")
    assert message(answer)


def test_a_device_id_in_the_query_is_accepted(server):
    assert server.post(server.record(), query="?deviceID=collect%3Aabc").status == 201


def test_a_record_of_an_older_published_version_is_taken(server):
    assert server.post(server.record(version="1")).status in (201, 202)


def test_other_letters_are_kept(server):
    assert server.post(server.record(note="Mkutano – “sawa” 👍 Ñandú").decode().encode("utf-8")).status == 201


def test_entities_of_xml_are_no_trouble(server):
    assert server.post(server.record(note="a &lt; b &amp; c")).status == 201


@pytest.mark.parametrize("xml", [b"", b"rubbish", b"<data", b"<data id='openrosa-conformance'></oops>", b"\x00\x01"])
def test_what_is_no_xml_is_a_bad_request(server, xml):
    answer = server.post(xml)
    assert answer.status == 400
    assert message(answer)


def test_a_record_without_instance_id_is_a_bad_request(server):
    assert server.post(f'<data id="{server.form_id}" version="2"/>'.encode()).status == 400


def test_a_record_without_form_id_is_refused(server):
    assert server.post(f"<data><meta><instanceID>{new_id()}</instanceID></meta></data>".encode()).status in (400, 404)


def test_a_request_without_the_record_is_a_bad_request(server):
    assert server.post(None, [("p.jpg", b"picture")]).status == 400


def test_a_record_under_another_name_is_a_bad_request(server):
    assert server.post(server.record(), name="something_else").status == 400


def test_a_body_that_is_no_multipart_is_a_bad_request(server):
    answer = server.wire.ask("POST", "submission", b"rubbish", {"Content-Type": "multipart/form-data; boundary=x"})
    assert answer.status == 400


def test_an_unknown_form_is_not_found(server):
    assert server.post(server.record(form_id="nobody-knows-this")).status == 404


def test_external_entities_are_not_read(server):
    xml = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + server.record(note="&x;")[21:]
    answer = server.post(xml)
    assert answer.status == 400
    assert b"root:" not in answer.body


def test_a_billion_laughs_are_not_laughed(server):
    entities = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    xml = b'<!DOCTYPE d [<!ENTITY a0 "ha">' + entities + b"]>" + server.record(note="&a9;")[21:]
    assert server.post(xml).status == 400


def test_failure_is_said_in_words(server):
    answer = server.post(server.record(form_id="nobody-knows-this"))
    assert answer.headers["content-type"].startswith("text/xml")
    assert message(answer)


def test_an_unknown_version_is_taken_and_left_to_a_person(mlezi):
    uid = new_id()
    assert mlezi.post(mlezi.record(uid, version="from-the-future")).status == 202
    assert mlezi.receipt(uid)["state"] == "parked"


def test_what_is_refused_is_kept_all_the_same(mlezi):
    uid = new_id()
    mlezi.post(mlezi.record(uid, form_id="nobody-knows-this"))
    assert mlezi.receipt(uid)["state"] == "quarantine"


def test_a_body_in_chunks_is_taken(mlezi):
    body = mlezi.record()
    pieces = (body[n : n + 50] for n in range(0, len(body), 50))
    assert mlezi.wire.ask("POST", "submission", pieces, {"Content-Type": "text/xml"}).status == 201


def test_other_methods_are_not_allowed(mlezi):
    assert mlezi.wire.ask("GET", "submission").status == 405
    assert mlezi.wire.ask("DELETE", "submission").status == 405
