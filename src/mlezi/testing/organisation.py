"""A small OpenID Connect server, as an organisation has one: for tests and for trying sign-in on a laptop.

Whoever comes to it is the person it was told, without being asked for a password.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = "only-key"


@dataclass
class Organisation:
    """Issues codes for `person` (the claims of a token: sub, email, email_verified, name), each good once."""

    url: str = ""
    client: str = "mlezi"
    secret: str = "between the two of us"  # noqa: S105 - of a made-up server
    person: Mapping[str, Any] = field(default_factory=dict)
    _codes: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _tokens: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [{**public, "kid": KEY, "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: Mapping[str, str]) -> str:
        """Where the browser goes on to."""
        code = uuid4().hex
        self._codes[code] = {**self.person, "nonce": asked.get("nonce")}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: Mapping[str, str]) -> dict[str, Any] | None:
        """Tokens for a code; None for a code that is not, or a stranger."""
        said = self._codes.pop(asked.get("code", ""), None)
        if said is None or (asked.get("client_id"), asked.get("client_secret")) != (self.client, self.secret):
            return None
        token, now = uuid4().hex, int(time.time())
        self._tokens[token] = said
        claims = {"iss": self.url, "aud": self.client, "iat": now, "exp": now + 300, **said}
        signed = jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": KEY})
        return {"access_token": token, "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def userinfo(self, header: str) -> Mapping[str, Any] | None:
        return self._tokens.get(header.removeprefix("Bearer "))


def _handler(organisation: Organisation) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", organisation.authorize(_single(parts.query)))
                self.end_headers()
            elif parts.path == "/userinfo":
                self._tell(organisation.userinfo(self.headers.get("Authorization", "")))
            elif parts.path == "/keys":
                self._tell(organisation.keys())
            else:
                self._tell(organisation.discovery())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._tell(organisation.token(_single(body)))

        def _tell(self, said: Mapping[str, Any] | None) -> None:
            body = json.dumps(said or {"error": "invalid_grant"}).encode()
            self.send_response(200 if said else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


def _single(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


@contextmanager
def organisation(**person: Any) -> Iterator[Organisation]:
    """Serve one on this machine; `person` is who comes."""
    here = Organisation(person=person)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(here))
    here.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
