"""What the phone app asks besides what every client asks: everything by its hash, and a way back from a lost PIN."""

import base64
import hashlib
import json
import os
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from mlezi.audit.models import Event
from mlezi.people.actions import devices
from mlezi.plumbing import clock
from mlezi.testing.makers import forms

VISIT = """
    | survey |
    |        | type      | name  | label |
    |        | text      | note  | Note  |
    |        | select_one_from_file mentees.csv | mentee | Mentee |
"""


def enrolled(world, name, *, at=None):
    at = at or clock.now()
    return devices.enrol(person=world.people[name], programme_code="mwanza", name="Blue", by=world.chiku, at=at)


def sealed(key: bytes, office: str, person: str) -> str:
    """As the app seals it: see `lockForOffice` in frontend/field/core/vault.ts."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(office))
    mine = ec.generate_private_key(ec.SECP256R1())
    info = f"mlezi field recovery {person}".encode()
    wrapping = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(mine.exchange(ec.ECDH(), theirs))
    iv = os.urandom(12)
    point = mine.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.b64encode(point + iv + AESGCM(wrapping).encrypt(iv, key, None)).decode()


@pytest.fixture
def phone(world):
    forms.published(world.programme, VISIT)
    _, token = enrolled(world, "amina")
    return f"/phone/key/{token}"


def test_one_answer_names_every_form_and_list_by_its_hash(phone):
    answer = Client().get(f"{phone}/offered")
    [form] = answer.json()["forms"]

    for one in (form, *form["files"]):
        fetched = Client().get(f"{phone}/{one['url']}")
        assert hashlib.sha256(fetched.content).hexdigest() == one["sha256"]
    assert [file["name"] for file in form["files"]] == ["mentees.csv"]
    assert answer.json()["profile"]["person"]["name"] == "Amina"


def test_nothing_new_costs_almost_nothing(phone):
    etag = Client().get(f"{phone}/offered")["ETag"]

    again = Client().get(f"{phone}/offered", headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


def recover(phone, person, key):
    body = json.dumps({"person": person, "sealed": key})
    return Client().post(f"{phone}/recovery", body, content_type="application/json")


def test_a_fresh_code_brings_back_what_a_forgotten_pin_locked(world, phone):
    profile = Client().get(f"{phone}/offered").json()["profile"]
    person = f"mwanza.{world.amina.uid}"
    key = os.urandom(32)

    answer = recover(phone, person, sealed(key, profile["office_key"], person))

    assert base64.b64decode(answer.json()["key"]) == key
    assert Event.objects.filter(name="device.recovered").exists()


def test_an_old_code_another_person_and_another_server_bring_back_nothing(world, phone):
    office = Client().get(f"{phone}/offered").json()["profile"]["office_key"]
    mine, theirs = f"mwanza.{world.amina.uid}", f"mwanza.{world.baraka.uid}"
    _, old = enrolled(world, "amina", at=clock.now() - timedelta(days=2))
    good = sealed(b"k" * 32, office, mine)

    assert recover(f"/phone/key/{old}", mine, good)["Mlezi-Problem"] == "openrosa.old_code"
    assert recover(phone, theirs, sealed(b"k" * 32, office, theirs))["Mlezi-Problem"] == "openrosa.not_sealed_for_us"
    assert recover(phone, mine, sealed(b"k" * 32, office, theirs))["Mlezi-Problem"] == "openrosa.not_sealed_for_us"
    assert recover(phone, mine, "not base64")["Mlezi-Problem"] == "openrosa.not_sealed_for_us"
    assert Client().post(f"{phone}/recovery", b"\xff", content_type="application/json").status_code == 422


def test_somebody_of_another_programme_gets_nothing(world, phone):
    _, token = enrolled(world, "daudi")

    assert Client().get(f"/phone/key/{token}/offered").status_code == 403
