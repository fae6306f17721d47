"""Open Badges 3.0: a credential as JSON-LD, signed with Ed25519 so that anybody can check it without asking us.

The proof is a Data Integrity proof, cryptosuite eddsa-jcs-2022 (W3C, "Data Integrity EdDSA Cryptosuites v1.0"): the
hash of the canonical proof options and the hash of the canonical credential, signed together. The issuer is a
did:key, so the public key travels in the credential. Canonical form is RFC 8785 (JCS) of strings, whole numbers,
lists and objects with ASCII keys, which is all a credential here holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

CONTEXTS = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
SUITE = "eddsa-jcs-2022"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = b"\xed\x01"  # multicodec of an Ed25519 public key


@dataclass(frozen=True)
class Achievement:
    """What somebody achieved. `uid` is a URI of its own."""

    uid: str
    name: str
    description: str
    criteria: str


def did_of(key: Ed25519PublicKey) -> str:
    """The key as a decentralised identifier: did:key:z6Mk…"""
    return f"did:key:z{base58(ED25519 + key.public_bytes_raw())}"


def credential(
    *,
    uid: str,
    achievement: Achievement,
    holder: str,
    salt: str,
    issuer_name: str,
    key: Ed25519PrivateKey,
    at: datetime,
    until: datetime | None = None,
    status_list: str = "",
) -> dict[str, Any]:
    """A signed credential. The holder's name is in it as a salted hash only: whoever has the name can check it."""
    issuer = did_of(key.public_key())
    document: dict[str, Any] = {
        "@context": list(CONTEXTS),
        "id": uid,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achievement.name,
        "issuer": {"id": issuer, "type": ["Profile"], "name": issuer_name},
        "validFrom": _moment(at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": identity_hash(holder, salt),
                    "identityType": "name",
                    "salt": salt,
                }
            ],
            "achievement": {
                "id": achievement.uid,
                "type": ["Achievement"],
                "name": achievement.name,
                "description": achievement.description,
                "criteria": {"narrative": achievement.criteria},
            },
        },
    }
    if until is not None:
        document["validUntil"] = _moment(until)
    if status_list:
        document["credentialStatus"] = {"id": status_list, "type": "1EdTechRevocationList"}
    return sign(document, key, at=at)


def identity_hash(name: str, salt: str) -> str:
    return "sha256$" + hashlib.sha256((name + salt).encode()).hexdigest()


def sign(document: Mapping[str, Any], key: Ed25519PrivateKey, *, at: datetime) -> dict[str, Any]:
    """The document with its proof."""
    did = did_of(key.public_key())
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": _moment(at),
        "verificationMethod": f"{did}#{did.removeprefix('did:key:')}",
        "proofPurpose": "assertionMethod",
        "@context": document["@context"],
    }
    signature = key.sign(_hashes(options, document))
    return {**document, "proof": {**options, "proofValue": f"z{base58(signature)}"}}


def is_genuine(document: Mapping[str, Any]) -> bool:
    """Whether the issuer named in the document signed exactly this document. Nothing is asked of anybody."""
    proof = document.get("proof")
    issuer = document.get("issuer")
    if not isinstance(proof, Mapping) or not isinstance(issuer, Mapping):
        return False
    did = str(issuer.get("id", ""))
    method = f"{did}#{did.removeprefix('did:key:')}"
    if proof.get("cryptosuite") != SUITE or proof.get("verificationMethod") != method:
        return False
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    bare = {name: value for name, value in document.items() if name != "proof"}
    try:
        public = unbase58(did.removeprefix("did:key:z"))
        if not did.startswith("did:key:z") or public[:2] != ED25519:
            return False
        key = Ed25519PublicKey.from_public_bytes(public[2:])
        key.verify(unbase58(str(proof.get("proofValue", "")).removeprefix("z")), _hashes(options, bare))
    except (InvalidSignature, ValueError):
        return False
    return True


def _hashes(options: Mapping[str, Any], document: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(canonical(options)).digest() + hashlib.sha256(canonical(document)).digest()


def canonical(value: object) -> bytes:
    """RFC 8785 for what stands in our credentials. Raises ValueError for a fraction, which is written otherwise."""
    if _has_fraction(value):
        raise ValueError("a credential here holds no fractions")
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _has_fraction(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(_has_fraction(one) for one in value.values())
    if isinstance(value, list | tuple):
        return any(_has_fraction(one) for one in value)
    return isinstance(value, float)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def base58(data: bytes) -> str:
    """Bitcoin's alphabet, as multibase "z" wants it."""
    number, signs = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        signs = BASE58[rest] + signs
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + signs


def unbase58(text: str) -> bytes:
    """Raises ValueError for a sign that is not of the alphabet."""
    number = 0
    for sign_ in text:
        number = number * 58 + BASE58.index(sign_)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")
