"""Whatever bytes come to the phones' door: never a fault of ours, and nothing refused into oblivion."""

import gzip
import zlib
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlezi.formats import multipart
from mlezi.instruments import media
from mlezi.instruments.models import Quarantined, Submission
from mlezi.people.actions import devices
from mlezi.testing.cast import MORNING
from mlezi.testing.makers.submissions import published, record

MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
GOOD = multipart.encode(
    [
        ("xml_submission_file", "s.xml", "text/xml", record("uuid:1", photo="p.jpg")),
        ("p.jpg", "p.jpg", "image/jpeg", b"picture"),
    ],
    "x",
)
TYPE = "multipart/form-data; boundary=x"
KNOWN = {201, 202, 400, 404, 409, 413}


@pytest.fixture
def post(world, settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    published(world.programme)
    _, token = devices.enrol(person=world.amina, programme_code="mwanza", name="A", by=world.chiku, at=MORNING)

    def post_(body, content_type=TYPE, **headers):
        path = f"/phone/key/{token}/submission"
        return Client(raise_request_exception=True).post(path, body, content_type=content_type, headers=headers)

    post_.base = f"/phone/key/{token}"
    return post_


def check(answer, before):
    assert answer.status_code in KNOWN
    assert answer["X-OpenRosa-Version"] == "1.0"
    if answer.status_code in (400, 404, 409):
        kept = sum(Quarantined.objects.values_list("n_times", flat=True))
        assert kept > before, "refused and not kept"


def n_kept():
    return sum(Quarantined.objects.values_list("n_times", flat=True))


@MANY
@given(st.binary(max_size=300), st.integers(0, len(GOOD)), st.integers(0, len(GOOD)))
def test_a_damaged_request_is_answered_and_kept(post, noise, start, end):
    before = n_kept()
    check(post(GOOD[: min(start, end)] + noise + GOOD[max(start, end) :]), before)


@MANY
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["xml_submission_file", "a.jpg", "*isIncomplete*", "é\x00", ""]),
            st.none() | st.text(max_size=300),
            st.sampled_from(["text/xml", "image/jpeg", "text/plain", "", "x" * 300]),
            st.binary(max_size=50) | st.sampled_from([record("uuid:2"), record("uuid:2", photo="a.jpg"), b""]),
        ),
        max_size=5,
    )
)
def test_any_parts_in_any_order_are_answered_and_kept(post, parts):
    before = n_kept()
    check(post(multipart.encode(parts, "some-boundary-x"), "multipart/form-data; boundary=some-boundary-x"), before)


XML = st.recursive(
    st.text(max_size=20).map(lambda t: t.replace("<", "&lt;").replace("&", "&amp;")),
    lambda inner: (
        st.tuples(st.sampled_from(["note", "photo", "meta", "instanceID", "deprecatedID", "é"]), inner).map(
            lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
        )
        | st.lists(inner, max_size=3).map("".join)
    ),
    max_leaves=8,
)


@MANY
@given(XML, st.sampled_from(["visit", "", "other", "x" * 400]), st.sampled_from(["1", "", "9", "v" * 300]))
def test_any_record_is_answered_and_kept(post, inside, form_id, version):
    before, records = n_kept(), Submission.objects.count()
    xml = f'<data id="{form_id}" version="{version}">{inside}</data>'.encode()
    answer = post(xml, "text/xml")
    check(answer, before)
    if answer.status_code == 201:
        assert Submission.objects.count() == records + 1


@MANY
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80), st.text(max_size=40))
def test_any_headers_and_addresses_are_answered(post, value, word):
    latin = value.encode("ascii", "ignore").decode()
    headers = {"Date": latin, "Mlezi-Device-Time": latin, "Mlezi-Unsent": latin, "Mlezi-Client": latin}
    assert post(record("uuid:3"), "text/xml", **headers).status_code in KNOWN
    assert post(record("uuid:3"), latin or "x").status_code in KNOWN
    for path in ("formList", "receipts", "lists/mentees.csv/integrity"):
        asked = {"ids": word, "id": word, "formID": word, "deviceID": word}
        assert Client().get(f"{post.base}/{path}", asked).status_code == 200
    listed = 200 if media.offered(word) else 404  # a guess may be the name of a list
    assert Client().get(f"{post.base}/lists/{quote(word or 'x', safe='')}/integrity").status_code == listed
    assert Client().get(f"/phone/key/{quote(word or 'x', safe='')}/formList").status_code in (403, 404)


@pytest.mark.parametrize(("squeezed", "squeeze"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_squeezed_body_is_opened(post, squeezed, squeeze):
    answer = post(squeeze(GOOD), **{"Content-Encoding": squeezed})

    assert answer.status_code == 201
    assert bytes(Submission.objects.get().xml) == record("uuid:1", photo="p.jpg")
    assert answer["Mlezi-Missing"] == "0"


@pytest.mark.parametrize(
    ("squeezed", "body"), [("gzip", gzip.compress(GOOD)[:-9]), ("gzip", b"not at all"), ("br", GOOD), ("gzip", b"")]
)
def test_a_squeezed_body_that_cannot_be_opened_is_kept_as_it_came(post, squeezed, body):
    answer = post(body, **{"Content-Encoding": squeezed})

    kept = Quarantined.objects.get()
    assert (answer.status_code, kept.reason, bytes(kept.content)) == (400, "submission.no_record", body)
    assert kept.headers["Content-Encoding"] == squeezed
    assert squeezed in kept.detail


def test_a_small_body_that_would_fill_the_disk_is_refused(post, settings):
    settings.MAX_SUBMISSION_BYTES = 1_000_000

    assert post(gzip.compress(bytes(50_000_000)), **{"Content-Encoding": "gzip"}).status_code == 413


@pytest.mark.parametrize(
    "date", ["Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "soon", "Fri, 31 Dec 2026 25:00:00 GMT"]
)
def test_no_clock_of_a_phone_is_a_reason_to_refuse(post, date):
    assert post(GOOD, Date=date).status_code == 201
    assert post(GOOD, **{"Mlezi-Device-Time": "0001-01-01T00:00:00+14:00"}).status_code == 202
