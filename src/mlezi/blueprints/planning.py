"""What `apply` would change: a readable comparison of a blueprint with what is installed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mlezi.blueprints import queries, wanted
from mlezi.blueprints.checks import ReadForm
from mlezi.blueprints.schema import Blueprint
from mlezi.blueprints.schema.whole import WAITING
from mlezi.blueprints.wanted import Facts, Key
from mlezi.programmes.models import Programme

ORDER = (
    "programme",
    "level",
    "domain",
    "competency",
    "form",
    "encounter",
    "rate",
    "material",
    "study",
    "codebook",
    "cohort",
)


@dataclass(frozen=True)
class Step:
    """One change: `verb` is add, change, remove or refuse. `details` are (name, before, after)."""

    verb: str
    kind: str
    code: str
    details: tuple[tuple[str, Any, Any], ...] = ()
    reason: str = ""

    def __str__(self) -> str:
        sign = {"add": "+", "change": "~", "remove": "-", "refuse": "!"}[self.verb]
        lines = [f"{sign} {self.kind} {self.code}"]
        lines += [f"    {name}: {_short(before)} -> {_short(after)}" for name, before, after in self.details]
        if self.reason:
            lines.append(f"    {self.reason}")
        return "\n".join(lines)


@dataclass
class Plan:
    """Steps in the order they would be taken, and the parts that wait for their rooms."""

    programme: Programme | None
    steps: list[Step] = field(default_factory=list)
    not_yet_used: list[str] = field(default_factory=list)
    details_changed: bool = False  # a part that is kept whole differs

    @property
    def refused(self) -> list[Step]:
        return [step for step in self.steps if step.verb == "refuse"]

    @property
    def is_empty(self) -> bool:
        return not self.steps and not self.details_changed


def plan(blueprint: Blueprint, forms: dict[str, ReadForm], materials: Mapping[str, bytes]) -> Plan:
    """Compare; changes nothing."""
    programme, have = queries.installed(blueprint.code)
    want = wanted_of(blueprint, forms, materials)
    result = Plan(programme)
    for key in sorted({*want, *have}, key=lambda key: (ORDER.index(key[0]), key not in want, key[1])):
        step = _step(programme, key, have.get(key), want.get(key))
        if step:
            result.steps.append(step)
    result.not_yet_used = [name for name in WAITING if getattr(blueprint, name)]
    result.details_changed = programme is None or programme.blueprint != wanted.kept_whole(blueprint)
    return result


def wanted_of(blueprint: Blueprint, forms: dict[str, ReadForm], materials: Mapping[str, bytes]) -> wanted.Parts:
    """Every part the folder asks for, its files included."""
    want = wanted.parts(blueprint)
    for form_id, form in forms.items():
        want["form", form_id] = {
            "version": form.converted.version,
            "content": queries.digest(form.source),
            "closed": form.file.closed,
            "title": form.file.title or {"en": form.converted.title},
        }
    for order, one in enumerate(blueprint.materials):
        want["material", one.file] = wanted.material(one, order, queries.digest(materials.get(one.file, b"")))
    for name in blueprint.codebooks:
        file = wanted.codebook(name, materials)
        want["codebook", file.code] = {"content": file.hash[:12]}
    return want


def _step(programme: Programme | None, key: Key, have: Facts | None, want: Facts | None) -> Step | None:
    kind, code = key
    if want is None:
        # Levels are shared: another programme may need what this blueprint does not name.
        # Codebooks stay: coders may have used them, or made them on a page.
        return None if kind in {"level", "codebook"} or programme is None else _removal(programme, kind, code)
    if have is None:
        return Step("add", kind, code)
    details = tuple((name, have[name], value) for name, value in want.items() if have[name] != value)
    if not details:
        return None
    reason = _refusal(programme, key, have, want)
    return Step("refuse", kind, code, details, reason) if reason else Step("change", kind, code, details)


def _refusal(programme: Programme | None, key: Key, have: Facts, want: Facts) -> str:
    """Why a change would take the meaning from records that exist; empty when it would not."""
    kind, code = key
    if programme is None:
        return ""
    if kind == "competency" and (highest := queries.highest_level(programme, code)) > len(want["levels"]):
        return (
            f"Somebody was rated at level {highest}, but the framework would end at {len(want['levels'])}. "
            "Keep the levels, or give the new framework new competency codes."
        )
    if kind == "form" and have["version"] == want["version"] and have["content"] != want["content"]:
        return (
            f"The form changed, but its version is still {want['version']!r}, which phones already have. "
            "Give it a new version in its settings sheet."
        )
    if kind == "level" and have["rank"] != want["rank"] and (depends := queries.depends_on(programme, kind, code)):
        return f"{depends} stand at this level. Keep the order of levels."
    return ""


def _removal(programme: Programme, kind: str, code: str) -> Step:
    depends = queries.depends_on(programme, kind, code)
    if not depends:
        return Step("remove", kind, code)
    ways = {"form": " and write `closed: true` under it", "study": ""}
    way_round = ways.get(kind, " and write `retired: true` under it")
    reason = f"{depends} would lose their meaning. Keep it in the blueprint{way_round}."
    return Step("refuse", kind, code, (), reason)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else text[:77] + "…"
