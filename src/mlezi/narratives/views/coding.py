"""The coding page's door: JSON in, JSON out. `surface` says what it holds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from mlezi.narratives import problems, surface
from mlezi.narratives.actions import automatic, coding, memos, reading
from mlezi.narratives.models import Source
from mlezi.narratives.queries import codebooks
from mlezi.narratives.queries.reader import Reader, codings_of
from mlezi.narratives.views.asked import body, in_json, marked, moment, optional, reader
from mlezi.plumbing import clock
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P


def _mine(request: Request, source: UUID) -> tuple[Reader, Source]:
    """The reader and the text they want to code, without its words."""
    by = reader(request)
    return by, by.one(source)


@needs(P.CODE_TEXTS)
@require_safe
@in_json
def whole(request: Request, source: UUID) -> HttpResponse:
    by = reader(request)
    found = by.one(source, words=True)
    at = clock.now()
    reading.be_here(found, by.person, at)
    return JsonResponse(surface.whole(by, found, at=at))


@needs(P.CODE_TEXTS)
@require_safe
@in_json
def poll(request: Request, source: UUID) -> HttpResponse:
    by, found = _mine(request, source)
    at, since = clock.now(), moment(request, "since")
    place = request.GET.get("position", "")
    reading.be_here(found, by.person, at, int(place) if place.isdecimal() and len(place) < 9 else 0)
    return JsonResponse({"now": at, **surface.changes(by, found, since), **surface.state(by, found, at)})


@needs(P.CODE_TEXTS)
@require_POST
@in_json
def add(request: Request, source: UUID) -> HttpResponse:
    by, found = _mine(request, source)
    given = body(request)
    version = optional(given, "version") or 0
    made = coding.add(source=found, marked=marked(given), version=version, by=by.person, at=clock.now())
    return JsonResponse({"codings": [surface.coding(row) for row in made]}, status=201)


@needs(P.CODE_TEXTS)
@require_POST
@in_json
def change(request: Request, source: UUID, coding_id: UUID) -> HttpResponse:
    by, _ = _mine(request, source)
    given = body(request)
    facts: dict[str, Any] = {name: str(given[name] or "") for name in ("valence", "note") if name in given}
    facts |= {f"{name}_id": optional(given, name) for name in ("code", "qualifier") if name in given}
    row = coding.change(coding_id=coding_id, by=by.person, at=clock.now(), **facts)
    return JsonResponse(surface.coding(row))


@needs(P.CODE_TEXTS)
@require_POST
@in_json
def remove(request: Request, source: UUID, coding_id: UUID) -> HttpResponse:
    by, _ = _mine(request, source)
    coding.remove(coding_ids=[coding_id], by=by.person, at=clock.now())
    return JsonResponse({"removed": [str(coding_id)]})


@needs(P.CODE_TEXTS)
@require_POST
@in_json
def step(request: Request, source: UUID, verb: str) -> HttpResponse:
    """Undo or redo; the answer holds what stands now, so that the page need not guess."""
    by, found = _mine(request, source)
    at = clock.now()
    do = {"undo": coding.undo, "redo": coding.redo}.get(verb)
    if do is None:
        raise problems.NothingToUndo
    done = do(source=found, by=by.person, at=at)
    rows = codings_of(by, found, removed=True).filter(pk__in=done.codings)
    standing = [surface.coding(row) for row in rows if row.removed_at is None]
    gone = [str(row.pk) for row in rows if row.removed_at is not None]
    return JsonResponse({"verb": done.verb, "codings": standing, "removed": gone})


@needs(P.CODE_TEXTS)
@require_POST
@in_json
def done(request: Request, source: UUID) -> HttpResponse:
    by, found = _mine(request, source)
    reading.done(source=found, by=by.person, at=clock.now())
    return JsonResponse(surface.state(by, found, clock.now()))


@needs(P.CODE_TEXTS)
@require_POST
@in_json
def reopen(request: Request, source: UUID) -> HttpResponse:
    by, found = _mine(request, source)
    reading.reopen(source=found, by=by.person, at=clock.now())
    return JsonResponse(surface.state(by, found, clock.now()))


@needs(P.CODE_TEXTS)
@require_POST
@in_json
def write_memo(request: Request, source: UUID, memo_id: UUID) -> HttpResponse:
    by, found = _mine(request, source)
    given = body(request)
    row = memos.write(
        source=found, memo_id=memo_id, text=str(given.get("text") or ""), start=optional(given, "start"),
        end=optional(given, "end"), code_id=optional(given, "code"), by=by.person, at=clock.now(),
    )  # fmt: skip
    return JsonResponse(surface.memo(row), status=201)


@needs(P.CODE_TEXTS)
@require_POST
@in_json
def remove_memo(request: Request, source: UUID, memo_id: UUID) -> HttpResponse:
    by, _ = _mine(request, source)
    memos.remove(memo_id=memo_id, by=by.person, at=clock.now())
    return JsonResponse({"removed": [str(memo_id)]})


@needs(P.CODE_TEXTS)
@require_POST
@in_json
def rule(request: Request, source: UUID) -> HttpResponse:
    """Code all of one speaker, or all answers to one question."""
    by = reader(request)
    found = by.one(source, words=True)
    given = body(request)
    code = codebooks.usable_codes(request.programme).filter(pk=optional(given, "code") or 0).first()
    if code is None:
        raise problems.NoSuchCode(code=given.get("code", ""))
    rows = automatic.by_rule(
        source=found, code=code, speaker=str(given.get("speaker") or ""), question=str(given.get("question") or ""),
        valence=str(given.get("valence") or ""), by=by.person, at=clock.now(),
    )  # fmt: skip
    return JsonResponse({"codings": [surface.coding(row) for row in rows]}, status=201)


@needs(P.CODE_TEXTS)
@require_safe
@in_json
def suggestions(request: Request, source: UUID) -> HttpResponse:
    """What the coder's own codings suggest here, each with its measured precision. Asked for, never offered."""
    by = reader(request)
    found = by.one(source, words=True)
    return JsonResponse({"suggestions": [vars(one) for one in automatic.suggestions(by, found)]})


@needs(P.CODE_TEXTS)
@require_safe
@in_json
def codes(request: Request) -> HttpResponse:
    """Codes by the letters typed, best first, over all codebooks one may use."""
    rows = [code for book in codebooks.usable_in(request.programme) for code in codebooks.codes_of(book)]
    return JsonResponse({"codes": surface.codes(codebooks.by_letters(rows, request.GET.get("q", "")))})
