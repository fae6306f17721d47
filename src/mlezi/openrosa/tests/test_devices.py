"""The page where phones are enrolled and signed off."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from mlezi.audit.models import Event
from mlezi.instruments.actions import receiving
from mlezi.openrosa import qr, queries
from mlezi.people.actions import devices, merging
from mlezi.people.models import Device
from mlezi.programmes.models import RoleAssignment
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of
from mlezi.testing import cast
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import submissions


@pytest.fixture
def phone(world):
    return devices.enrol(person=world.amina, programme_code="mwanza", name="Blue", by=world.chiku, at=MORNING)


def at(name, *args, programme="mwanza"):
    return reverse(f"openrosa:{name}", args=[programme, *args])


def test_a_phone_is_enrolled_and_the_address_on_the_page_works(sign_in, world):
    answer = sign_in("chiku").post(at("enrol"), {"person": world.amina.pk, "name": "Blue"})
    page = answer.content.decode()
    token = re.search(r"/phone/key/([\w-]+)", page)[1]

    assert Client().head(f"/phone/key/{token}/submission").status_code == 204
    assert "no-store" in answer["Cache-Control"]
    assert "<svg" in page


def test_the_code_names_the_address_phones_can_reach(sign_in, world, settings):
    settings.ALLOWED_HOSTS = ["mlezi.example.org", "testserver", "localhost"]
    asked = {"person": world.amina.pk}
    settings.PUBLIC_URL = "https://mlezi.example.org"
    assert "https://mlezi.example.org/phone/key/" in sign_in("chiku").post(at("enrol"), asked).content.decode()

    settings.PUBLIC_URL = "http://localhost:8000"
    page = sign_in("chiku").post(at("enrol"), asked, headers={"Host": "mlezi.example.org"}).content.decode()
    assert "http://mlezi.example.org/phone/key/" in page
    assert "only this computer" not in page
    assert "only over https" in page
    page = sign_in("chiku").post(at("enrol"), asked, headers={"Host": "localhost"}).content.decode()
    assert "only this computer" in page


def test_the_token_is_kept_nowhere(phone):
    device, token = phone
    kept = [str(value) for value in Device.objects.values().get(pk=device.pk).values()]
    facts = [str(event) for event in Event.objects.values()]

    assert not any(token in text for text in kept + facts)
    assert Event.objects.filter(name="device.enrolled").exists()


def test_the_code_holds_what_collect_reads():
    text = qr.settings_text(address="https://m.example.org/phone/key/abc", name="Clinical mentorship")

    assert qr.read_settings(text)["general"] == {
        "server_url": "https://m.example.org/phone/key/abc",
        "form_update_mode": "match_exactly",
        "autosend": "wifi_and_cellular",
    }
    assert "<title>Amina</title>" in qr.drawing(text, title="Amina")


def test_a_phone_is_signed_off(sign_in, phone):
    sign_in("chiku").post(at("revoke", phone[0].pk))

    assert Client().get(f"/phone/key/{phone[1]}/formList").status_code == 403
    assert "Blue" not in sign_in("chiku").get(at("devices")).content.decode().partition("table-tools")[2]


def test_a_new_code_takes_the_place_of_the_old(sign_in, phone):
    page = sign_in("chiku").post(at("renew", phone[0].pk)).content.decode()
    token = re.search(r"/phone/key/([\w-]+)", page)[1]

    assert Client().head(f"/phone/key/{token}/submission").status_code == 204
    assert Client().head(f"/phone/key/{phone[1]}/submission").status_code == 403


def test_the_list_tells_of_wrong_clocks_and_unsent_records(sign_in, phone):
    devices.note_contact(device=phone[0], at=MORNING, clock_at=MORNING.replace(hour=9), unsent=4)
    page = sign_in("chiku").get(at("devices")).content.decode()

    assert "180 min ahead" in page
    assert ">4<" in page


@pytest.mark.parametrize("who", ["", "999999", "chikuu"])
def test_only_somebody_who_fills_in_forms_gets_a_phone(sign_in, who):
    page = sign_in("chiku").post(at("enrol"), {"person": who}, follow=True)

    assert "Choose somebody" in page.content.decode()
    assert not Device.objects.exists()


def test_daudi_sees_no_phone_and_signs_none_off(sign_in, phone):
    daudi = sign_in("daudi")

    assert daudi.get(at("devices")).status_code == 404
    assert b"Amina" not in daudi.get(at("devices", programme="choma")).content
    assert daudi.post(at("revoke", phone[0].pk, programme="choma")).status_code == 404
    assert daudi.post(at("renew", phone[0].pk)).status_code == 404


def test_daudi_enrols_nobody_of_this_programme(sign_in, world):
    sign_in("daudi").post(at("enrol", programme="choma"), {"person": world.amina.pk})

    assert not Device.objects.exists()


@pytest.mark.parametrize("who", ["amina", "baraka", "eliya", "neema"])
def test_only_those_who_manage_phones_come_in(sign_in, who):
    assert sign_in(who).get(at("devices")).status_code == 403


def test_a_coordinator_of_one_district_sees_those_who_work_there(sign_in, phone, world):
    world.chiku.roles.update(place=world.magu)
    assert "Blue" in sign_in("chiku").get(at("devices")).content.decode()

    world.amina.roles.update(place=world.nyamagana)
    assert "Blue" not in sign_in("chiku").get(at("devices")).content.decode()


def test_what_a_phone_sent_is_its_own_also_after_its_holder_was_merged(world, phone):
    device, _ = phone
    other, _ = devices.enrol(person=world.amina, programme_code="mwanza", name="Red", by=world.chiku, at=MORNING)
    submissions.published(world.programme, binary=())
    for name, by in (("1", device), ("2", device), ("3", other)):
        receiving.receive(
            programme=world.programme, xml=submissions.record(name), sender=world.amina, device=by, at=MORNING
        )
    twin = cast.person("Amina again")
    RoleAssignment.objects.create(
        person=twin, programme=world.programme, role="mentor", place=world.mwanza, from_on=cast.START
    )
    merging.merge(kept=twin, absorbed=world.amina, by=world.chiku, at=MORNING)

    scope = scope_of(world.chiku, Permission.MANAGE_DEVICES, programme=world.programme)
    found = queries.phones(world.programme, scope).order_by("name")
    assert [(one.name, one.n_sent, one.last_sent_at) for one in found] == [("Blue", 2, MORNING), ("Red", 1, MORNING)]
