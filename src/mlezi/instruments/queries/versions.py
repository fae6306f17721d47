"""Which published version a record belongs to. Asked once for every record, so it is quick."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mlezi.instruments.models import FormVersion
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
    rows = FormVersion.objects.filter(form__programme=programme)
    rows = rows.filter(pk=chosen.pk) if chosen else rows.filter(form__form_id=form_id, version=version)
    found = rows.order_by().values_list("pk", "md5", "form__form_id").first()
    if found is None:
        return None
    pk, md5, known_form_id = found
    return Known(pk, known_form_id, _binary(pk, md5))


@lru_cache(maxsize=512)
def _binary(pk: int, md5: str) -> frozenset[str]:
    """A published version never changes, so this is read once; `md5` tells rows of two databases apart."""
    meanings = FormVersion.objects.values_list("meanings", flat=True).get(pk=pk)
    return frozenset(meanings.get("binary", ()))
