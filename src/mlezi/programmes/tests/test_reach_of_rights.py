"""Nobody comes by more than they hold: not by a link, a phone, a merge or a role given to somebody else.

*Gasto* coordinates Nyamagana alone; *Chiku* the whole of Mwanza; *Farida* runs the programme.
"""

import pytest

from mlezi.people.models import Device, Merge
from mlezi.programmes.models import RoleAssignment
from mlezi.programmes.permissions import Coordinator, Overseer
from mlezi.programmes.queries import may_give, may_more
from mlezi.testing import cast


@pytest.fixture
def gasto(world):
    person = cast.person("Gasto", at=world.nyamagana)
    RoleAssignment.objects.create(
        person=person, programme=world.programme, role="coordinator", place=world.nyamagana, from_on=cast.START
    )
    world.people["gasto"] = person
    return person


def test_the_same_role_over_more_places_is_more(world, gasto):
    assert may_more(world.chiku, than=gasto)
    assert not may_more(gasto, than=world.chiku)
    assert may_more(world.farida, than=world.chiku)


def test_a_mentor_of_the_whole_region_keeps_nothing_from_a_district(world, gasto):
    assert not may_more(world.amina, than=gasto)
    assert not may_more(world.baraka, than=gasto)


def test_a_role_in_another_programme_is_more(world, gasto):
    RoleAssignment.objects.create(
        person=world.baraka, programme=world.other, role="overseer", place=world.zambia, from_on=cast.START
    )

    assert may_more(world.baraka, than=gasto)


@pytest.mark.parametrize("page", ["link", "account/close", "account/reopen"])
def test_a_districts_coordinator_opens_no_account_of_the_region(world, gasto, sign_in, page):
    client = sign_in("gasto")
    # Chiku moves into the district, and so comes into Gasto's list
    cast.Post.objects.create(person=world.chiku, place=world.igoma, from_on=cast.START)

    assert client.post(f"/mwanza/people/{world.chiku.uid}/{page}/").status_code == 403
    assert client.post(f"/mwanza/people/{world.baraka.uid}/link/").status_code == 200


def test_no_phone_for_somebody_who_may_more(world, gasto, sign_in):
    client = sign_in("gasto")

    assert client.post("/mwanza/devices/enrol/", {"person": world.farida.pk}).status_code == 403
    assert not Device.objects.exists()
    assert client.post("/mwanza/devices/enrol/", {"person": world.amina.pk}).status_code == 200


def test_no_new_code_for_the_phone_of_somebody_who_may_more(world, gasto, sign_in):
    sign_in("farida").post("/mwanza/devices/enrol/", {"person": world.farida.pk})
    phone = Device.objects.get()

    assert sign_in("gasto").post(f"/mwanza/devices/{phone.pk}/renew/").status_code == 403


def test_nobody_merges_a_manager_into_themselves(world, sign_in):
    address = f"/mwanza/people/look-alikes/{world.chiku.uid}/{world.farida.uid}/"

    assert sign_in("chiku").post(address, {"answer": "this"}).status_code == 403
    assert not Merge.objects.exists()


def test_a_role_is_given_only_where_its_giver_holds_it(world, gasto):
    assert may_give(world.chiku, Overseer, programme=world.programme, place=world.nyamagana)
    assert may_give(gasto, Coordinator, programme=world.programme, place=world.igoma)
    assert not may_give(gasto, Coordinator, programme=world.programme, place=world.magu)
    assert not may_give(gasto, Coordinator, programme=world.programme, place=None)
