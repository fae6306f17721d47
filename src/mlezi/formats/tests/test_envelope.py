"""Reading the outside of a record, whatever bytes come."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.formats import envelope

RECORD = b"""<?xml version="1.0"?>
<data id="visit" version="3" xmlns:orx="http://openrosa.org/xforms">
 <end>2026-03-02T08:59:00.000+03:00</end>
 <photo>a.jpg</photo><people><photo>b.jpg</photo></people><people><photo> </photo></people>
 <people><photo>b.jpg</photo></people>
 <people><meta><instanceID>uuid:of-an-entity</instanceID></meta></people>
 <orx:meta><orx:instanceID> uuid:1 </orx:instanceID><orx:deprecatedID>uuid:0</orx:deprecatedID>
  <orx:audit>audit.csv</orx:audit></orx:meta>
</data>"""


def test_everything_on_the_outside_is_read():
    outside = envelope.read(RECORD, binary={"/data/photo", "/data/people/photo", "/data/meta/audit"})

    assert outside == envelope.Envelope(
        form_id="visit",
        version="3",
        instance_id="uuid:1",
        deprecated_id="uuid:0",
        files=("a.jpg", "b.jpg", "audit.csv"),
        ended="2026-03-02T08:59:00.000+03:00",
    )


def test_marks_above_letters_are_composed_on_both_sides():
    apart, whole = "cafe\u0301.jpg", "caf\u00e9.jpg"
    record = RECORD.replace(b"a.jpg", apart.encode())

    assert envelope.fitted(apart) == envelope.fitted(whole) == whole
    assert envelope.read(record, binary={"/data/photo"}).files == (whole,)


def test_a_form_without_id_is_known_by_its_namespace():
    xml = b'<data xmlns="http://example.org/visit" instanceID="uuid:1"/>'

    assert envelope.read(xml).form_id == "http://example.org/visit"
    assert envelope.read(xml).instance_id == "uuid:1"


def test_utf_16_is_read_and_its_entities_are_not():
    text = '<?xml version="1.0" encoding="utf-16"?><data id="visit"><meta><instanceID>uuid:1</instanceID></meta></data>'
    assert envelope.read(text.encode("utf-16")).instance_id == "uuid:1"

    bomb = text.replace("<data", '<!DOCTYPE d [<!ENTITY a "aaa">]><data')
    with pytest.raises(envelope.Unreadable, match="document_type"):
        envelope.read(bomb.encode("utf-16"))


def test_what_is_known_so_far_is_told_with_the_trouble():
    with pytest.raises(envelope.Unreadable) as caught:
        envelope.read(b'<data id="visit"><meta><instanceID>uuid:1</instanceID></meta><broken></data>')

    assert (caught.value.form_id, caught.value.instance_id) == ("visit", "uuid:1")


@given(st.binary(max_size=400))
def test_no_bytes_do_anything_but_be_read_or_refused(data):
    with suppress(envelope.Unreadable):  # anything else would be a traceback
        envelope.read(data)


@given(st.integers(0, len(RECORD)), st.integers(0, len(RECORD)), st.binary(max_size=6))
def test_no_damage_to_a_record_does_either(start, end, put_in):
    with suppress(envelope.Unreadable):  # anything else would be a traceback
        envelope.read(RECORD[: min(start, end)] + put_in + RECORD[max(start, end) :])


@given(st.text(max_size=600))
def test_a_fitted_name_is_storable_and_stays_itself(name):
    fitted = envelope.fitted(name)

    assert 0 < len(fitted) <= 255
    assert "/" not in fitted
    assert "\0" not in fitted
    fitted.encode()
    assert envelope.fitted(fitted) == fitted


def test_two_long_names_stay_two():
    assert envelope.fitted("a" * 400 + "1.jpg") != envelope.fitted("a" * 400 + "2.jpg")
    assert envelope.fitted("a" * 400 + "1.jpg").endswith(".jpg")


def test_a_time_without_offset_is_no_moment():
    assert envelope.moment("2026-03-02T09:00:00") is None
    assert envelope.moment("yesterday") is None
    assert envelope.moment("2026-03-02T09:00:00.000+03:00") == datetime(2026, 3, 2, 6, tzinfo=UTC)
