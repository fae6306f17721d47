"""Whatever somebody types into the address bar or sends to any address is answered: no fault, no traceback.

Every route of the URL map is walked by everybody of the cast and by two more: a coordinator of one district,
and somebody who is not signed in.
"""

import os
import re
import string
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from mlezi.people.models import Account, Person
from mlezi.programmes.models import RoleAssignment
from mlezi.testing import cast
from mlezi.testing.makers import month as months
from mlezi.testing.makers import submissions

NAMES = re.findall(
    r"\w+",
    """amount answer assignment because by cadre code cohort day email ends_part file format from from_on guide id ids
    kind language latitude learner level location_source longitude measures mentor month name note on opened_on
    outcome ownership page parent part period permission person phone place q reason role rows sheet sort source
    state takes_part to version volume wish next uid password username""",
)
WILD = (
    "",
    "0",
    "-1",
    "99999999999999999999",
    "9999-12",
    "0001-01",
    "9999-Q4",
    "2026-02-31",
    "٣",
    "'\"><script>alert(1)</script>",
    "\0 \x1b[31m \ud7ff \u202e",
    "../../../etc/passwd",
    "%s %(x)s {x} {{ 7|add:7 }}",
    "x" * 3000,
    "true",
    "[]",
    "csv",
)
BODIES = (
    ("application/json", b'{"a": [1, {"b": null}]}'),
    ("multipart/form-data; boundary=x", b"--y\r\n\0\xff\xfe broken"),
    ("multipart/form-data", b"no boundary"),
    ("application/x-www-form-urlencoded", b"a=%ff%fe&=&&place=%00&on=9999999999-01-01"),
    ("text/xml", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;"),
    ("nonsense", b"\x00\x01"),
)
FINE = {200, 204, 301, 302, 303, 400, 401, 403, 404, 405, 409, 410, 411, 413, 415, 422, 429}


def routes(resolver: URLResolver, before: str = "") -> list[tuple[str, URLPattern]]:
    found: list[tuple[str, URLPattern]] = []
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        found += routes(entry, address) if isinstance(entry, URLResolver) else [(address, entry)]
    return found


@pytest.fixture
def everybody(world):
    """The cast, and who is missing from it."""
    gasto = cast.person("Gasto", at=world.nyamagana)
    RoleAssignment.objects.create(
        person=gasto, programme=world.programme, role="coordinator", place=world.nyamagana, from_on=cast.START
    )
    for name, role in (("Halima", "administrator"), ("Issa", "evaluator")):
        one = cast.person(name)
        RoleAssignment.objects.create(person=one, programme=world.programme, role=role, from_on=date(2026, 1, 1))
    return [one.name.lower() for one in Person.objects.exclude(account=None)]


@pytest.fixture
def addresses(world):
    """An address for every route there is: with what exists where we know it, and with what does not."""
    month, version = months.told(world), submissions.published(world.programme, form_id="filled")
    there = {
        "person": world.baraka.uid, "encounters": month["visit"].uid, "records": month["record"].pk,
        "actions": month["action"].pk, "needs": month["need"].pk, "people": world.baraka.uid,
        "devices": "6d6c657a-6900-4000-8000-000000000001", "plan": "6d6c657a-6900-4000-8000-000000000002",
        "forms": "filled", "districts": "NYA", "facilities": "IGO", "places": "IGO", "figures": "visit_coverage",
    }  # fmt: skip
    spare = {"int": version.pk, "uuid": "6d6c657a-6900-4000-8000-000000000003", "slug": "x", "str": "1", "path": "x"}
    found = set()
    for address, _ in routes(get_resolver()):
        if address.startswith(("static", "^")) or "%" in address:
            continue
        room = re.search(r"<slug:programme>/(\w+)/", address)
        known = there.get(room[1]) if room else None
        kinds = iter([known])

        def fill(match: re.Match[str], kinds=kinds) -> str:
            if match["name"] == "programme":
                return "mwanza"
            value = next(kinds, None)
            fits = value is not None and (match["kind"] != "uuid" or "-" in str(value)) and match["kind"] != "int"
            return str(value if fits else spare[match["kind"] or "str"])

        found.add("/" + re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", fill, address))
    for wild in ("%00", "%27%22%3E", "x" * 300, "..%2f..", "9" * 25):
        found |= {f"/mwanza/{page}/{wild}/" for page in ("districts", "facilities", "figures", "places", "forms")}
        found |= {f"/{wild}/", f"/mwanza/{wild}/", f"/mwanza/people/merges/{wild}/undo/", f"/phone/key/{wild}/formList"}
    return sorted(found)


def client_of(name: str, **options) -> Client:
    client = Client(raise_request_exception=False, **options)
    if name:
        account = Account.objects.get(username=name)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(n: int) -> dict[str, str]:
    """All names anybody might give, each with something wild; the n-th of the ways to do so."""
    return {name: WILD[(n + place) % len(WILD)] for place, name in enumerate(NAMES)}


def faulty(answer) -> bool:
    """A fault, or words that belong into a log."""
    html = not answer.streaming and answer.get("Content-Type", "").startswith("text/html")
    told = html and b"Traceback (most recent" in answer.content
    raw = html and b"<script>alert(1)" in answer.content
    return answer.status_code not in FINE or told or raw


# PostgreSQL minds what SQLite lets pass (a NUL, a number too large), so those who open most pages try there.
FEW = ["farida", "halima"] if connection.vendor == "postgresql" else ["", "chiku"]
ALL = ["", "amina", "baraka", "chiku", "daudi", "eliya", "farida", "gasto", "halima", "issa", "neema"]
WHO = ALL if os.environ.get("MLEZI_LONG") else FEW


@pytest.mark.parametrize("who", WHO)
def test_whatever_is_in_an_address_is_answered(who, everybody, addresses):
    client, wrong = client_of(who), []
    for place, address in enumerate(addresses):
        answer = client.get(address, asked(place))
        wrong += [(answer.status_code, address, place)] if faulty(answer) else []

    assert not wrong, wrong[:5]


@pytest.mark.long
def test_every_question_may_have_every_answer(everybody, addresses):
    """The manager opens most pages; each with every wild value under every name but the place, then as the place."""
    client, wrong = client_of("farida"), []
    for address in addresses:
        if client.get(address).status_code != 200:
            continue
        for value in WILD:
            everywhere = {name: value for name in NAMES if name != "place"}
            wrong += [(address, value) for asks in (everywhere, {"place": value}) if faulty(client.get(address, asks))]

    assert not wrong, wrong[:5]


@pytest.mark.parametrize("who", WHO)
def test_whatever_is_sent_is_answered(who, everybody, addresses):
    client, wrong = client_of(who), []
    for place, address in enumerate(addresses):
        file = SimpleUploadedFile("a\0b.xlsx", b"PK\x03\x04 broken")
        answer = client.post(address, {**asked(9 + place), "file": file})
        wrong += [(answer.status_code, address)] if faulty(answer) else []

    assert not wrong, wrong[:5]


@pytest.mark.long
@pytest.mark.parametrize("who", ["", "farida", "halima"])
def test_whatever_way_it_is_sent_is_answered(who, everybody, addresses):
    wrong = []
    for place, address in enumerate(addresses):
        client = client_of(who)  # somebody may have been signed out by what was sent before
        answers = [client.post(address, asked(n + place)) for n in (0, 5, 13)]
        answers += [client.generic("POST", address, body, content_type=kind) for kind, body in BODIES]
        answers += [client.generic(verb, address, b"x") for verb in ("PUT", "DELETE", "PATCH", "OPTIONS")]
        wrong += [(answer.status_code, address) for answer in answers if faulty(answer)]

    assert not wrong, wrong[:5]


@pytest.mark.one_database
def test_nothing_is_changed_without_the_form_token(everybody, addresses):
    """Only the phone's door takes records without one: a phone carries its own token."""
    client = client_of("farida", enforce_csrf_checks=True)
    ours = [address for address in addresses if not address.startswith("/phone/") and address.isascii()]

    taken = []
    for address in ours:
        for answer in (client.post(address, asked(0)), client.put(address, b"x")):
            if answer.status_code not in {403, 404, 405}:
                taken.append((answer.status_code, address))

    assert not taken


def test_what_is_answered_without_the_form_token_says_what_to_do(everybody):
    answer = client_of("chiku", enforce_csrf_checks=True).post("/mwanza/people/new/", {"name": string.ascii_letters})

    assert answer.status_code == 403
    assert "Go back, load the page again" in answer.content.decode()


def test_an_address_that_only_a_button_leads_to_says_so(everybody):
    answer = client_of("farida").get("/mwanza/matching/mine/identity/withdraw/", headers={"accept": "text/html"})

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "use the button" in answer.content.decode()


def test_an_address_that_nobody_gave_is_answered_in_our_words(client):
    answer = client.get("/nowhere/at/all")

    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()
