"""Badges that can be checked by anybody and changed by nobody."""

import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from mlezi.formats import open_badges

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
AT = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


def badge(**more):
    return open_badges.credential(
        **{
            "uid": "urn:uuid:11111111-1111-4111-8111-111111111111",
            "achievement": open_badges.Achievement("urn:x", "Newborn care", "A course", "Attended and passed"),
            "holder": "Baraka Elias",
            "salt": "s4lt",
            "issuer_name": "Mwanza",
            "key": KEY,
            "at": AT,
            **more,
        }
    )


def test_a_badge_says_what_the_standard_asks_for():
    made = badge(status_list="https://mlezi.example/badges/revoked.json")

    assert made["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert made["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert made["validFrom"] == "2026-03-02T06:00:00Z"
    assert made["credentialSubject"]["type"] == ["AchievementSubject"]
    assert made["credentialStatus"]["type"] == "1EdTechRevocationList"
    assert made["issuer"]["id"].startswith("did:key:z6Mk")
    assert made["proof"]["cryptosuite"] == "eddsa-jcs-2022"
    assert "Baraka" not in json.dumps(made)


def test_it_is_genuine_as_issued_also_after_a_trip_through_json():
    assert open_badges.is_genuine(json.loads(json.dumps(badge())))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("validFrom", "2026-03-03T06:00:00Z"),
        ("name", "Surgery"),
        ("id", "urn:uuid:2"),
        ("issuer", {"id": "did:key:z6Mk"}),
    ],
)
def test_whatever_is_changed_it_is_no_longer_genuine(name, value):
    assert not open_badges.is_genuine({**badge(), name: value})


def test_another_key_cannot_sign_for_this_issuer():
    other = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
    forged = open_badges.sign({k: v for k, v in badge().items() if k != "proof"}, other, at=AT)

    assert not open_badges.is_genuine(forged)


def test_the_holders_name_can_be_checked_by_whoever_has_it():
    found = badge()["credentialSubject"]["identifier"][0]

    assert found["identityHash"] == open_badges.identity_hash("Baraka Elias", found["salt"])
    assert found["identityHash"] != open_badges.identity_hash("Rehema", found["salt"])


def test_base58_as_bitcoin_writes_it():
    """draft-msporny-base58: "Hello World!" and 0x0000287fb4cd."""
    assert open_badges.base58(b"Hello World!") == "2NEpo7TZRRrLZSi2U"
    assert open_badges.base58(bytes.fromhex("0000287fb4cd")) == "11233QC4"


@given(st.binary(max_size=80))
def test_base58_comes_back(data):
    assert open_badges.unbase58(open_badges.base58(data)) == data


def test_fractions_are_refused_rather_than_signed_wrongly():
    with pytest.raises(ValueError, match="fractions"):
        open_badges.canonical({"a": [0.1]})
