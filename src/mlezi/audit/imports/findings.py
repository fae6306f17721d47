"""What one row of a file would do: decided at preview, done at applying, kept for undoing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Field, Model

from mlezi.audit.models import ImportRow

Outcome = ImportRow.Outcome


@dataclass
class Finding:
    """`given` is what the row says, by our column keys; a key the file lacks is absent.

    Parts of a kind find the subject (an instance, or None when it is new), note differences in words
    people read, and problems with what to do about them. `facts` carries what a part worked out from
    its judging to its writing.
    """

    number: int
    given: dict[str, str]
    subject: Model | None = None
    is_new: bool = False
    reasons: list[str] = field(default_factory=list)
    differences: dict[str, tuple[str, str]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    made: list[tuple[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        if self.reasons:
            return Outcome.PROBLEM
        if self.is_new:
            return Outcome.NEW
        return Outcome.CHANGED if self.differences else Outcome.UNCHANGED

    @property
    def is_to_write(self) -> bool:
        return self.outcome in (Outcome.NEW, Outcome.CHANGED)

    def says(self, key: str) -> str:
        """What the row says in a column; empty when the cell or the whole column is."""
        return self.given.get(key, "")

    def problem(self, reason: str) -> None:
        self.reasons.append(reason)

    def differs(self, key: str, before: object, after: object) -> bool:
        """Note that a value would change. An empty cell never erases what stands."""
        old, new = _words(before), _words(after)
        if new and old != new:
            self.differences[key] = (old, new)
            return True
        return False

    def make(self, row: Model) -> None:
        """Save a new row and remember it for undoing."""
        row.save(force_insert=True)
        self.made.append((row._meta.label, row._meta.pk.value_to_string(row)))

    def change(self, row: Model, **values: object) -> None:
        """Save changed fields of a row and remember what stood there and stands there now."""
        before = {name: stored_value(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        self.changed.append(
            {
                "row": [row._meta.label, row._meta.pk.value_to_string(row)],
                "before": before,
                "after": {name: stored_value(row, name) for name in values},
            }
        )


def stored_value(row: Model, name: str) -> Any:
    """A field's value as JSON can keep it; None stays None."""
    found = row._meta.get_field(name)
    assert isinstance(found, Field)
    return None if getattr(row, found.attname) is None else found.value_to_string(row)


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return format(value, ".7g")
    return str(value)


def counts(findings: list[Finding]) -> dict[str, int]:
    """How many rows of each outcome."""
    found = {str(outcome): 0 for outcome in Outcome}
    for finding in findings:
        found[str(finding.outcome)] += 1
    return found


def as_stored(finding: Finding) -> dict[str, Any]:
    """What the preview keeps of a finding, to show and to compare with at applying."""
    return {"given": finding.given, "differences": {key: list(pair) for key, pair in finding.differences.items()}}


def is_as_previewed(finding: Finding, row: ImportRow) -> bool:
    values: Mapping[str, Any] = row.values
    return finding.outcome == row.outcome and as_stored(finding)["differences"] == values["differences"]
