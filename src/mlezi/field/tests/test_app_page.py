"""The app's own files: the same for everybody, kept by phones, asked after with small questions."""

import json
import re
from contextlib import closing

import pytest

from mlezi.config import settings

pytestmark = pytest.mark.django_db


def is_there(client, address):
    with closing(client.get(address)) as answer:  # files of the disk stay open otherwise
        return answer.status_code == 200


def test_the_page_says_nothing_about_anybody(client, sign_in):
    answer = client.get("/field/")
    policy = answer["Content-Security-Policy"]

    assert answer.content == sign_in("amina").get("/field/").content
    assert "'wasm-unsafe-eval'" in policy
    assert "nonce" not in policy
    assert "unsafe-eval'" not in policy.replace("wasm-unsafe-eval'", "")
    assert answer["Cache-Control"] == "no-cache"
    assert not answer.cookies


def test_a_page_that_did_not_change_is_not_sent_again(client):
    mark = client.get("/field/")["ETag"]

    assert client.get("/field/", headers={"If-None-Match": mark}).status_code == 304


def test_it_can_be_installed(client):
    manifest = json.loads(client.get("/field/app.webmanifest").content)

    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/field/", "/field/", "standalone")
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    for icon in manifest["icons"]:
        assert is_there(client, icon["src"])
    assert '<link rel="manifest" href="/field/app.webmanifest">' in client.get("/field/").content.decode()


def test_the_worker_rules_the_app_and_knows_every_file_of_it(client):
    answer = client.get("/field/worker.js")
    shell = json.loads(re.match(r"self\.SHELL=(.*);\n", answer.content.decode())[1])

    assert answer["Service-Worker-Allowed"] == "/field/"
    assert answer["Content-Type"].startswith("text/javascript")
    assert shell["files"][0] == "/field/"
    for address in shell["files"]:
        assert is_there(client, address), address


@pytest.mark.parametrize("language", settings.READY_LANGUAGES)
def test_every_sentence_comes_in_every_language_that_is_offered(client, language):
    said = json.loads(client.get(f"/field/words/{language}.json").content)
    english = json.loads(client.get("/field/words/en.json").content)

    assert said.keys() == english.keys()
    assert all(said.values())
    assert language == "en" or sum(said[key] == english[key] for key in said) < len(said) / 10


def test_a_language_that_is_not_complete_is_not_offered(client):
    assert client.get("/field/words/fr.json").status_code == 404
    assert client.get("/field/words/..json").status_code == 404
