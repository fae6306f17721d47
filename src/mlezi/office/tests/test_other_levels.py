"""Where a country calls its levels otherwise (zone, clinic), its pages are those of districts and facilities."""

import pytest

from mlezi.places.models import Level


@pytest.fixture
def otherwise(world, month):
    for code, other in (("region", "province"), ("district", "zone"), ("facility", "clinic")):
        Level.objects.filter(code=code).update(code=other, title={"en": other.capitalize()})


def test_zones_are_compared_as_districts_are(otherwise, sign_in):
    page = sign_in("neema").get("/mwanza/districts/").content.decode()

    assert "/mwanza/districts/NYA/" in page
    assert "Magu" in page


def test_the_national_page_has_a_line_for_each(otherwise, sign_in):
    page = sign_in("neema").get("/mwanza/national/").content.decode()

    assert "Nyamagana" in page
    assert "Magu" in page


def test_a_clinic_opens_as_a_facility(otherwise, world, sign_in):
    chiku = sign_in("chiku")
    found = chiku.get("/mwanza/search/?q=igoma").content.decode()

    assert f"/mwanza/facilities/{world.igoma.code}/" in found
    assert chiku.get(f"/mwanza/facilities/{world.igoma.code}/").status_code == 200
