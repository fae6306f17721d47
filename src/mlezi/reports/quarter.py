"""The figures of a period report: each indicator with its target, for a place, its regions and its districts.

Plain values only, so that they can be locked, fingerprinted and compared with a later day's.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mlezi.evaluation import ahead, figures
from mlezi.evaluation.arithmetic import Numbers
from mlezi.evaluation.indicators import BY_CODE
from mlezi.places import queries as places
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
    regions = list(places.regions(part.here).exclude(pk=part.place.pk))
    districts = list(places.districts(part.here))
    above = {one.code: _region_of(one, regions) for one in districts}
    known = {one.pk: one.code for one in (*regions, *districts)}
    reported = [code for code in REPORTED if code in BY_CODE]
    asked: dict[str, Any] = {"programme": part.programme.pk, "start": part.start, "end": part.end, "scope": part.here}
    ahead.ready(reported, 0, **asked, by="district")  # they are begun, and go on while money is added up
    money = costs.by_district(part.programme, part.here, start=part.start, end=part.end)
    ahead.ask(reported, **asked, by="district")
    return {
        "regions": {one.code: one.name for one in regions},
        "districts": {one.code: one.name for one in districts},
        "region_of": above,
        "figures": {code: _figure(part, code, known, above, goals.get(code)) for code in reported},
        "costs": money,
    }


def _region_of(district: Place, regions: Sequence[Place]) -> str:
    """The code of the region a district lies in; empty when the report holds none."""
    return next((one.code for one in regions if district.path.startswith(one.path)), "")


def _figure(
    part: Part, code: str, known: Mapping[int, str], above: Mapping[str, str], goal: float | None
) -> dict[str, Any]:
    asked: dict[str, Any] = {"programme": part.programme.pk, "start": part.start, "end": part.end, "scope": part.here}
    found = figures.ask(code, **asked, by="district")
    parts = _parts(found, known)
    if any(above.values()):
        parts |= guarded(_parts(figures.ask(code, **asked, by="region"), known), parts, above)
    return {"target": goal, "whole": _plain(found.numbers), "parts": parts}


def _parts(found: figures.Figure, known: Mapping[int, str]) -> dict[str, dict[str, Any]]:
    return {known[key]: _plain(numbers) for key, numbers in found.parts.items() if key in known}


def guarded(
    regions: dict[str, dict[str, Any]], districts: Mapping[str, dict[str, Any]], above: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """Regions, all hidden when one of them would give away its only hidden district by subtraction."""
    hidden = Counter(above[code] for code, numbers in districts.items() if numbers["hidden"] and code in above)
    if 1 not in hidden.values():
        return regions
    return {code: _plain(Numbers(None, None, None, None, is_hidden=True)) for code in regions}


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


@dataclass(frozen=True)
class CostChange:
    """Money that is no longer what was reported; `kind` is planned or spent, amounts are text as in the report."""

    place: str
    currency: str
    kind: str
    then: str
    now: str


def cost_changes(then: Content, now: Content) -> list[CostChange]:
    """What differs in costs, district by district; an amount that is not there is "0"."""
    flat = [
        {(place, currency, kind): amount for place, of in content.get("costs", {}).items()
         for currency, kinds in of.items() for kind, amount in kinds.items()}
        for content in (then, now)
    ]  # fmt: skip
    keys = dict.fromkeys([*flat[0], *flat[1]])
    pairs = ((key, flat[0].get(key, "0"), flat[1].get(key, "0")) for key in keys)
    return [CostChange(*key, old, new) for key, old, new in pairs if Decimal(old) != Decimal(new)]


def _value(figure: Mapping[str, Any] | None, place: str) -> float | None:
    if figure is None:
        return None
    numbers = figure["parts"].get(place) if place else figure["whole"]
    return numbers["value"] if numbers else None
