"""Looks at the rows of a list of people: whom each is about, and what would change. Writes nothing."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext

from mlezi.audit.imports import parsing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Context
from mlezi.people.actions.persons import tidy_phone
from mlezi.people.importing.lookup import People
from mlezi.people.models import Person, Post
from mlezi.places import names
from mlezi.places.lookup import Places

FIELDS = ("name", "cadre", "phone", "email", "languages", "code", "note")


def judge(findings: list[Finding], context: Context) -> None:
    places, people = Places(context.scope), People(context.scope, context.today)
    cadres = _cadres(context)
    for finding in findings:
        finding.facts["values"] = _values(finding, cadres)
        _find_place(finding, places)
        _read_days(finding)
        if not finding.reasons:
            _find_subject(finding, people)
    _refuse_twice(findings)
    for finding in findings:
        if not finding.reasons:
            _compare(finding, people)


def _cadres(context: Context) -> dict[str, str]:
    """Every way to write a cadre → its code; empty when the programme names none."""
    declared = (context.programme.blueprint if context.programme else {}).get("cadres", [])
    found: dict[str, str] = {}
    for cadre in declared:
        for words in (cadre["code"], *dict(cadre.get("title") or {}).values()):
            found[names.bare(str(words).replace("_", " ").replace("-", " "))] = cadre["code"]
    return found


def _values(finding: Finding, cadres: dict[str, str]) -> dict[str, Any]:
    """Fields of the person as the row gives them; what it does not give is absent."""
    name = " ".join(finding.says("name").split())
    if not name:
        finding.problem(gettext("The row has no name. Fill it in."))
    cadre = finding.says("cadre")
    if cadre and cadres:
        known = cadres.get(names.bare(cadre.replace("_", " ").replace("-", " ")))
        if known is None:
            finding.problem(
                gettext("“{cadre}” is no cadre of this programme. Its cadres are: {cadres}.").format(
                    cadre=cadre, cadres=", ".join(sorted(set(cadres.values())))
                )
            )
        cadre = known or cadre
    if email := finding.says("email"):
        try:
            validate_email(email)
        except ValidationError:
            finding.problem(gettext("“{email}” is no e-mail address.").format(email=email))
    values = {
        "name": name[:200],
        "cadre": cadre[:60],
        "phone": tidy_phone(finding.says("phone")),
        "email": finding.says("email"),
        "languages": [code for code in re.split(r"[\s,;/]+", finding.says("languages").lower()) if code],
        "code": finding.says("code")[:60],
        "note": finding.says("note"),
    }
    return {key: value for key, value in values.items() if value}


def _find_place(finding: Finding, places: Places) -> None:
    code, name = finding.says("facility_code"), finding.says("facility")
    finding.facts["place"] = None
    if code or name:
        finding.facts["place"], trouble = places.find(code=code, name=name, inside=finding.says("district"))
        if trouble:
            finding.problem(trouble)


def _read_days(finding: Finding) -> None:
    finding.facts["started"] = started = parsing.day(finding, "started")
    finding.facts["left"] = left = parsing.day(finding, "left")
    if started and left and left < started:
        finding.problem(gettext("The last day is before the first. Correct one of the two."))
    why = finding.says("why_left").casefold()
    if why and why not in Post.Reason.values:
        finding.problem(
            gettext("“{why}” is no reason we know. Write one of: {reasons}.").format(
                why=why, reasons=", ".join(Post.Reason.values)
            )
        )
    finding.facts["why_left"] = why or Post.Reason.UNKNOWN


def _find_subject(finding: Finding, people: People) -> None:
    """By identifier, staff number, telephone and name, or name and place, in this order."""
    values, place = finding.facts["values"], finding.facts["place"]
    found = None
    if uid := finding.says("uid"):
        found = people.by_uid(uid)
    if found is None and "code" in values:
        found = people.by_code(values["code"])
    if found is None:
        found = people.by_phone(values.get("phone", ""), values["name"])
    if found is None and "code" not in values and not finding.says("uid"):
        fitting = people.by_name(values["name"], place)
        if len(fitting) > 1:
            finding.problem(
                gettext("{n} people are called “{name}” there. Give the staff number to say who is meant.").format(
                    n=len(fitting), name=values["name"]
                )
            )
        found = fitting[0] if len(fitting) == 1 else None
    if found and not people.is_reachable(found):
        finding.problem(gettext("This person works outside your part. Ask the programme manager to move them."))
        found = None
    finding.subject = found
    finding.is_new = found is None


def _refuse_twice(findings: list[Finding]) -> None:
    seen: dict[object, int] = {}
    for finding in findings:
        if finding.reasons:
            continue
        values, place = finding.facts["values"], finding.facts["place"]
        key: object = finding.subject.pk if finding.subject else None
        key = key or finding.says("uid") or values.get("code")
        key = key or (names.bare(values["name"]), values.get("phone"), place.pk if place else None)
        if key in seen:
            finding.problem(
                gettext("The same person stands in row {row}. Remove one, or give each a staff number.").format(
                    row=seen[key]
                )
            )
        seen.setdefault(key, finding.number)


def _compare(finding: Finding, people: People) -> None:
    person = finding.subject
    if not isinstance(person, Person):
        return
    for key, value in finding.facts["values"].items():
        if key == "languages":
            finding.differs(key, ", ".join(person.languages), ", ".join(value))
        else:
            finding.differs(key, getattr(person, key), value)
    post, place = people.post_of(person), finding.facts["place"]
    finding.facts["post"] = post
    if place:
        is_moved = post is None or post.place_id != place.pk
        ended = bool(finding.facts["left"]) and post is None
        if is_moved and not (ended and _has_left(person, finding)):
            finding.differences["facility"] = (post.place.name if post else "", place.name)
    if post and finding.facts["started"] and not post.from_on and "facility" not in finding.differences:
        finding.differs("started", "", finding.facts["started"])
    if finding.facts["left"] and not (post is None and _has_left(person, finding)):
        finding.differs("left", post.to_on if post else "", finding.facts["left"])


def _has_left(person: Person, finding: Finding) -> bool:
    """Whether the post the row tells of is known to have ended that day."""
    return Post.objects.filter(person=person, place=finding.facts["place"], to_on=finding.facts["left"]).exists()
