"""A chart says in words and in a table what it shows, and never draws a missing value as zero."""

import re

from mlezi.plumbing import charts
from mlezi.plumbing.chart_kinds import bars, over_time, stacked


def test_a_picture_is_named_and_described():
    chart = over_time("Facilities visited", [("Jan", "A", 0.4), ("Feb", "A", 0.6)])

    assert re.search(r"<title[^>]*>Facilities visited</title><desc[^>]*>2 months from Jan to Feb", chart.svg)
    assert 'role="img"' in chart.svg


def test_a_missing_month_is_no_data_in_the_table_and_no_point_in_the_picture():
    chart = over_time("Facilities visited", [("Jan", "A", 0.4), ("Feb", "A", None)])

    assert chart.rows[1] == ["Feb", "no data"]
    assert [row["v"] for row in chart.spec["data"]["values"]] == [0.4]


def test_nothing_known_makes_an_empty_chart():
    assert over_time("Nothing", [("Jan", "A", None)]).is_empty
    assert bars("Nothing", [("Antenatal care", None)]).is_empty


def test_a_hidden_group_draws_nothing_and_says_so():
    chart = stacked("Levels", [("Few", (("below", None), ("at", None)))], names="Topic", colors=["#eee", "#111"])

    assert chart.spec["data"]["values"] == []
    assert "Few (hidden)" in chart.svg


def test_words_from_people_cannot_become_markup():
    chart = bars('<script>alert("x")</script>', [("<b>name</b>", 0.5)])

    assert "<script" not in chart.svg
    assert "<b>name" not in chart.svg


def test_a_long_name_is_read_whole_beside_a_narrow_picture():
    name = "I know where my responsibility ends and somebody else's begins"
    chart = bars("Clear roles", [(name, 0.4), ("Short", 0.7)])

    said = re.findall(r"<tspan[^>]*>([^<]*)|<text[^>]*>([^<]*)", chart.narrow_svg)
    words = " ".join(a or b for a, b in said)
    assert all(word in words for word in name.split())
    assert "…" not in words


def test_places_are_rounded_and_words_are_not():
    drawn = charts._rounded(
        '<path d="M0,16.830000000000002L1.5,-3.0004e-7" transform="translate(0.125,7)"/><text>p = 0.00123</text>'
    )

    assert drawn == '<path d="M0,16.83L1.5,0" transform="translate(0.12,7)"/><text>p = 0.00123</text>'
