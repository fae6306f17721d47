"""The organisation's own OpenID Connect server: what it says of itself, and how it can fail us."""

from __future__ import annotations

import requests  # noqa: TID251 - the one module that asks it, besides the accounts' library

FAULTS = (requests.RequestException, ValueError, KeyError)  # it is away, its address is none, it says something else
PATIENCE = 5  # seconds
NEEDED = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")


def lacking(server: str) -> list[str]:
    """What the server's description of itself does not say and signing in needs. Raises one of `FAULTS`."""
    address = server if "/.well-known/" in server else f"{server}/.well-known/openid-configuration"
    answer = requests.get(address, timeout=PATIENCE)
    answer.raise_for_status()
    said = answer.json()
    return [name for name in NEEDED if name not in said]
