"""GET formList, and the forms it names."""

import hashlib

from tests.systems.openrosa.conftest import FORM_ID

NS = "{http://openrosa.org/xforms/xformsList}"


def entry(server, form_id=FORM_ID):
    """The suite's form in the list."""
    forms = server.tree("formList").findall(f"{NS}xform")
    return next(form for form in forms if form.findtext(f"{NS}formID") == form_id)


def test_the_list_is_xml(server):
    answer = server.get("formList")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/xml")


def test_the_answer_says_it_is_openrosa(server):
    assert server.get("formList").headers["x-openrosa-version"] == "1.0"


def test_the_answer_says_how_much_is_accepted(server):
    assert int(server.get("formList").headers["x-openrosa-accept-content-length"]) > 0


def test_the_answer_has_a_date_and_a_language(server):
    answer = server.get("formList")
    assert answer.headers["date"]
    assert answer.headers["content-language"]


def test_the_root_is_in_the_list_namespace(server):
    assert server.tree("formList").tag == f"{NS}xforms"


def test_every_entry_has_id_name_and_address(server):
    for form in server.tree("formList").findall(f"{NS}xform"):
        assert all((form.findtext(f"{NS}{part}") or "").strip() for part in ("formID", "name", "downloadUrl"))


def test_every_hash_is_an_md5_with_its_prefix(server):
    for form in server.tree("formList").findall(f"{NS}xform"):
        prefix, _, digits = form.findtext(f"{NS}hash").partition(":")
        assert prefix == "md5"
        assert len(digits) == 32


def test_the_hash_is_of_the_bytes_fetched(server):
    form = entry(server)
    xml = server.get(form.findtext(f"{NS}downloadUrl"))
    assert xml.status == 200
    assert form.findtext(f"{NS}hash") == "md5:" + hashlib.md5(xml.body).hexdigest()


def test_only_the_newest_version_is_offered(server):
    assert entry(server).findtext(f"{NS}version") == "2"


def test_a_device_id_in_the_query_is_accepted(server):
    assert server.get("formList?deviceID=collect%3Aabc").status == 200


def test_one_form_can_be_asked_for(server):
    forms = server.tree(f"formList?formID={FORM_ID}").findall(f"{NS}xform")
    assert [form.findtext(f"{NS}formID") for form in forms] == [FORM_ID]


def test_a_form_nobody_knows_gives_an_empty_list(server):
    assert len(server.tree("formList?formID=nobody-knows-this").findall(f"{NS}xform")) == 0


def test_the_list_is_not_served_stale(server):
    control = server.get("formList").headers.get("cache-control", "")
    assert (
        "no-store" in control
        or "no-cache" in control
        or "max-age=0" in control
        or server.get("formList").headers.get("etag")
    )


def test_a_date_in_a_twelve_hour_clock_or_another_language_is_no_reason_to_refuse(server):
    assert server.get("formList", Date="Jumatatu, 02 Machi 2026 01:00:00 GMT").status == 200


def test_addresses_are_whole_and_on_the_same_host(server):
    host = server.base.split("/")[2]
    assert entry(server).findtext(f"{NS}downloadUrl").split("/")[2] == host


def test_a_form_that_is_not_there_is_not_found(mlezi):
    assert mlezi.get("forms/999999.xml").status == 404
