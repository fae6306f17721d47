"""Addresses as others reach them: in files and letters, where a page's own address is not known."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpRequest

HERE = {"localhost", "127.0.0.1", "::1"}


def outside(request: HttpRequest, path: str) -> str:
    """The whole address of a page: the installation's own; where nobody has set one, that of this request."""
    is_set = urlsplit(settings.PUBLIC_URL).hostname not in HERE
    return urljoin(settings.PUBLIC_URL, path) if is_set else request.build_absolute_uri(path)
