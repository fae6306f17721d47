"""Columns of a list of places about taking part in the programme."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from mlezi.audit.imports import kinds, parsing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.imports.kinds import Column, Context
from mlezi.places.models import Place
from mlezi.programmes.models import Site

COLUMNS = (
    Column("takes_part", _("Takes part"), _("yes or no, whether the programme works there."), ("site", "inashiriki")),
    Column("joined", _("Takes part since"), also=("joined_on", "site_since")),
    Column("volume", _("Clients a month"), _("Empty is not zero."), ("clients_a_month", "monthly_clients")),
)


def columns(context: Context) -> Sequence[Column]:
    return COLUMNS if context.programme else ()


def judge(findings: list[Finding], context: Context) -> None:
    if context.programme is None:
        return
    sites = {site.place_id: site for site in Site.objects.filter(programme=context.programme, to_on=None)}
    for finding in findings:
        wanted = parsing.yes(finding, "takes_part")
        if wanted is None:
            wanted = bool(context.options.get("takes_part"))
        joined = parsing.day(finding, "joined") or context.programme.starts_on or context.today
        volume = parsing.whole(finding, "volume")
        site = sites.get(finding.subject.pk) if finding.subject else None
        finding.facts["site"] = site
        finding.facts["joins"] = (joined, volume) if wanted and site is None else None
        finding.facts["volume"] = volume
        if finding.subject and wanted and site is None:
            finding.differences["takes_part"] = ("", "yes")
        elif site and volume is not None:
            finding.differs("volume", site.volume, volume)


def write(findings: list[Finding], context: Context) -> None:
    for finding in findings:
        joins, site = finding.facts.get("joins"), finding.facts.get("site")
        if joins:
            assert isinstance(finding.subject, Place)
            finding.make(Site(programme=context.programme, place=finding.subject, from_on=joins[0], volume=joins[1]))
        elif site and "volume" in finding.differences:
            finding.change(site, volume=finding.facts["volume"])


PART = kinds.Part(columns, judge, write)
