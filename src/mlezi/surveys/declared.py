"""What the blueprint says of instruments, as the rooms use it: linkage, scales, keys. Read from the programme."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection

from mlezi.methods.scoring import Band, Key, KnowledgeTest, Scale
from mlezi.plumbing.statements import run
from mlezi.programmes.models import Programme

PURPOSES = ("survey", "test", "evaluation")  # of forms whose answers are kept for analysis
IDENTIFIED, SELF_CODED, ANONYMOUS = "identified", "self-coded", "anonymous"


@dataclass(frozen=True)
class Instrument:
    """One form as an instrument. `linkage` says whether answers may be known to be somebody's."""

    form_id: str
    linkage: str = IDENTIFIED
    scales: tuple[Scale, ...] = ()
    tests: tuple[KnowledgeTest, ...] = ()
    titles: Mapping[str, Mapping[str, str]] | None = None  # of scales and tests, by code
    licence: str = ""
    source: str = ""
    may_ship: bool = True
    items_text: str = "ours"

    @property
    def n_scored(self) -> int:
        return len(self.scales) + len(self.tests)

    @property
    def is_identified(self) -> bool:
        return self.linkage == IDENTIFIED


def instruments(programme: Programme) -> dict[str, Instrument]:
    """Every instrument the blueprint declares, by form id."""
    return read(programme.blueprint)


def names_nobody(programme: Programme, form_id: str) -> bool:
    """Whether a record of this form must not say who sent it. Asked for each record that comes in."""
    said = next((one for one in _said_of(programme) or () if one["form"] == form_id), None)
    return said is not None and (said.get("linkage") or IDENTIFIED) != IDENTIFIED


def _said_of(programme: Programme) -> Any:
    """What the blueprint says of instruments; the rest of a blueprint that was not read yet stays unread."""
    if "blueprint" in programme.__dict__:
        return programme.blueprint.get("instruments")
    found = run(_asking(connection.vendor), [programme.pk]).fetchone()
    return json.loads(found[0]) if found and found[0] else ()


@cache
def _asking(vendor: str) -> str:
    table = connection.ops.quote_name(Programme._meta.db_table)
    part = "blueprint -> 'instruments'" if vendor == "postgresql" else "json_extract(blueprint, '$.instruments')"
    return f"SELECT {part} FROM {table} WHERE id = %s"  # noqa: S608 - our own names


def read(blueprint: Mapping[str, Any]) -> dict[str, Instrument]:
    return {said["form"]: instrument(said) for said in blueprint.get("instruments") or ()}


def instrument(said: Mapping[str, Any]) -> Instrument:
    scales, tests = said.get("scales") or (), said.get("tests") or ()
    return Instrument(
        form_id=said["form"],
        linkage=said.get("linkage") or IDENTIFIED,
        scales=tuple(scale(one) for one in scales),
        tests=tuple(knowledge_test(one) for one in tests),
        titles={one["code"]: one.get("title") or {} for one in (*scales, *tests)},
        licence=said.get("licence", ""),
        source=said.get("source", ""),
        may_ship=said.get("may_ship", True),
        items_text=said.get("items_text", "ours"),
    )


def scale(said: Mapping[str, Any]) -> Scale:
    """Raises ValueError for a scale that cannot be scored; `check` has told the author before."""
    return Scale(
        code=said["code"],
        items=tuple(said["items"]),
        lowest=float(said["range"][0]),
        highest=float(said["range"][1]),
        reverse=frozenset(said.get("reverse") or ()),
        weights={item: float(weight) for item, weight in (said.get("weights") or {}).items()},
        combine=said.get("combine") or "mean",
        need=float(said.get("need") or 1),
        substitute=said.get("substitute") or "none",
        bands=_bands(said),
    )


def knowledge_test(said: Mapping[str, Any]) -> KnowledgeTest:
    points = said.get("points") or {}
    return KnowledgeTest(
        code=said["code"],
        keys=tuple(
            Key(question, frozenset([right] if isinstance(right, str) else right), float(points.get(question, 1)))
            for question, right in said["keys"].items()
        ),
        blank=said.get("blank") or "wrong",
        need=float(said.get("need") or 1),
        pass_mark=said.get("pass_mark"),
        bands=_bands(said),
    )


def _bands(said: Mapping[str, Any]) -> tuple[Band, ...]:
    return tuple(Band(float(band["start"]), band["code"]) for band in said.get("bands") or ())
