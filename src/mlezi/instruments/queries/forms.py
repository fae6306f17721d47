"""What can be read about forms. Forms belong to a programme: whoever takes part may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db.models import Count, Max
from django.utils.translation import get_language

from mlezi.formats import xform_reading
from mlezi.formats.xform import XForm
from mlezi.instruments import problems, vocabulary
from mlezi.instruments.models import Form, FormVersion
from mlezi.instruments.queries import few, offered
from mlezi.plumbing import once
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Programme

RECENT = 30  # days; a count over all years would read every record there is


@dataclass(frozen=True)
class Row:
    """A form in a list: its newest version that is offered, and what came in on it lately."""

    form: Form
    version: FormVersion | None  # None: closed, or every version is retired
    n_records: int
    last_at: datetime | None

    @property
    def title(self) -> str:
        return title(self.form)

    @property
    def can_be_filled_here(self) -> bool:
        return self.version is not None and "field" in self.version.clients


def listed(programme: Programme, *, at: datetime) -> list[Row]:
    """Every form of the programme, open ones first, by title; records counted over the `RECENT` days before `at`."""
    newest = {version.form_id: version for version in offered.versions(programme)}
    came = few.since(programme.pk, at - timedelta(days=RECENT)).filter(is_current=True)
    by_form = came.order_by().values_list("form_id").annotate(n=Count("pk"), last=Max("received_at"))
    counts = {form_id: (n, last) for form_id, n, last in by_form}
    rows = [
        Row(form, newest.get(form.pk), *counts.get(form.form_id, (0, None)))
        for form in Form.objects.filter(programme=programme).select_related("programme")
    ]
    return sorted(rows, key=lambda row: (row.version is None, row.title.casefold()))


def to_fill(programme: Programme, purpose: str) -> str:
    """The id of a form for this purpose that the web form can fill now; empty when there is none."""
    for version in offered.versions(programme):
        if version.form.purpose == purpose and "field" in version.clients:
            return version.form.form_id
    return ""


def form_of(programme: Programme, form_id: str) -> Form:
    """The form, or `NoSuchForm`."""
    form = Form.objects.filter(programme=programme, form_id=form_id).select_related("programme").first()
    if form is None:
        raise problems.NoSuchForm(form=form_id)
    return form


def versions_of(form: Form) -> list[FormVersion]:
    """Newest first, without their bytes."""
    return list(form.versions.defer("xml", "source", "meanings"))


def version_of(programme: Programme, form_id: str, version: str = "") -> FormVersion:
    """That version, or the newest that is offered; the newest of all when none is. Or `NoSuchForm`."""
    rows = FormVersion.objects.filter(form__programme=programme, form__form_id=form_id).select_related("form")
    if version:
        rows = rows.filter(version=version)
    found = rows.filter(retired_at=None).first() or rows.first()
    if found is None:
        raise problems.NoSuchForm(form=f"{form_id} {version}".strip())
    return found


def is_of_no_kind(version: FormVersion) -> bool:
    """Whether it tells of an encounter, and no type of the blueprint says of which kind: such records are parked."""
    types = version.form.programme.blueprint.get("encounters") or []
    is_listed = any(version.form.form_id in (one.get("forms") or []) for one in types)
    return not is_listed and any(question.meaning == "encounter" for question in read(version).questions())


def read(version: FormVersion) -> XForm:
    """What a person sees of it. A published version never changes, so it is read once."""
    return _read(version.pk, version.md5)


@lru_cache(maxsize=64)
def _read(pk: int, _md5: str) -> XForm:
    return xform_reading.read(bytes(FormVersion.objects.values_list("xml", flat=True).get(pk=pk)))


@once.a_page
def choices_of(programme: Programme, term: str) -> dict[str, str]:
    """What the choices of questions with that meaning are called, in the language spoken; the newest form's win."""
    rows = FormVersion.objects.filter(form__programme=programme).only("id", "md5").order_by("published_at", "id")
    found: dict[str, str] = {}
    for version in rows:
        for question in read(version).asked():
            if vocabulary.read(question.meaning)[0] == term:
                found |= {choice.name: worded(choice.labels) for choice in question.choices}
    return {code: words for code, words in found.items() if words}


def title(form: Form) -> str:
    """In the language spoken, otherwise in English, otherwise in any; the form's id when it has none."""
    titles = {str(code): str(words) for code, words in (form.title or {}).items() if words}
    return titles.get(get_language() or "") or titles.get("en") or next(iter(titles.values()), form.form_id)
