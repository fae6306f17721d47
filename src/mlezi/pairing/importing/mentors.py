"""The mentor column of a list of people. The mentor may stand in the same file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.audit.imports import kinds, parsing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Column, Context
from mlezi.pairing.models import Pairing
from mlezi.people.importing.lookup import People
from mlezi.people.models import Person
from mlezi.places import names

COLUMNS = (
    Column("mentor", _("Mentor"), _("Name, or staff number where names repeat."), ("mentor_code", "mentor_name")),
    Column("mentored", _("Mentored since"), also=("mentored_since", "paired", "paired_on")),
)


def columns(context: Context) -> Sequence[Column]:
    return COLUMNS if context.programme else ()


def judge(findings: list[Finding], context: Context) -> None:
    if context.programme is None or not any(finding.says("mentor") for finding in findings):
        return
    people = People(context.scope, context.today)
    in_file = _in_file(findings)
    held = set(
        Pairing.objects.filter(programme=context.programme, to_on=None, kind=Pairing.Kind.MENTOR).values_list(
            "guide", "learner"
        )
    )
    for finding in findings:
        if not finding.says("mentor"):
            continue
        mentored = parsing.day(finding, "mentored")
        guide, trouble = _guide(finding, people, in_file)
        if trouble:
            finding.problem(trouble)
            continue
        is_held = isinstance(guide, Person) and finding.subject and (guide.pk, finding.subject.pk) in held
        if guide is finding or (isinstance(guide, Person) and finding.subject and guide.pk == finding.subject.pk):
            finding.problem(gettext("Nobody is their own mentor."))
        elif not is_held:
            finding.facts["pairs"] = (guide, mentored or context.today)
            if finding.subject:
                finding.differences["mentor"] = ("", finding.says("mentor"))
    for finding in findings:
        guide = finding.facts.get("pairs", (None,))[0]
        if isinstance(guide, Finding) and guide.reasons:
            finding.problem(gettext("The mentor stands in row {row}, which has a problem.").format(row=guide.number))


def _in_file(findings: list[Finding]) -> dict[str, list[Finding]]:
    """New people of the same file, by staff number, identifier and name."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.is_new and not finding.reasons:
            for sign in {finding.says("code").casefold(), finding.says("uid"), names.bare(finding.says("name"))} - {""}:
                found[sign].append(finding)
    return found


def _guide(finding: Finding, people: People, in_file: dict[str, list[Finding]]) -> tuple[Person | Finding | None, str]:
    text = finding.says("mentor")
    person, trouble = people.find(text)
    fresh = in_file.get(text.casefold()) or in_file.get(names.bare(text)) or []
    if person is None and len(fresh) == 1:
        return fresh[0], ""
    return person, trouble


def write(findings: list[Finding], context: Context) -> None:
    for finding in findings:
        if "pairs" not in finding.facts:
            continue
        guide, on = finding.facts["pairs"]
        guide = guide.subject if isinstance(guide, Finding) else guide
        assert isinstance(guide, Person)
        assert isinstance(finding.subject, Person)
        finding.make(Pairing(programme=context.programme, guide=guide, learner=finding.subject, from_on=on))


PART = kinds.Part(columns, judge, write)
