"""Signing in with an account of the organisation's own server: the first time, and whom it does not let in."""

from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from mlezi.testing.organisation import organisation

START = "/account/oidc/organisation/login/?process=login"


class _Stay(HTTPRedirectHandler):
    def http_error_302(self, request, fp, code, msg, headers):
        return fp


@pytest.fixture
def server(world, settings):
    with organisation(sub="77", email="Amina@example.org", email_verified=True, name="A. Mushi") as here:
        app = {"provider_id": "organisation", "name": "Ministry", "client_id": here.client, "secret": here.secret,
               "settings": {"server_url": here.url}}  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        world.amina.email = "amina@example.org"  # as her coordinator wrote it down
        world.amina.save()
        yield here


def walk(client):
    """Press the button, go to the server and come back, as a browser does."""
    asked = client.post(START)
    assert asked.status_code == 302, asked.content.decode()[:600]
    back = build_opener(_Stay).open(asked.url).headers["Location"]
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def test_an_invited_person_signs_in_the_first_time_and_again(world, server):
    for _ in range(2):
        client = Client()
        answer = walk(client)
        assert answer.status_code == 302
        assert client.session["_auth_user_id"] == str(world.amina.account.pk)

    assert SocialAccount.objects.get().user == world.amina.account


def test_the_link_holds_when_the_address_changes_there(world, server):
    walk(Client())
    server.person = {**server.person, "email": "a.mushi@example.org"}
    client = Client()

    walk(client)

    assert client.session["_auth_user_id"] == str(world.amina.account.pk)


@pytest.mark.parametrize(
    "other", [{"email": "stranger@example.org"}, {"email_verified": False}], ids=["nobody invited", "not verified"]
)
def test_others_are_told_to_ask_their_coordinator(world, server, other):
    server.person = {**server.person, **other}
    client = Client()

    answer = walk(client)

    assert "_auth_user_id" not in client.session
    assert "Your coordinator makes your account" in answer.content.decode()
    assert not SocialAccount.objects.exists()


def test_an_address_that_two_share_lets_nobody_in(world, server):
    world.chiku.email = "AMINA@example.org"
    world.chiku.save()
    client = Client()

    walk(client)

    assert "_auth_user_id" not in client.session


def test_a_closed_account_stays_closed(world, server):
    world.amina.account.is_active = False
    world.amina.account.save()
    client = Client()

    walk(client)

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "sso.example.org"], ids=["away", "no address"])
def test_a_server_that_is_away_or_wrong_is_not_our_mistake(server, settings, caplog, address):
    [app] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    app["settings"] = {"server_url": address}

    answer = Client().post(START)

    assert answer.status_code == 401
    assert "could not be reached" in answer.content.decode()
    assert "Signing in through Ministry did not work" in caplog.text
    assert address.removeprefix("http://127.0.0.1:") in caplog.text


def test_why_the_server_refused_is_in_the_log(server, settings, caplog):
    [app] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    app["secret"] = "another"  # noqa: S105 - of a made-up server

    assert walk(Client()).status_code == 401
    assert "did not work: Error retrieving access token" in caplog.text
