"""Passwords, second factors, lockout and sessions, through the pages people see."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from mlezi.people import problems
from mlezi.people.actions import accounts
from mlezi.people.models import Account
from mlezi.testing.cast import MORNING

PASSWORD = "three words together"


@pytest.fixture(autouse=True)
def no_attempts_before():
    cache.clear()


@pytest.fixture
def amina(world):
    account = world.amina.account
    account.set_password(PASSWORD)
    account.save()
    return account


def attempt(password, client=None):
    return (client or Client()).post("/account/login/", {"login": "amina", "password": password})


def test_a_password_signs_in(amina):
    assert attempt(PASSWORD).status_code == 302


def test_too_many_wrong_passwords_lock_the_name_for_a_while(amina):
    client = Client()
    for _ in range(5):
        attempt("wrong", client)

    answer = attempt(PASSWORD, client)

    assert "_auth_user_id" not in client.session
    assert "Too many failed login attempts" in answer.content.decode()


def test_whoever_set_up_a_second_factor_is_asked_for_it_also_after_a_link(world, amina):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(amina, secret)
    by_password, by_link = Client(), Client()

    asked = attempt(PASSWORD, by_password)
    parts = accounts.sign_in_link(person=world.amina, by=world.chiku, at=MORNING)
    asked_too = by_link.post("/enter/" + "/".join(parts) + "/")

    for client, answer in ((by_password, asked), (by_link, asked_too)):
        assert answer.url.startswith("/account/2fa/authenticate/")
        assert "_auth_user_id" not in client.session
    code = totp.format_hotp_value(totp.hotp_value(secret, totp.yield_hotp_counters_from_time().__next__()))
    by_password.post("/account/2fa/authenticate/", {"code": code})
    assert by_password.session["_auth_user_id"] == str(amina.pk)


def test_after_the_first_link_a_password_is_chosen(world):
    account = Account.objects.get(person=world.baraka)
    account.set_unusable_password()
    account.save()
    parts = accounts.sign_in_link(person=world.baraka, by=world.chiku, at=MORNING)

    assert Client().post("/enter/" + "/".join(parts) + "/").url == "/account/password/set/"


def test_a_closed_account_opens_for_nobody(world, amina):
    client = Client()
    attempt(PASSWORD, client)
    accounts.close(person=world.amina, by=world.chiku, at=MORNING)

    assert client.get("/mwanza/people/").status_code == 302, "the session ended"
    assert "_auth_user_id" not in attempt(PASSWORD).wsgi_request.session
    with pytest.raises(problems.AccountClosed):
        accounts.sign_in_link(person=world.amina, by=world.chiku, at=MORNING)

    accounts.reopen(person=world.amina, by=world.chiku, at=MORNING)
    assert accounts.sign_in_link(person=world.amina, by=world.chiku, at=MORNING)


def test_nobody_signs_up(db):
    assert "Nobody signs up by themselves" in Client().get("/account/signup/").content.decode()


@pytest.mark.parametrize(
    "page", ["password/change/", "2fa/", "2fa/totp/activate/", "sessions/", "logout/", "reauthenticate/"]
)
def test_pages_of_ones_own_account_have_our_look(amina, page):
    client = Client()
    attempt(PASSWORD, client)
    client.post("/account/reauthenticate/", {"password": PASSWORD})

    answer = client.get(f"/account/{page}")

    assert answer.status_code == 200
    assert 'class="page-main' in answer.content.decode()


def test_the_sign_in_page_says_how_to_get_an_account(db):
    page = Client().get("/account/login/").content.decode()

    assert "Your coordinator makes your account" in page
    assert "Name to sign in with" in page
