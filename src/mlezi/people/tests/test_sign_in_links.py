"""A one-time link opens an account once, and nobody has a password."""

import pytest
from django.test import Client

from mlezi.people import problems
from mlezi.people.actions import accounts
from mlezi.testing.cast import MORNING


def link(person, by):
    return "/enter/" + "/".join(accounts.sign_in_link(person=person, by=by, at=MORNING)) + "/"


def test_the_button_signs_in_and_looking_does_not_use_it_up(world):
    address = link(world.amina, world.chiku)
    client = Client()

    assert client.get(address).status_code == 200
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert client.session["_auth_user_id"] == str(world.amina.account.pk)


def test_it_works_once(world):
    address = link(world.amina, world.chiku)
    Client().post(address)

    assert Client().post(address).status_code == 410


def test_a_changed_link_opens_nothing(world):
    uid, token = accounts.sign_in_link(person=world.amina, by=world.chiku, at=MORNING)
    other, _ = accounts.sign_in_link(person=world.baraka, by=world.chiku, at=MORNING)

    for pair in ((other, token), (uid, token[:-1]), ("zzz", token), (uid, "x")):
        with pytest.raises(problems.LinkUsed):
            accounts.account_behind(*pair)


def test_an_account_has_no_password(world):
    world.amina.account.delete()
    world.amina.refresh_from_db()

    account = accounts.open_account(person=world.amina, by=world.chiku, at=MORNING)

    assert account.username == "amina"
    assert not account.has_usable_password()
