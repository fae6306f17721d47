"""Multipart bodies: names kept raw, bytes kept exact, damage named."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.formats import multipart

BOUNDARY = "----mlezi-test-boundary"
TYPE = f'multipart/form-data; boundary="{BOUNDARY}"'
CONTENT = st.binary(max_size=300).filter(lambda data: BOUNDARY.encode() not in data)
NAME = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters='"%\\'), min_size=1, max_size=40)


def read(body, content_type=TYPE, max_parts=200):
    file = BytesIO(body)
    return [(p.name, p.filename, p.read(file)) for p in multipart.parts(file, content_type, max_parts=max_parts)]


@given(st.lists(st.tuples(NAME, st.none() | NAME, CONTENT), max_size=6))
def test_what_is_written_is_read(fields):
    body = multipart.encode([(name, file, "text/plain", data) for name, file, data in fields], BOUNDARY)

    assert read(body) == fields


@given(st.lists(st.tuples(NAME, st.none() | NAME, CONTENT), max_size=6), st.integers(1, 300))
def test_it_does_not_matter_in_which_pieces_it_is_read(fields, piece):
    body = multipart.encode([(name, file, "text/plain", data) for name, file, data in fields], BOUNDARY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(multipart, "PIECE", piece)
        assert read(body) == fields


@given(st.binary(max_size=200), st.integers(0, 400))
def test_damage_is_named_and_never_more(noise, cut):
    body = multipart.encode([("a", "a.jpg", "image/jpeg", b"picture"), ("b", None, "text/plain", b"yes")], BOUNDARY)
    with suppress(multipart.Broken):  # anything else would be a traceback
        read(body[:cut] + noise + body[cut:])


def test_a_body_that_breaks_off_is_broken():
    body = multipart.encode([("a", "a.jpg", "image/jpeg", b"picture")], BOUNDARY)
    for end in range(len(body) - 6):
        with pytest.raises(multipart.Broken):
            read(body[:end])


def test_a_boundary_may_fall_across_pieces():
    data = b"x" * (multipart.PIECE - 60) + b"\r\n--" + BOUNDARY[:-1].encode() + b"?" + b"y" * 100_000
    body = multipart.encode([("a", "a", "text/plain", data), ("b", "b", "text/plain", b"end")], BOUNDARY)

    assert [content for _, _, content in read(body)] == [data, b"end"]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('form-data; name="x"; filename="my photo (1).jpg"', "my photo (1).jpg"),
        ('form-data; name="x"; filename="/sdcard/odk/p.jpg"', "/sdcard/odk/p.jpg"),
        ("form-data; name=x; filename=p.jpg", "p.jpg"),
        ("form-data; name=\"x\"; filename*=UTF-8''pic%C3%A8.jpg", "picè.jpg"),
        ('form-data; name="x"; filename="say \\"hi\\".jpg"', 'say "hi".jpg'),
    ],
)
def test_names_stay_as_they_were_sent(disposition, name):
    body = f"--b\r\nContent-Disposition: {disposition}\r\n\r\n1\r\n--b--".encode()

    assert read(body, "multipart/form-data; boundary=b")[0][1] == name


def test_too_many_parts_are_not_read():
    body = multipart.encode([(str(n), None, "text/plain", b"") for n in range(20)], BOUNDARY)
    with pytest.raises(multipart.Broken, match="more than 10"):
        read(body, max_parts=10)


@pytest.mark.parametrize("content_type", ["", "text/xml", "multipart/form-data", "multipart/form-data; boundary="])
def test_without_a_boundary_nothing_can_be_read(content_type):
    with pytest.raises(multipart.Broken):
        read(b"--b--", content_type)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("=?UTF-8?Q?pic=C3=A8_1=2Ejpg?=", "picè 1.jpg"),
        ("=?utf-8?b?cGljw6guanBn?=", "picè.jpg"),
        ("=?UTF-8?Q?pic=C3=A8?= =?UTF-8?Q?=2Ejpg?=", "picè.jpg"),  # blanks between encoded words count for nothing
        ("=?ISO-8859-1?Q?pic=E8.jpg?=", "picè.jpg"),
        ("=?no-such-letters?Q?p.jpg?=", "=?no-such-letters?Q?p.jpg?="),
        ("=?UTF-8?B?a?=", "=?UTF-8?B?a?="),
        ("=?UTF-8?Q?=E8?=", "=?UTF-8?Q?=E8?="),
        ("about =?UTF-8?Q?p?=.jpg", "about =?UTF-8?Q?p?=.jpg"),
        ("=?.jpg", "=?.jpg"),
    ],
)
def test_encoded_words_are_decoded_and_names_that_only_look_so_are_kept(written, name):
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="x"; filename="{written}"\r\n\r\n'
    [(_, found, _)] = read(head.encode() + f"\r\n--{BOUNDARY}--\r\n".encode())

    assert found == name
