"""Writes rows that were judged new or changed."""

from __future__ import annotations

from uuid import uuid4

from mlezi.audit import actions as audit
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Context
from mlezi.places import actions, tree
from mlezi.places.importing.columns import OUTSIDE_SYSTEMS
from mlezi.places.importing.judging import FIELDS
from mlezi.places.importing.parents import Parent
from mlezi.places.models import OutsideCode, Place


def write(findings: list[Finding], context: Context) -> None:
    for finding in context.watch(findings):
        parent = _made(finding.facts["parent"], finding)
        place = finding.subject
        values = {FIELDS[key]: value for key, value in finding.facts["values"].items()}
        if isinstance(place, Place):
            _change(finding, place, values)
            if finding.facts.get("is_moved") and parent:
                _move(finding, place, parent, context)
        else:
            level = finding.facts["level"]
            code = finding.says("code") or actions.mint(finding.facts["name"], level, parent, _point(values))
            place = Place(name=finding.facts["name"], level=level, parent=parent, code=code, **values)
            finding.subject = _planted(place, finding)
        _note_outside_codes(finding, finding.subject)


def _change(finding: Finding, place: Place, values: dict[str, object]) -> None:
    changed = {name: value for name, value in values.items() if getattr(place, name) != value}
    if place.name != finding.facts["name"]:
        changed["name"] = finding.facts["name"]
    if changed:
        finding.change(place, **changed)


def _move(finding: Finding, place: Place, parent: Place, context: Context) -> None:
    before = place.parent_id
    for row, standing in tree.moved(place, parent):
        finding.change(row, **standing)
    finding.change(place, parent=parent)
    audit.record("place.moved", place, by=context.by, at=context.at, facts={"from": before, "to": parent.pk})


def _made(parent: Parent, finding: Finding) -> Place | None:
    """The parent's row; made, with everything above it, by the first row that needs it."""
    if parent.place is None and parent.level is not None:
        above = _made(parent.above, finding) if parent.above else None
        code = actions.mint(parent.name, parent.level, above, (None, None))
        parent.place = _planted(Place(name=parent.name, level=parent.level, parent=above, code=code), finding)
    return parent.place


def _planted(place: Place, finding: Finding) -> Place:
    place.path = f"new-{uuid4()}"
    finding.make(place)
    tree.plant(place)
    return place


def _note_outside_codes(finding: Finding, place: object) -> None:
    assert isinstance(place, Place)
    for key, system in OUTSIDE_SYSTEMS.items():
        code = finding.says(key)
        known = OutsideCode.objects.filter(place=place, system=system).first() if code else None
        if known and known.code != code:
            finding.change(known, code=code)
        elif code and not known:
            finding.make(OutsideCode(place=place, system=system, code=code))


def _point(values: dict[str, object]) -> tuple[object, object]:
    return (values.get("latitude"), values.get("longitude"))
