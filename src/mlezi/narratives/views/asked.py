"""What a request of the coding page says, made into values; and answers in JSON, problems too."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase, JsonResponse

from mlezi.formats.plain import normalised
from mlezi.narratives.actions.coding import Marked
from mlezi.narratives.models import Coding
from mlezi.narratives.problems import NotUnderstood
from mlezi.narratives.queries.reader import Reader
from mlezi.plumbing.problems import Problem
from mlezi.programmes.doors import Request


def reader(request: Request) -> Reader:
    return Reader(request.person, request.programme)


def in_json(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer a problem as {code, message, facts} with its status, so that a script can show it in its place."""

    @wraps(view)
    def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Problem as problem:
            return JsonResponse({"code": problem.code, "message": str(problem)}, status=problem.status)

    return answered


def body(request: Request) -> dict[str, Any]:
    """The JSON object that was sent. Raises `NotUnderstood`."""
    try:
        found = _storable(json.loads(request.body or b"{}"))
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(what="JSON") from error
    if not isinstance(found, dict):
        raise NotUnderstood(what="JSON")
    return found


def _storable(value: Any) -> Any:
    """The same with signs left out that no column of a database takes."""
    if isinstance(value, str):
        return normalised(value)
    if isinstance(value, list):
        return [_storable(one) for one in value]
    return {key: _storable(one) for key, one in value.items()} if isinstance(value, dict) else value


def marked(given: dict[str, Any]) -> list[Marked]:
    """`items`: pieces with start, end, one code or several (`codes`), qualifier, valence, note, id."""
    items = given.get("items")
    if not isinstance(items, list) or len(items) > 2000:
        raise NotUnderstood(what="items")
    return [one for item in items for one in _several(item)]


def _several(item: Any) -> list[Marked]:
    try:
        codes = item.get("codes") or [item["code"]]
        facts: dict[str, Any] = {"start": whole(item["start"]), "end": whole(item["end"])}
        qualifier = item.get("qualifier")
        facts["qualifier"] = None if qualifier is None else whole(qualifier)
        facts |= {"valence": str(item.get("valence") or ""), "note": str(item.get("note") or "")}
        if item.get("made_by") == Coding.MadeBy.SUGGESTION:
            facts["made_by"] = Coding.MadeBy.SUGGESTION
        if len(codes) == 1 and item.get("id"):
            facts["id"] = UUID(str(item["id"]))
        return [Marked(code=whole(code), **facts) for code in codes]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotUnderstood(what=str(error)[:80]) from error


def whole(value: Any) -> int:
    """A whole number that was sent. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise ValueError(f"{value!r} is no position or code")
    return value


def optional(given: dict[str, Any], name: str) -> int | None:
    value = given.get(name)
    try:
        return None if value is None else whole(value)
    except ValueError as error:
        raise NotUnderstood(what=name) from error


def moment(request: Request, name: str) -> datetime:
    """A moment from the address. Raises `NotUnderstood`."""
    try:
        found = datetime.fromisoformat(request.GET.get(name, ""))
    except ValueError as error:
        raise NotUnderstood(what=name) from error
    if found.year < 2000:  # no text is older, and dates at the edge of what can be counted cannot be counted with
        raise NotUnderstood(what=name)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
