"""A list of funded projects and works: whose, what, in which role, how much, from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.audit.imports import kinds, parsing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Column, Context
from mlezi.matching.models import RecordEntry
from mlezi.people.importing.lookup import People

COLUMNS = (
    Column("person", _("Person"), _("Name or staff number."), ("name", "mentor", "mlezi"), required=True),
    Column("title", _("Title"), also=("project", "mradi"), required=True),
    Column("kind", _("Kind"), _("funding or work; empty is funding.")),
    Column("role", _("Role"), _("led or joined.")),
    Column("organisation", _("Funder or journal"), also=("funder", "mfadhili")),
    Column("amount", _("Amount"), also=("kiasi",)),
    Column("currency", _("Currency"), _("Three letters, as in TZS.")),
    Column("from_year", _("From year"), also=("start", "kuanzia")),
    Column("to_year", _("To year"), also=("end", "hadi")),
    Column("doi", _("DOI")),
)
KINDS, ROLES = ("funding", "work"), ("led", "joined")


def columns(context: Context) -> Sequence[Column]:
    return COLUMNS


def judge(findings: list[Finding], context: Context) -> None:
    people = People(context.scope, context.today)
    seen: dict[object, int] = {}
    for finding in findings:
        person, trouble = people.find(finding.says("person"))
        if trouble:
            finding.problem(trouble)
        kind = finding.says("kind").casefold() or "funding"
        role = finding.says("role").casefold()
        _one_of(finding, kind, KINDS)
        if role:
            _one_of(finding, role, ROLES)
        values = {
            "kind": kind, "role": role, "organisation": finding.says("organisation")[:300], "amount": _amount(finding),
            "currency": finding.says("currency").upper()[:3], "from_year": _year(finding, "from_year"),
            "to_year": _year(finding, "to_year"), "doi": finding.says("doi").removeprefix("https://doi.org/")[:200],
        }  # fmt: skip
        if finding.reasons or person is None:
            continue
        key = (person.pk, kind, finding.says("title").casefold())
        if key in seen:
            finding.problem(gettext("The same entry stands in row {row}. Remove one.").format(row=seen[key]))
            continue
        seen[key] = finding.number
        finding.facts["entry"] = (person, values)
        held = RecordEntry.objects.filter(person=person, kind=kind, title=finding.says("title")[:500]).first()
        finding.subject, finding.is_new = held, held is None
        if held:
            for name, value in values.items():
                finding.differs(name, getattr(held, name), value)


def _one_of(finding: Finding, word: str, known: Sequence[str]) -> None:
    if word not in known:
        finding.problem(
            gettext("“{word}” is not known here. Write one of: {known}.").format(word=word, known=", ".join(known))
        )


def _amount(finding: Finding) -> Decimal | None:
    amount = parsing.decimal(finding, "amount", lowest=0, highest=1e12)
    return None if amount is None else Decimal(str(amount)).quantize(Decimal("0.01"))


def _year(finding: Finding, column: str) -> int | None:
    return parsing.whole(finding, column, highest=2100)


def write(findings: list[Finding], context: Context) -> None:
    for finding in findings:
        person, values = finding.facts["entry"]
        if isinstance(finding.subject, RecordEntry):
            finding.change(finding.subject, **{name: value for name, value in values.items() if value})
            continue
        finding.subject = RecordEntry(
            person=person, title=finding.says("title")[:500], source="file", added_at=context.at, **values
        )
        finding.make(finding.subject)


PART = kinds.Part(columns, judge, write)
