"""The makers make what phones send."""

import pytest
from lxml import etree

from mlezi.testing.makers import forms

VISIT = """
    | survey |
    |        | type            | name    | label   | bind::mlezi:as |
    |        | date            | day     | Day     | encounter.date |
    |        | begin_group     | people  | People  |                |
    |        | begin_repeat    | person  | Person  |                |
    |        | text            | who     | Who     | participant    |
    |        | begin_repeat    | rating  | Rating  |                |
    |        | integer         | level   | Level   | rating:bag     |
    |        | end_repeat      |         |         |                |
    |        | end_repeat      |         |         |                |
    |        | end_group       |         |         |                |
"""


def test_a_record_has_the_rows_of_its_repeats(world):
    version = forms.published(world.programme, VISIT)

    xml = forms.record(
        version,
        {
            "day": "2026-03-02",
            "person": [{"who": "a", "rating": [{"level": 1}, {"level": 2}]}, {"who": "b"}],
        },
        instance_id="uuid:1",
    )

    root = etree.fromstring(xml)
    assert root.get("id") == "visit"
    assert root.get("version") == version.version
    assert root.xpath("/data/people/person/who/text()") == ["a", "b"]
    assert root.xpath("/data/people/person[1]/rating/level/text()") == ["1", "2"]
    assert root.xpath("/data/people/person[2]/rating") == []
    assert root.findtext("meta/instanceID") == "uuid:1"


def test_meanings_name_questions_repeats_and_files(world):
    version = forms.published(world.programme, VISIT)

    assert version.meanings["questions"]["/data/people/person/rating/level"] == {"as": "rating:bag", "kind": "int"}
    assert version.meanings["repeats"] == ["/data/people/person", "/data/people/person/rating"]


def test_a_name_that_is_not_in_the_form_is_an_error(world):
    version = forms.published(world.programme, VISIT)

    with pytest.raises(KeyError, match="nobody"):
        forms.record(version, {"nobody": "x"})
