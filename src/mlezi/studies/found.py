"""What an analysis finds: figures (each an `Estimate` with a label), how many were left at each step, tables, pictures.

Plain values in any language's absence: labels are codes that `spoken` turns into words when somebody reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from mlezi.methods.statistics.estimate import Estimate
from mlezi.methods.statistics.notes import Note

Label = tuple[str, ...]  # parts as "kind:code": word, outcome, time, group, question, text
Unit = Literal["share", "number", "points", "days", "p", "ratio", "coefficient"]
RESPONSE = "response"  # the family of figures about who was asked and who answered


@dataclass(frozen=True)
class Figure:
    """One printed figure. `family` names figures whose hidden members could be worked out from one another."""

    key: str
    label: Label
    estimate: Estimate
    unit: Unit = "number"
    family: str = ""
    headline: bool = False
    p: float | None = None  # of the test that belongs to it, where there is one

    def as_dict(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "label": list(self.label),
            "unit": self.unit,
            "family": self.family,
            "headline": self.headline,
            "p": self.p,
            "estimate": self.estimate.as_dict(),
        }


@dataclass(frozen=True)
class Grid:
    """A table of counts and values that are not estimates. A cell None is unknown or hidden, never zero."""

    key: str
    label: Label
    columns: tuple[Label, ...]
    rows: tuple[tuple[Label, tuple[float | str | None, ...]], ...]
    counts: bool = True  # whole numbers

    def as_dict(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "label": list(self.label),
            "columns": [list(one) for one in self.columns],
            "rows": [[list(label), list(cells)] for label, cells in self.rows],
            "counts": self.counts,
        }


@dataclass(frozen=True)
class Picture:
    """What a picture is drawn of: a kind that `pictures` knows, and its plain data."""

    kind: str
    label: Label
    data: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "label": list(self.label), "data": dict(self.data)}


@dataclass(frozen=True)
class Found:
    """All that one analysis gives. `steps` are (what, how many), from the eligible to those in the figure."""

    figures: tuple[Figure, ...] = ()
    steps: tuple[tuple[str, int], ...] = ()
    grids: tuple[Grid, ...] = ()
    pictures: tuple[Picture, ...] = ()
    limits: tuple[Note, ...] = ()
    ran: Mapping[str, Any] = field(default_factory=dict)  # options as they were used, for the methods paragraph

    def as_dict(self) -> dict[str, Any]:
        return {
            "figures": [one.as_dict() for one in self.figures],
            "steps": [[name, n] for name, n in self.steps],
            "grids": [one.as_dict() for one in self.grids],
            "pictures": [one.as_dict() for one in self.pictures],
            "limits": [said(one) for one in self.limits],
            "ran": dict(self.ran),
        }


def said(note: Note) -> dict[str, Any]:
    return {"code": note.code, "text": str(note), "values": dict(note.values)}


def of(kind: str, code: str) -> Label:
    return (f"{kind}:{code}",)


def word(code: str) -> Label:
    return of("word", code)


def joined(*labels: Sequence[str]) -> Label:
    return tuple(part for label in labels for part in label)
