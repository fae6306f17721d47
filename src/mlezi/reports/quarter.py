"""The figures of a period report: each indicator with its target, for a place and for each of its districts.

Plain values only, so that they can be locked, fingerprinted and compared with a later day's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mlezi.evaluation import figures
from mlezi.evaluation.arithmetic import Numbers
from mlezi.evaluation.indicators import BY_CODE
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme
from mlezi.reports import costs

REPORTED = (
    "visit_coverage", "encounters_held", "people_supported", "dose_hours", "at_level", "still_in_post",
    "action_completion", "needs_open", "sample_match",
)  # fmt: skip
Content = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """What a report is about: a part of the tree over some days, as seen with a scope of counts."""

    programme: Programme
    place: Place
    start: date
    end: date
    scope: Scope

    @property
    def here(self) -> Scope:
        return self.scope.narrowed(self.place.path, self.place.path_to)


def made(part: Part, goals: Mapping[str, float]) -> Content:
    """The report's content. Small groups are hidden as on every page; nothing of a person is in it."""
    districts = Place.objects.filter(part.here.where(path="path", programme=None), level__code="district")
    codes = {one.pk: one.code for one in districts.order_by("name")}
    return {
        "districts": {one.code: one.name for one in districts.order_by("name")},
        "figures": {code: _figure(part, code, codes, goals.get(code)) for code in REPORTED if code in BY_CODE},
        "costs": costs.by_district(part.programme, part.here, start=part.start, end=part.end),
    }


def _figure(part: Part, code: str, codes: Mapping[int, str], goal: float | None) -> dict[str, Any]:
    found = figures.ask(
        code, programme=part.programme.pk, start=part.start, end=part.end, scope=part.here, by="district"
    )
    parts = {codes[key]: _plain(numbers) for key, numbers in found.parts.items() if key in codes}
    return {"target": goal, "whole": _plain(found.numbers), "parts": parts}


def _plain(numbers: Numbers) -> dict[str, Any]:
    """What of a figure's numbers is reported; rounded so that the same data give the same bytes on every machine."""
    plain: dict[str, Any] = {"n": numbers.n, "of": numbers.of, "hidden": numbers.is_hidden}
    for name in ("value", "low", "high"):
        value = getattr(numbers, name)
        plain[name] = None if value is None else round(float(value), 6)
    return plain


def fingerprint(content: Content) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no blanks."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Change:
    """A figure that is no longer what was reported. `place` empty is the whole."""

    code: str
    place: str
    then: float | None
    now: float | None


def changes(then: Content, now: Content) -> list[Change]:
    """What differs between two contents, figure by figure, the whole first."""
    found = []
    for code in dict.fromkeys([*then["figures"], *now["figures"]]):
        old, new = then["figures"].get(code), now["figures"].get(code)
        places = dict.fromkeys([*(old or {"parts": {}})["parts"], *(new or {"parts": {}})["parts"]])
        for place in ("", *places):
            a, b = _value(old, place), _value(new, place)
            if a != b:
                found.append(Change(code, place, a, b))
    return found


def _value(figure: Mapping[str, Any] | None, place: str) -> float | None:
    if figure is None:
        return None
    numbers = figure["parts"].get(place) if place else figure["whole"]
    return numbers["value"] if numbers else None
