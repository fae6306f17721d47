"""The entries of a form list and of a manifest.

A phone drops the whole list when one entry lacks its id, name or address, and cannot fetch a form
whose hash is not written "md5:…", so entries are made in one place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest
from django.utils.translation import get_language

from mlezi.instruments import media
from mlezi.instruments.models import FormVersion
from mlezi.instruments.queries import offered
from mlezi.openrosa.gate import Caller
from mlezi.plumbing import clock
from mlezi.surveys.queries import waiting


@dataclass(frozen=True)
class Entry:
    form_id: str
    name: str
    version: str
    hash: str
    url: str
    manifest_url: str  # empty when the form needs no files: phones then ask no further


@dataclass(frozen=True)
class FileEntry:
    name: str
    hash: str
    url: str
    integrity_url: str  # for lists only
    is_list: bool


def versions(who: Caller, form_id: str = "") -> list[FormVersion]:
    """What this caller's phone is offered: every open form, except those scheduled for another time or person."""
    waits = waiting.hidden_forms(who.programme, who.person, on=clock.today(who.programme.time_zone))
    return [row for row in offered.versions(who.programme, form_id) if row.form.form_id not in waits]


def forms(request: HttpRequest, who: Caller, versions: Iterable[FormVersion]) -> list[Entry]:
    found = []
    for row in versions:
        base = f"{who.base}/forms/{row.pk}"
        has_files = offered.lists(row) or offered.fixed_files(row)
        found.append(
            Entry(
                form_id=row.form.form_id,
                name=title(row) or row.form.form_id,
                version=row.version,
                hash=f"md5:{row.md5}",
                url=request.build_absolute_uri(f"{base}.xml"),
                manifest_url=request.build_absolute_uri(f"{base}/manifest") if has_files else "",
            )
        )
    return found


def files(request: HttpRequest, who: Caller, version: FormVersion) -> list[FileEntry]:
    """What the form brought, and the lists it asks for with the content they have for this person now."""
    base = f"{who.base}/forms/{version.pk}/files"

    def url(path: str) -> str:
        return request.build_absolute_uri(path)

    found = [
        FileEntry(name, f"md5:{md5}", url(f"{base}/{quote(name)}"), "", False)
        for name, md5 in sorted(offered.fixed_files(version).items())
    ]
    for name in offered.lists(version):
        hashed = media.md5(media.written(name, who.programme, who.person))
        integrity = url(f"{who.base}/lists/{quote(name)}/integrity")
        found.append(FileEntry(name, hashed, url(f"{base}/{quote(name)}"), integrity, True))
    return found


def title(row: FormVersion) -> str:
    """In the language spoken, otherwise in English, otherwise in any."""
    titles = {str(code): str(words) for code, words in (row.form.title or {}).items() if words}
    return titles.get(get_language() or "") or titles.get("en") or next(iter(titles.values()), "")
