"""The cast stands on both databases."""

from mlezi.places.models import Place
from mlezi.programmes.models import RoleAssignment


def test_a_subtree_is_a_range_of_paths(world):
    inside = Place.objects.filter(path__gte=world.nyamagana.path, path__lt=world.nyamagana.path_to)

    assert {place.code for place in inside} == {"NYA", "IGO"}


def test_daudi_belongs_to_another_programme(world):
    assert [role.programme.code for role in RoleAssignment.objects.filter(person=world.daudi)] == ["choma"]
