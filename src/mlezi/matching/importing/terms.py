"""What a list of people says for matching: the line manager, how many mentees at most, when somebody was oriented."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.audit.imports import kinds, parsing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Column, Context
from mlezi.matching.models import Profile, Terms
from mlezi.people.importing.lookup import People
from mlezi.people.models import Person
from mlezi.places import names

COLUMNS = (
    Column(
        "line_manager", _("Line manager"), _("Name or staff number; never proposed as mentor."), ("manager", "meneja")
    ),
    Column("most_mentees", _("Mentees at most"), _("How many a mentor takes here."), ("capacity", "max_mentees")),
    Column("oriented", _("Oriented on"), _("When a mentor was oriented."), ("oriented_on", "orientation")),
)
KEYS = tuple(column.key for column in COLUMNS)


def columns(context: Context) -> Sequence[Column]:
    return COLUMNS if context.programme else ()


def judge(findings: list[Finding], context: Context) -> None:
    told = [finding for finding in findings if any(map(finding.says, KEYS))]
    if context.programme is None or not told:
        return
    people = People(context.scope, context.today)
    known = [finding.subject.pk for finding in told if isinstance(finding.subject, Person)]
    profiles = {row.person_id: row for row in Profile.objects.filter(person__in=known).select_related("line_manager")}
    terms = {row.person_id: row for row in Terms.objects.filter(person__in=known, programme=context.programme)}
    for finding in told:
        pk = finding.subject.pk if isinstance(finding.subject, Person) else 0
        _judge_one(finding, people, _fresh(findings), profiles.get(pk), terms.get(pk))


def _judge_one(
    finding: Finding, people: People, fresh: dict[str, Finding], profile: Profile | None, terms: Terms | None
) -> None:
    manager = _manager(finding, people, fresh)
    places = parsing.whole(finding, "most_mentees", highest=500)
    oriented = parsing.day(finding, "oriented")
    if finding.reasons:
        return
    finding.facts["for_matching"] = (manager, places, oriented)
    if finding.is_new:
        return
    finding.differs("line_manager", profile and profile.line_manager, manager and finding.says("line_manager"))
    finding.differs("most_mentees", terms and terms.places, places)
    finding.differs("oriented", profile and profile.oriented_on, oriented)


def _fresh(findings: list[Finding]) -> dict[str, Finding]:
    """New people of the same file, by staff number and name."""
    return {
        sign: finding
        for finding in findings
        if finding.is_new
        for sign in (finding.says("code").casefold(), names.bare(finding.says("name")))
        if sign
    }


def _manager(finding: Finding, people: People, fresh: dict[str, Finding]) -> Person | Finding | None:
    text = finding.says("line_manager")
    if not text:
        return None
    person, trouble = people.find(text)
    found = person or fresh.get(text.casefold()) or fresh.get(names.bare(text))
    if found is finding or (person and finding.subject and person.pk == finding.subject.pk):
        finding.problem(gettext("Nobody is their own line manager."))
    elif found is None:
        finding.problem(trouble)
    return found


def write(findings: list[Finding], context: Context) -> None:
    """Runs when all people of the file are there, so that a line manager may stand below."""
    for finding in findings:
        if "for_matching" not in finding.facts:
            continue
        manager, places, oriented = finding.facts["for_matching"]
        manager = manager.subject if isinstance(manager, Finding) else manager
        given = {"line_manager": manager, "oriented_on": oriented}
        _keep(finding, Profile, {"person": finding.subject}, given, context)
        _keep(finding, Terms, {"person": finding.subject, "programme": context.programme}, {"places": places}, context)


def _keep(
    finding: Finding, model: type[Profile] | type[Terms], key: dict[str, Any], given: dict[str, Any], context: Context
) -> None:
    """An empty cell never erases what stands."""
    values = {name: value for name, value in given.items() if value is not None}
    if not values:
        return
    held = model._default_manager.filter(**key).first()
    if held:
        finding.change(held, **values, changed_at=context.at)
    else:
        finding.make(model(**key, **values, changed_at=context.at))


PART = kinds.Part(columns, judge, write)
