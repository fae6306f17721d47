"""Maps are drawn from coordinates alone and say what is approximate."""

from django.template.loader import render_to_string

from mlezi.plumbing.maps import Map, Outline, Spot

SPOTS = [
    Spot("IGO", "Igoma Dispensary", -2.58, 33.0, "/igoma", "late", "74 days ago", "NYA"),
    Spot("BUT", "Butimba Hospital", -2.56, 32.91, "/butimba", "good", "4 days ago", "NYA"),
    Spot("SHI", "Shishani", None, None, "/shishani", "", "", "NYA"),
]


def test_a_district_without_an_outline_is_a_dashed_hull_that_says_so():
    html = render_to_string("components/map.html", {"map": Map("Facilities", SPOTS, [Outline("NYA", "Nyamagana")])})

    assert 'class="land approximate"' in html
    assert "approximate, not administrative" in html


def test_a_supplied_outline_is_drawn_as_it_is():
    square = {
        "type": "Polygon",
        "coordinates": [[[32.8, -2.7], [33.1, -2.7], [33.1, -2.4], [32.8, -2.4], [32.8, -2.7]]],
    }
    land = Map("Facilities", SPOTS, [Outline("NYA", "Nyamagana", square)]).land

    assert not land[0]["is_approximate"]
    assert land[0]["path"].count("L") == 4


def test_every_place_is_in_the_list_even_without_coordinates():
    made = Map("Facilities", SPOTS)
    html = render_to_string("components/map.html", {"map": made})

    assert [spot.key for spot in made.unplaced] == ["SHI"]
    assert html.count('<li class="row-line"') == 3
    assert html.count('class="point ') == 2


def test_without_any_coordinates_there_is_no_picture():
    html = render_to_string("components/map.html", {"map": Map("Facilities", SPOTS[2:])})

    assert "No place here has coordinates yet." in html
