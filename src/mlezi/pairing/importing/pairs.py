"""A list of pairs: who supports whom, since when, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.audit.imports import kinds, parsing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Column, Context
from mlezi.pairing.models import Pairing
from mlezi.people.importing.lookup import People
from mlezi.people.models import Person

COLUMNS = (
    Column("mentor", _("Mentor"), _("Name or staff number."), ("guide", "coach", "mlezi"), required=True),
    Column("mentee", _("Mentee"), _("Name or staff number."), ("learner", "coachee", "mlelewa"), required=True),
    Column("kind", _("Kind"), _("mentor, coach, sponsor, peer or preceptor; empty is mentor."), ("aina",)),
    Column("since", _("Since"), also=("from", "from_on", "tangu")),
    Column("until", _("Until"), _("The last day; empty while it runs."), ("to", "to_on", "hadi")),
    Column("reason", _("Why it ended"), also=("sababu",)),
)


def columns(context: Context) -> Sequence[Column]:
    return COLUMNS


def judge(findings: list[Finding], context: Context) -> None:
    people = People(context.scope, context.today)
    seen: dict[object, int] = {}
    for finding in findings:
        ends = _read_ends(finding, people)
        kind = finding.says("kind").casefold() or Pairing.Kind.MENTOR
        if kind not in Pairing.Kind.values:
            finding.problem(
                gettext("“{kind}” is no kind of pair. Write one of: {kinds}.").format(
                    kind=kind, kinds=", ".join(Pairing.Kind.values)
                )
            )
        since, until = parsing.day(finding, "since"), parsing.day(finding, "until")
        if since and until and until < since:
            finding.problem(gettext("The last day is before the first. Correct one of the two."))
        if finding.reasons:
            continue
        key = (*(person.pk for person in ends), kind, since)
        if key in seen:
            finding.problem(gettext("The same pair stands in row {row}. Remove one.").format(row=seen[key]))
            continue
        seen[key] = finding.number
        finding.facts["pair"] = (ends, kind, since or context.today, until)
        _find_subject(finding, since, context)


def _read_ends(finding: Finding, people: People) -> list[Person]:
    found = []
    for key in ("mentor", "mentee"):
        person, trouble = people.find(finding.says(key))
        if trouble:
            finding.problem(trouble)
        if person:
            found.append(person)
    if len(found) == 2 and found[0] == found[1]:
        finding.problem(gettext("Nobody supports themselves. Name two people."))
    return found


def _find_subject(finding: Finding, since: date | None, context: Context) -> None:
    """The pair that runs, or the one that began that day; a new one otherwise."""
    (guide, learner), kind, _since, until = finding.facts["pair"]
    held = Pairing.objects.filter(programme=context.programme, guide=guide, learner=learner, kind=kind)
    pair = held.filter(to_on=None).first() or (held.filter(from_on=since).first() if since else None)
    finding.subject, finding.is_new = pair, pair is None
    if pair:
        finding.differs("until", pair.to_on, until)
        finding.differs("reason", pair.reason, finding.says("reason"))


def write(findings: list[Finding], context: Context) -> None:
    for finding in findings:
        (guide, learner), kind, since, until = finding.facts["pair"]
        if isinstance(finding.subject, Pairing):
            values = {"to_on": until} if until else {}
            if finding.says("reason"):
                values["reason"] = finding.says("reason")[:60]
            finding.change(finding.subject, **values)
            continue
        finding.subject = Pairing(
            programme=context.programme,
            guide=guide,
            learner=learner,
            kind=kind,
            from_on=since,
            to_on=until,
            reason=finding.says("reason")[:60],
        )
        finding.make(finding.subject)


PART = kinds.Part(columns, judge, write)
