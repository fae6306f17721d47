"""A place says its path, district and region, however it came where it stands."""

import pytest

from mlezi.audit.actions import MACHINE
from mlezi.places import actions
from mlezi.places.models import Level, Place
from mlezi.testing.cast import MORNING


def standing(place):
    found = Place.objects.get(pk=place.pk)
    return found.path, found.district_id, found.region_id


def test_a_place_belongs_to_the_district_and_region_above_it_and_these_to_themselves(world):
    assert standing(world.igoma)[1:] == (world.nyamagana.pk, world.mwanza.pk)
    assert standing(world.nyamagana)[1:] == (world.nyamagana.pk, world.mwanza.pk)
    assert standing(world.mwanza)[1:] == (None, world.mwanza.pk)
    assert standing(world.mwanza.parent)[1:] == (None, None)


def test_a_moved_district_keeps_its_facilities_and_takes_them_to_the_other_region(world):
    facts = {"by": MACHINE, "at": MORNING}
    level = Level.objects.get(code="region")
    geita = actions.add(name="Geita", code="GEI", level=level, parent=world.mwanza.parent, **facts)

    actions.move(place=world.nyamagana, parent=geita, **facts)

    assert standing(world.nyamagana) == (f"{geita.path}{world.nyamagana.pk}/", world.nyamagana.pk, geita.pk)
    assert standing(world.igoma) == (
        f"{geita.path}{world.nyamagana.pk}/{world.igoma.pk}/", world.nyamagana.pk, geita.pk,
    )  # fmt: skip
    assert standing(world.kisesa)[2] == world.mwanza.pk


def test_a_moved_facility_belongs_to_the_other_district(world):
    actions.move(place=world.igoma, parent=world.kisesa.parent, by=MACHINE, at=MORNING)

    assert standing(world.igoma)[1] == world.kisesa.parent_id


@pytest.mark.parametrize(
    ("levels", "district", "region"),
    [
        ("country province facility", "province", None),
        ("country province zone facility", "zone", "province"),
        ("country zone district facility", "district", "zone"),
        ("country region facility", None, "region"),
        ("hospital ward", None, None),
        ("hospital department ward", "department", None),
        ("region district facility", "district", "region"),
    ],
)
def test_levels_of_other_names_serve_as_district_and_region(db, levels, district, region):
    made = [Level.objects.create(rank=rank, code=code, title={"en": code}) for rank, code in enumerate(levels.split())]
    above = None
    for level in made:
        code = level.code
        above = actions.add(name=code, code=code, level=level, parent=above, by=MACHINE, at=MORNING)
    pk_of = dict(Place.objects.values_list("code", "pk"))

    assert standing(above)[1:] == (pk_of.get(district), pk_of.get(region))
