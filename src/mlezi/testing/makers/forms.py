"""Forms and filled records for tests.

version = forms.published(world.programme, '''
    | survey |
    |        | type | name | label | bind::mlezi:as |
    |        | date | day  | Day   | encounter.date |
''', form_id="visit")
xml = forms.record(version, {"day": "2026-03-02"})
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from textwrap import dedent
from uuid import uuid4

from mlezi.formats import xlsform
from mlezi.formats.record_writing import Answers, Blank
from mlezi.instruments.models import Form, FormVersion
from mlezi.programmes.models import Programme
from mlezi.testing.cast import MORNING


def source(markdown: str) -> bytes:
    return dedent(markdown).strip().encode()


def published(
    programme: Programme,
    markdown: str,
    *,
    form_id: str = "visit",
    at: datetime = MORNING,
    purpose: str = "",
) -> FormVersion:
    """The Markdown table as a published version. `form_id` holds unless the table's settings name one."""
    content = source(markdown)
    made = xlsform.convert(content, f"{form_id}.md")
    form, _ = Form.objects.get_or_create(
        programme=programme, form_id=made.form_id, defaults={"title": {"en": made.title}, "purpose": purpose}
    )
    return FormVersion.objects.create(
        form=form,
        version=made.version,
        xml=made.xml,
        md5=hashlib.md5(made.xml, usedforsecurity=False).hexdigest(),
        source=content,
        source_name=f"{form_id}.md",
        languages=made.languages,
        meanings=made.meanings,
        warnings=[warning.as_dict() for warning in made.warnings],
        clients=["field", "collect"],
        published_at=at,
        published_by_name="Chiku",
    )


def record(
    form: FormVersion | bytes,
    answers: Answers,
    *,
    instance_id: str = "",
    replaces: str = "",
) -> bytes:
    """What a phone would send for these answers. A name is looked for at its place or anywhere below it.

    A repeat is a list of mappings. No expression is evaluated: give calculated values yourself. What is
    not answered stays empty; a repeat that is not mentioned has no rows. Raises `KeyError` for a name
    that the form does not have. `replaces` makes it an edit of that instance.
    """
    xml = form if isinstance(form, bytes) else bytes(form.xml)
    return Blank(xml).filled(answers, instance_id=instance_id or f"uuid:{uuid4()}", replaces=replaces)
