"""Addresses as others reach them: in files, codes and letters, where a page's own address is not known."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def outside(request: HttpRequest, path: str) -> str:
    """The whole address of a page, under the installation's own or, where nobody has set one, the request's."""
    base = request.build_absolute_uri("/") if is_local(settings.PUBLIC_URL) else settings.PUBLIC_URL
    return base.rstrip("/") + path


def is_local(address: str) -> bool:
    """An address that only this machine itself understands."""
    return urlsplit(address).hostname in {"localhost", "127.0.0.1", "::1"}
