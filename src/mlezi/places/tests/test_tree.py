"""A place says its path, district and region, however it came where it stands."""

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
