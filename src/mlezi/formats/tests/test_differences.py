"""Two records side by side."""

from hypothesis import given
from hypothesis import strategies as st

from mlezi.formats.differences import Difference, answers, differences


def test_repeats_are_numbered_and_groups_say_nothing():
    xml = b"<data><g><a> 1 </a></g><p><n>Ann</n></p><p><n>Ben</n></p><empty/></data>"

    assert answers(xml) == {"/data/g/a": "1", "/data/p/n": "Ann", "/data/p[2]/n": "Ben"}


def test_only_what_differs_is_told():
    one = b"<data><a>1</a><b>2</b><gone>x</gone></data>"
    other = b"<data><a>1</a><b>3</b><come>y</come></data>"

    assert differences(one, other) == [
        Difference("/data/b", "2", "3"),
        Difference("/data/gone", "x", ""),
        Difference("/data/come", "", "y"),
    ]


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_do_no_harm(data):
    assert differences(data, data) == []


def test_entities_are_not_read():
    assert answers(b'<!DOCTYPE d [<!ENTITY a "b">]><d><x>&a;</x></d>') == {}
