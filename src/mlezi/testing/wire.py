"""A plain HTTP client that hides nothing: what was sent, what came back. No redirects, no retries."""

from __future__ import annotations

import base64
import http.client
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Wire:
    """One server under a base address. `headers` go with every request."""

    base: str
    headers: dict[str, str] = field(default_factory=lambda: {"X-OpenRosa-Version": "1.0"})
    timeout: float = 60.0

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterator[bytes] | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Answer:
        """`path` is below the base, or a whole address. A header given as None is not sent."""
        parts = urlsplit(path if "://" in path else self.base.rstrip("/") + "/" + path)
        given = {**self.headers, **(headers or {})}
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        host = parts.hostname or ""
        line: http.client.HTTPConnection = (
            http.client.HTTPSConnection(host, port, timeout=self.timeout, context=ssl.create_default_context())
            if secure
            else http.client.HTTPConnection(host, port, timeout=self.timeout)
        )
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        try:
            line.request(method, target, body, {name: value for name, value in given.items() if value is not None})
            answer = line.getresponse()
            return Answer(answer.status, {name.lower(): v for name, v in answer.getheaders()}, answer.read())
        finally:
            line.close()

    def get(self, path: str, **headers: str | None) -> Answer:
        return self.ask("GET", path, headers=headers)


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()
