"""Published forms and records of them, for tests of the door and of what follows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

from django.core.files.base import File

from mlezi.instruments.arrivals import Incoming
from mlezi.instruments.models import Form, FormVersion
from mlezi.programmes.models import Programme

PUBLISHED = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def published(
    programme: Programme, form_id: str = "visit", version: str = "1", binary: Sequence[str] = ("/data/photo",)
) -> FormVersion:
    """A tiny published form: a note and, by default, a photograph."""
    form, _ = Form.objects.get_or_create(programme=programme, form_id=form_id, defaults={"title": {"en": form_id}})
    xml = xform(form_id, version, binary)
    return FormVersion.objects.create(
        form=form,
        version=version,
        xml=xml,
        md5=hashlib.md5(xml, usedforsecurity=False).hexdigest(),
        source=b"",
        source_name=f"{form_id}.md",
        meanings={"questions": {}, "repeats": [], "binary": list(binary)},
        published_at=PUBLISHED,
        published_by_name="Chiku",
    )


def xform(form_id: str, version: str, binary: Sequence[str]) -> bytes:
    binds = "".join(f'<bind nodeset="{path}" type="binary"/>' for path in binary)
    return f"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>{form_id}</h:title><model><instance><data id="{form_id}" version="{version}"><note/><photo/>
<meta><instanceID/></meta></data></instance><bind nodeset="/data/note" type="string"/>
{binds}</model></h:head><h:body/></h:html>""".encode()


def record(
    instance_id: str = "",
    *,
    form_id: str = "visit",
    version: str = "1",
    note: str = "All well.",
    photo: str = "",
    replaces: str = "",
    end: str = "",
) -> bytes:
    """The XML of one record of that form."""
    deprecated = f"<orx:deprecatedID>{replaces}</orx:deprecatedID>" if replaces else ""
    return (
        f'<data id="{form_id}" version="{version}" xmlns:orx="http://openrosa.org/xforms">'
        f"<end>{end}</end><note>{note}</note><photo>{photo}</photo>"
        f"<orx:meta><orx:instanceID>{instance_id or f'uuid:{uuid4()}'}</orx:instanceID>"
        f"{deprecated}</orx:meta></data>"
    ).encode()


def file(name: str, content: bytes = b"picture") -> Incoming:
    return Incoming(name, File(BytesIO(content), name=name))
