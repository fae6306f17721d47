"""Whether a scope leaves no place out."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlezi.places import queries
from mlezi.places.models import Place
from mlezi.places.scope import NOTHING, Scope


def test_all_trees_are_everywhere_and_one_of_them_is_not(world):
    tops, district = Place.objects.filter(parent=None), world.nyamagana

    assert queries.is_everywhere(Scope(tuple((top.path, top.path_to) for top in tops)))
    assert len(tops) > 1
    assert not queries.is_everywhere(Scope(((tops[0].path, tops[0].path_to),)))
    assert not queries.is_everywhere(Scope(((district.path, district.path_to),)))
    assert not queries.is_everywhere(NOTHING)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_it_is_what_looking_at_each_place_says(world, data):
    paths = sorted(Place.objects.values_list("path", flat=True))
    ends = st.sampled_from([*paths, *(path[:-1] + "0" for path in paths), "/", "0"])
    ranges = data.draw(st.lists(st.tuples(ends, ends), max_size=5))
    scope = Scope(tuple(ranges))

    each = all(any(low <= path < high for low, high in ranges) for path in paths)

    assert queries.is_everywhere(scope) == each
