"""Publish, retire, close: what phones are offered. A published (form, version) never changes again.

What arrives for a retired version or a closed form is still taken in: a phone may have been away.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.formats import xlsform
from mlezi.formats.trouble import CannotRead, Trouble
from mlezi.instruments import media, problems
from mlezi.instruments.actions import parking
from mlezi.instruments.checking import Known, check
from mlezi.instruments.checking.clients import clients_of
from mlezi.instruments.checking.lists import beside
from mlezi.instruments.models import Form, FormFile, FormVersion
from mlezi.programmes.models import Programme


@dataclass(frozen=True)
class Prepared:
    """A form as it would be published, and everything there is to say about it."""

    made: xlsform.Converted
    troubles: tuple[Trouble, ...]

    @property
    def is_ready(self) -> bool:
        return not any(trouble.blocks for trouble in self.troubles)


@dataclass(frozen=True)
class Published:
    version: FormVersion
    is_new: bool  # False: these bytes were published before


def prepare(
    *, source: bytes, name: str, known: Known | None = None, files: Mapping[str, bytes] | None = None
) -> Prepared:
    """Convert and check; nothing is stored. Raises `FormNotReady` when it cannot even be read."""
    try:
        made = xlsform.convert(source, name)
    except CannotRead as error:
        raise problems.FormNotReady([replace(trouble, blocks=True) for trouble in error.troubles]) from error
    supplied = {**media.columns(), **beside(files or {})}
    return Prepared(made, (*check(made.form, rows=made.rows, known=known, supplied=supplied), *made.warnings))


@transaction.atomic
def publish(
    *,
    programme: Programme,
    source: bytes,
    name: str,
    by: Actor,
    at: datetime,
    purpose: str = "",
    title: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
    known: Known | None = None,
) -> Published:
    """Make a form available to phones under its (form id, version). `files`: pictures and lists it carries.

    The same source again is the same version, and nothing happens. Raises `FormNotReady` with all
    troubles, `VersionTaken` when the version holds other content, `FormClosed`.
    """
    prepared = prepare(source=source, name=name, known=known, files=files)
    if not prepared.is_ready:
        raise problems.FormNotReady([trouble for trouble in prepared.troubles if trouble.blocks])
    form = _form(programme, prepared.made, purpose, title or {})
    existing = form.versions.filter(version=prepared.made.version).first()
    if existing:
        return _again(existing, prepared.made, source, files or {})
    version = _store(form, prepared, source=source, name=name, by=by, at=at)
    for file_name, content in (files or {}).items():
        FormFile.objects.create(form_version=version, name=file_name, content=content, md5=_md5(content))
    audit.record("form.published", version, by=by, at=at, facts={"form": form.form_id, "version": version.version})
    parking.adopt(version=version, by=by, at=at)  # records that came before their version
    return Published(version, is_new=True)


@transaction.atomic
def retire(*, version: FormVersion, by: Actor, at: datetime) -> FormVersion:
    """Phones are no longer offered this version. Said twice, it stays as it was."""
    row = FormVersion.objects.select_for_update().get(pk=version.pk)
    if row.retired_at:
        return row
    row.retired_at = at
    row.save(update_fields=["retired_at"])
    audit.record("form.retired", row, by=by, at=at, facts={"version": row.version})
    return row


@transaction.atomic
def close(*, form: Form, by: Actor, at: datetime) -> Form:
    """No version is offered any more; records that phones still hold are taken in all the same."""
    return _set_closed(form, at, "form.closed", by, at)


@transaction.atomic
def reopen(*, form: Form, by: Actor, at: datetime) -> Form:
    """Offer the form again, in the versions that were not retired."""
    return _set_closed(form, None, "form.reopened", by, at)


def _set_closed(form: Form, closed_at: datetime | None, event: str, by: Actor, at: datetime) -> Form:
    row = Form.objects.select_for_update().get(pk=form.pk)
    if bool(row.closed_at) == bool(closed_at):
        return row
    row.closed_at = closed_at
    row.save(update_fields=["closed_at"])
    audit.record(event, row, by=by, at=at, facts={"form": row.form_id})
    return row


def _form(programme: Programme, made: xlsform.Converted, purpose: str, title: Mapping[str, str]) -> Form:
    """The form's own row, locked, so that two people cannot publish the same version at once."""
    titles = dict(title) or {_language(made.form.default_language): made.title}
    Form.objects.get_or_create(
        programme=programme, form_id=made.form_id, defaults={"title": titles, "purpose": purpose}
    )
    form = Form.objects.select_for_update().get(programme=programme, form_id=made.form_id)
    if form.closed_at:
        raise problems.FormClosed(form=form.form_id)
    changed = {**form.title, **titles}
    if changed != form.title or (purpose and purpose != form.purpose):
        form.title, form.purpose = changed, purpose or form.purpose
        form.save(update_fields=["title", "purpose"])
    return form


def _store(form: Form, prepared: Prepared, *, source: bytes, name: str, by: Actor, at: datetime) -> FormVersion:
    made = prepared.made
    return FormVersion.objects.create(
        form=form,
        version=made.version,
        xml=made.xml,
        md5=_md5(made.xml),
        source=source,
        source_name=name,
        languages=made.languages,
        meanings=made.meanings,
        warnings=[trouble.as_dict() for trouble in prepared.troubles],
        clients=clients_of(made.form),
        published_at=at,
        published_by_name=by.name,
    )


def _again(existing: FormVersion, made: xlsform.Converted, source: bytes, files: Mapping[str, bytes]) -> Published:
    """The same source (or one that makes the same form) with the same files is the same version."""
    same_form = bytes(existing.source) == source or bytes(existing.xml) == made.xml
    kept = {file.name: file.md5 for file in existing.files.all()}
    if same_form and kept == {name: _md5(content) for name, content in files.items()}:
        return Published(existing, is_new=False)
    raise problems.VersionTaken(
        form=existing.form.form_id, version=existing.version, suggestion=next_version(existing.version)
    )


def next_version(version: str) -> str:
    """A version people would write next: 2026-01 → 2026-02, 9 → 10, draft → draft-2."""
    found = re.search(r"(\d+)(\D*)$", version)
    if not found:
        return f"{version}-2"
    return f"{version[: found.start()]}{int(found[1]) + 1:0{len(found[1])}}{found[2]}"


def _language(name: str) -> str:
    """English (en) → en; a form of one language is in the installation's."""
    found = re.search(r"\(([\w-]+)\)\s*$", name)
    return found[1] if found else str(settings.LANGUAGE_CODE)


def _md5(content: bytes) -> str:
    """Not for secrecy: it is what the OpenRosa form list and manifest carry."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
