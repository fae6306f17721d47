"""What phones are offered: the newest version of every open form, and the files each needs."""

from __future__ import annotations

import re
from functools import lru_cache

from django.db.models import QuerySet

from mlezi.instruments import media
from mlezi.instruments.models import FormFile, FormVersion
from mlezi.programmes.models import Programme

NAMED = re.compile(rb"jr://(?:file-csv|file|images|audio|video)/([^\"'<>\s)]+)")


def versions(programme: Programme, form_id: str = "") -> list[FormVersion]:
    """One version a form: the newest that is not retired, of forms that are not closed."""
    rows = FormVersion.objects.filter(form__programme=programme, form__closed_at=None, retired_at=None)
    if form_id:
        rows = rows.filter(form__form_id=form_id)
    newest: dict[int, FormVersion] = {}
    for row in rows.select_related("form").defer("xml", "source", "meanings").order_by("-published_at", "-id"):
        newest.setdefault(row.form_id, row)
    return sorted(newest.values(), key=lambda row: row.form.form_id)


def of_programme(programme: Programme) -> QuerySet[FormVersion]:
    """Every version ever published: a phone may hold an old one and need its files."""
    return FormVersion.objects.filter(form__programme=programme).select_related("form")


def needed_files(version: FormVersion) -> list[str]:
    """Names of the files a version asks for, in the order it names them."""
    return list(_named(version.pk, version.md5))


@lru_cache(maxsize=512)
def _named(pk: int, md5: str) -> tuple[str, ...]:
    """A published version never changes, so this is read once; `md5` tells rows of two databases apart."""
    xml = bytes(FormVersion.objects.values_list("xml", flat=True).get(pk=pk))
    return tuple(dict.fromkeys(name.decode("utf-8", "replace") for name in NAMED.findall(xml)))


def fixed_files(version: FormVersion) -> dict[str, str]:
    """Files that were published with the form: name → MD5."""
    return dict(FormFile.objects.filter(form_version=version).values_list("name", "md5"))


def lists(version: FormVersion) -> list[str]:
    """Registered lists a version asks for and did not bring itself."""
    fixed = fixed_files(version)
    return [name for name in needed_files(version) if name not in fixed and media.offered(name)]
