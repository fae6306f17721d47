"""Columns of a list of people about taking part. An ended enrolment is not begun again unless the row says when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.audit.imports import kinds, parsing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Column, Context
from mlezi.people.models import Person
from mlezi.programmes.actions.enrolments import role_to_come
from mlezi.programmes.models import Cohort, Enrolment

COLUMNS = (
    Column(
        "part",
        _("Takes part as"),
        _("mentee, mentor, or registered: asked and compared, not mentored."),
        ("takes_part_as", "role", "nafasi"),
    ),
    Column("enrolled", _("Takes part since"), also=("enrolled_on", "joined", "joined_on")),
    Column("cohort", _("Cohort"), _("Its code."), ("group", "kundi")),
)
WORDS = {
    "mentee": "mentee",
    "mentor": "mentor",
    "mlezi": "mentor",
    "mlelewa": "mentee",
    "registered": "registered",
    "register": "registered",
}


def columns(context: Context) -> Sequence[Column]:
    return COLUMNS if context.programme else ()


def judge(findings: list[Finding], context: Context) -> None:
    if context.programme is None:
        return
    cohorts = {cohort.code.casefold(): cohort for cohort in Cohort.objects.filter(programme=context.programme)}
    known: dict[int, list[Enrolment]] = defaultdict(list)
    for enrolment in Enrolment.objects.filter(programme=context.programme).order_by("from_on"):
        known[enrolment.person_id].append(enrolment)
    for finding in findings:
        part = finding.says("part").casefold() or str(context.options.get("part", ""))
        if not part:
            if finding.is_new and not finding.facts.get("place"):
                finding.problem(gettext("Say where the person works, or as what they take part."))
            continue
        if part not in WORDS:
            finding.problem(
                gettext("“{part}” is neither mentee, mentor nor registered.").format(part=finding.says("part"))
            )
            continue
        enrolled = parsing.day(finding, "enrolled")
        cohort = cohorts.get(finding.says("cohort").casefold())
        if finding.says("cohort") and cohort is None:
            finding.problem(gettext("There is no cohort “{code}”.").format(code=finding.says("cohort")))
        own = [one for one in known.get(finding.subject.pk, []) if one.part == WORDS[part]] if finding.subject else []
        is_running = any(one.to_on is None for one in own)
        is_told_again = enrolled is not None and all(one.to_on and one.to_on < enrolled for one in own)
        finding.facts["enrols"] = not is_running and (not own or is_told_again)
        finding.facts["enrolment"] = (WORDS[part], enrolled or context.today, cohort)
        if finding.facts["enrols"] and finding.subject:
            finding.differences["part"] = ("", WORDS[part])


def write(findings: list[Finding], context: Context) -> None:
    for finding in findings:
        if not finding.facts.get("enrols"):
            continue
        part, on, cohort = finding.facts["enrolment"]
        person = finding.subject
        assert isinstance(person, Person)
        finding.make(Enrolment(programme=context.programme, person=person, part=part, from_on=on, cohort=cohort))
        if role := role_to_come(person, context.programme, part, on):
            finding.make(role)


PART = kinds.Part(columns, judge, write)
