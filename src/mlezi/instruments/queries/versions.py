"""Which published version a record belongs to. Asked once for every record, so it is quick."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from uuid import UUID

from django.db import connection

from mlezi.instruments.models import Form, FormVersion
from mlezi.plumbing.statements import run
from mlezi.programmes.models import Programme


@dataclass(frozen=True)
class Known:
    """A published version: its row, the form's id, and the paths of its binary questions."""

    pk: int
    form_id: str
    binary: frozenset[str]


def known_version(
    programme: Programme, form_id: str, version: str, *, chosen: FormVersion | None = None
) -> Known | None:
    """The version a record names, or the one a person chose for it; None when it was never published here."""
    if chosen is not None:
        return Known(chosen.pk, chosen.form.form_id, _binary(chosen.pk, chosen.md5))
    try:
        return _published(programme.uid, programme.pk, form_id, version)
    except LookupError:
        return None


@lru_cache(maxsize=512)
def _published(_uid: UUID, programme: int, form_id: str, version: str) -> Known:
    """What was published stays as it is and is never taken away, so it is looked up once in each process. The uid
    tells programmes of two databases apart. Raises LookupError for what is not there, which may come."""
    found = run(_named(connection.vendor), [programme, form_id, version]).fetchone()
    if found is None:
        raise LookupError
    return Known(found[0], form_id, _binary(*found))


@cache
def _named(vendor: str) -> str:
    """The statement, made once: building a query for each record costs more than running it."""
    form, row, quote = Form._meta, FormVersion._meta, connection.ops.quote_name
    return (
        f"SELECT v.id, v.md5 FROM {quote(row.db_table)} v JOIN {quote(form.db_table)} f ON f.id = v.form_id"  # noqa: S608
        " WHERE f.programme_id = %s AND f.form_id = %s AND v.version = %s"
    )


@lru_cache(maxsize=512)
def _binary(pk: int, md5: str) -> frozenset[str]:
    """A published version never changes, so this is read once; `md5` tells rows of two databases apart."""
    meanings = FormVersion.objects.values_list("meanings", flat=True).get(pk=pk)
    return frozenset(meanings.get("binary", ()))
