"""Bringing in a list: choose a file, look at what it would do, write it, take it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mlezi.audit.imports import actions, queries
from mlezi.audit.imports.kinds import KINDS, Context
from mlezi.audit.models import ImportBatch, ImportRow
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.plumbing.tables import Column, Filter, Table
from mlezi.plumbing.words import badge
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.forms.files import FORMS
from mlezi.programmes.importing.contexts import context_for
from mlezi.programmes.permissions import Permission as P

NEEDS = {
    "places": P.MANAGE_PLACES,
    "people": P.MANAGE_PEOPLE,
    "pairings": P.MANAGE_PAIRINGS,
    "outcomes": P.IMPORT_FIGURES,
    "records": P.MANAGE_PAIRINGS,
    "person_outcomes": P.MANAGE_PEOPLE,
    "employment": P.MANAGE_PEOPLE,
    "answers": P.RESOLVE_QUARANTINE,
}
LISTS = {
    "places": "places:list",
    "people": "people:list",
    "pairings": "pairing:list",
    "outcomes": "outcomes:list",
    "records": "matching:mentors",
    "person_outcomes": "person_outcomes:list",
    "employment": "employment:list",
    "answers": "instruments:form",
}
OUTCOMES = {"new": _("new"), "changed": _("changed"), "unchanged": _("unchanged"), "problem": _("problem")}
TONES = {"new": "good", "changed": "wait", "unchanged": "", "problem": "late"}


def _would(row: ImportRow) -> str:
    """The differences in words: which column, what stands, what would."""
    changes = row.values["differences"].items()
    return "; ".join(f"{key.removeprefix('level:')}: {old or '–'} → {new}" for key, (old, new) in changes)


def _about(row: ImportRow) -> str:
    given = row.values["given"]
    if sheet := given.get("row_number"):
        return gettext("Sheet {number}").format(number=sheet)
    lowest = [value for key, value in given.items() if key.startswith("level:")]
    return str(
        given.get("name")
        or given.get("person")
        or (lowest[-1] if lowest else "")
        or " – ".join(list(given.values())[:2])
    )


ROWS = Table(
    name="import",
    columns=(
        Column("about", _("About"), _about),
        Column("number", _("Row"), lambda row: row.number, sort=("number",), numeric=True),
        Column(
            "outcome",
            _("Outcome"),
            lambda row: str(OUTCOMES[row.outcome]),
            show=lambda row: badge(OUTCOMES[row.outcome], TONES[row.outcome]),
            sort=("outcome",),
        ),
        Column("would", _("What changes"), _would),
        Column("reason", _("What to mend"), lambda row: row.reason),
    ),
    filters=(
        Filter(
            "outcome",
            _("Outcome"),
            lambda request: [("", _("all")), *OUTCOMES.items()],
            lambda rows, chosen: rows.filter(outcome=chosen),
        ),
    ),
    sort="number",
)


def routes(kind: str, below: str = "") -> list[URLPattern]:
    """The pages of one kind of list, each behind that kind's permission.

    What the address names beside the programme goes into the options: the form whose answers the list holds.
    """
    guard = needs(NEEDS[kind])

    def bound(view: Callable[..., HttpResponse]) -> Any:
        def page(request: Request, **named: Any) -> HttpResponse:
            return view(request, kind, **named)

        page.__module__ = __name__
        return guard(page)

    return [
        path(f"{below}import/", bound(upload), name="import"),
        path(f"{below}import/<uuid:batch>/", bound(preview), name="import_batch"),
        path(f"{below}import/<uuid:batch>/apply/", bound(apply), name="import_apply"),
        path(f"{below}import/<uuid:batch>/undo/", bound(undo), name="import_undo"),
    ]


def _context(request: Request, kind: str, **options: Any) -> Context:
    return context_for(
        request.person,
        request.programme,
        NEEDS[kind],
        at=clock.now(),
        today=clock.today(request.programme.time_zone),
        **options,
    )


def _address(request: Request, kind: str, name: str, batch: UUID) -> str:
    named = _named(request) | {"batch": batch}
    return reverse(f"{LISTS[kind].split(':')[0]}:{name}", kwargs=named)


def _back(request: Request, kind: str) -> str:
    return reverse(LISTS[kind], kwargs=_named(request))


def _named(request: Request) -> dict[str, Any]:
    """What the address names: the programme, and what the list is for."""
    assert request.resolver_match
    return {key: value for key, value in request.resolver_match.kwargs.items() if key != "batch"}


def upload(request: Request, kind: str, **of: str) -> HttpResponse:
    def do(given: dict[str, Any]) -> str:
        file = given.pop("file")
        context = _context(request, kind, **given, **of)
        batch = actions.preview(kind=kind, content=file.read(), file_name=file.name, context=context)
        return _address(request, kind, "import_batch", batch.pk)

    title = KINDS[kind].title
    return ask(
        request,
        FORMS[kind],
        do,
        back=_back(request, kind),
        up=title,
        title=gettext("Bring in a list"),
        lead=gettext("You will see what every row would do before anything is written."),
        submit=gettext("Show what it would do"),
        notes=[(column.title, column.help) for column in KINDS[kind].columns(_context(request, kind, **of))],
        notes_title=gettext("Columns we know, in any order"),
    )


@require_safe
def preview(request: Request, kind: str, batch: UUID, **of: str) -> HttpResponse:
    found = queries.batch_of(request.person, request.programme.code, kind, batch)
    addresses = {name: _address(request, kind, f"import_{name}", found.pk) for name in ("apply", "undo")}
    back = _back(request, kind)
    context = {"batch": found, "kind": KINDS[kind], "addresses": addresses, "back": back, "summary": _summary(found)}
    return ROWS.answer(request, queries.rows_of(found), "programmes/import.html", **context)


def _summary(batch: ImportBatch) -> list[tuple[object, str, int]]:
    return [(OUTCOMES[key], TONES[key], batch.summary.get(key, 0)) for key in OUTCOMES]


@require_POST
def apply(request: Request, kind: str, batch: UUID, **of: str) -> HttpResponse:
    found = queries.batch_of(request.person, request.programme.code, kind, batch)
    actions.apply(batch_id=found.pk, context=_context(request, kind, **found.options))
    messages.success(request, gettext("Written. You can take it back as long as nothing depends on it."))
    return redirect(_address(request, kind, "import_batch", found.pk))


@require_POST
def undo(request: Request, kind: str, batch: UUID, **of: str) -> HttpResponse:
    found = queries.batch_of(request.person, request.programme.code, kind, batch)
    actions.undo(batch_id=found.pk, by=request.person, at=clock.now())
    if KINDS[kind].keeps_records:
        said = gettext("Taken back: the records are kept as they came, and count nowhere.")
    else:
        said = gettext("Taken back: everything is as it was before.")
    messages.success(request, said)
    return redirect(_address(request, kind, "import_batch", found.pk))
