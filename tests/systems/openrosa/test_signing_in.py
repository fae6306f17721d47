"""Who is let in, and what the others are told."""

import pytest

from mlezi.testing.wire import Wire, basic


def test_head_without_credentials_is_challenged(server):
    answer = server.bare.ask("HEAD", "submission")
    assert answer.status == 401
    assert answer.headers["www-authenticate"].lower().startswith(("basic", "digest"))


def test_the_list_without_credentials_is_challenged(server):
    answer = server.bare.get("formList")
    assert answer.status == 401
    assert "www-authenticate" in answer.headers


def test_a_submission_without_credentials_is_not_taken(server):
    assert server.post(server.record(), wire=server.bare).status == 401


def test_the_challenge_is_openrosa_too(server):
    assert server.bare.get("formList").headers["x-openrosa-version"] == "1.0"


@pytest.mark.parametrize("word", ["Basic", "Basic !!!", "Basic AAAA", "Bearer abc", "Basic bm9jb2xvbg=="])
def test_broken_credentials_are_challenged(server, word):
    assert server.bare.get("formList", Authorization=word).status == 401


def test_a_wrong_password_is_challenged(server):
    assert server.bare.get("formList", Authorization=basic("nobody-of-that-name", "wrong")).status == 401


def test_no_cookie_is_set(server):
    assert "set-cookie" not in server.get("formList").headers


def test_a_cross_site_token_is_not_asked_for(server):
    answer = server.post(server.record(), headers={"Cookie": "csrftoken=abc; sessionid=def"})
    assert answer.status == 201


def test_a_token_in_the_address_lets_in(server):
    if not server.token_base:
        pytest.skip("no address with a token")
    assert Wire(server.token_base).ask("HEAD", "submission").status == 204
    assert Wire(server.token_base).get("formList").status == 200


def test_a_wrong_token_is_403_and_no_challenge(mlezi):
    answer = Wire(mlezi.token_base[:-4] + "nope").ask("HEAD", "submission")
    assert answer.status == 403
    assert "www-authenticate" not in answer.headers


def test_a_revoked_token_is_403(mlezi):
    assert Wire(mlezi.lost_base).get("formList").status == 403
    assert mlezi.post(mlezi.record(), wire=Wire(mlezi.lost_base)).status == 403
