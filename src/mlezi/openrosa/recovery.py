"""A forgotten PIN: the office opens the key that a phone sealed for it.

The phone app seals its random key to the office's public key when it is enrolled (a fresh P-256 pair, HKDF with
SHA-256, AES-GCM). The private half is worked out of the installation's secret key, so it is nowhere to steal and
a new secret key makes a new pair, to which phones seal again when they next fetch.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime, timedelta
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from mlezi.openrosa import problems
from mlezi.people.models import Device
from mlezi.people.queries import devices

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256, from FIPS 186-5
POINT, NONCE = 65, 12
FRESH = timedelta(days=1)


def public_key() -> str:
    """The office's key as phones read it: an uncompressed point in base64."""
    point = _private(settings.SECRET_KEY).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.b64encode(point).decode()


def opened(sealed: str, person: str) -> bytes:
    """The key a phone sealed. `person` is the partition it belongs to. Raises `NotSealedForUs`."""
    try:
        whole = base64.b64decode(sealed, validate=True)
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), whole[:POINT])
        shared = _private(settings.SECRET_KEY).exchange(ec.ECDH(), theirs)
        info = f"mlezi field recovery {person}".encode()
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(shared)
        return AESGCM(key).decrypt(whole[POINT : POINT + NONCE], whole[POINT + NONCE :], None)
    except (ValueError, binascii.Error, InvalidTag) as error:
        raise problems.NotSealedForUs from error


def asked(body: bytes) -> tuple[str, str]:
    """Whose partition a phone asks about, and its sealed key. Raises `NotSealedForUs`."""
    try:
        told = json.loads(body)
        return str(told["person"]), str(told["sealed"])
    except (ValueError, KeyError, TypeError) as error:
        raise problems.NotSealedForUs from error


def check_fresh(device: Device, at: datetime) -> None:
    """A code that lay about for weeks opens nobody's records. Raises `OldCode`."""
    given = devices.code_given_at(device)
    if given is None or at - given > FRESH:
        raise problems.OldCode


@cache
def _private(secret: str) -> ec.EllipticCurvePrivateKey:
    seed = HKDF(algorithm=SHA256(), length=48, salt=None, info=b"mlezi office key 1").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(seed) % (ORDER - 1) + 1, ec.SECP256R1())
