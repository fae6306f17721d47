"""Reads an ORCID record as its owner downloads it (JSON, schema 3.0): funded projects and works with a DOI.

Only what a public record says. A role or an amount that the summary does not hold stays unknown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


class NotOrcid(ValueError):
    """The bytes are no ORCID record; the message says what is missing."""


@dataclass(frozen=True)
class Entry:
    """`kind` is funding or work; `role` is led, joined or empty; years and amount None where not said."""

    kind: str
    title: str
    role: str = ""
    organisation: str = ""
    amount: str | None = None
    currency: str = ""
    from_year: int | None = None
    to_year: int | None = None
    doi: str = ""


def read(content: bytes) -> list[Entry]:
    """Everything funded and every work, once each, in the record's order. Raises `NotOrcid`."""
    try:
        record = json.loads(content)
    except (ValueError, UnicodeDecodeError) as trouble:
        raise NotOrcid("it is not JSON") from trouble
    activities = record.get("activities-summary") if isinstance(record, dict) else None
    if not isinstance(activities, dict):
        raise NotOrcid("it has no activities-summary")
    try:
        found = [*_fundings(activities), *_works(activities)]
    except (AttributeError, TypeError, KeyError) as trouble:
        raise NotOrcid("its fundings or works are not as ORCID writes them") from trouble
    return list({(entry.kind, entry.title): entry for entry in reversed(found)}.values())[::-1]


def _groups(activities: Mapping[str, Any], kind: str, summary: str) -> Iterator[Mapping[str, Any]]:
    """The first summary of each group: a group holds the same thing as told by several sources."""
    for group in (activities.get(kind) or {}).get("group") or []:
        found = group.get(summary) or group.get(summary.removesuffix("-summary")) or []
        if found:
            yield found[0]


def _fundings(activities: Mapping[str, Any]) -> Iterator[Entry]:
    for one in _groups(activities, "fundings", "funding-summary"):
        title = _title(one)
        if title:
            amount = one.get("amount") or {}
            yield Entry(
                "funding",
                title,
                role=_role(one),
                organisation=str((one.get("organization") or {}).get("name") or ""),
                amount=str(amount["value"]) if amount.get("value") else None,
                currency=str(amount.get("currency-code") or ""),
                from_year=_year(one.get("start-date")),
                to_year=_year(one.get("end-date")),
                doi=_doi(one),
            )


def _works(activities: Mapping[str, Any]) -> Iterator[Entry]:
    for one in _groups(activities, "works", "work-summary"):
        title, doi = _title(one), _doi(one)
        if title and doi:
            year = _year(one.get("publication-date"))
            journal = (one.get("journal-title") or {}).get("value") or ""
            yield Entry("work", title, organisation=str(journal), from_year=year, to_year=year, doi=doi)


def _title(one: Mapping[str, Any]) -> str:
    title = (one.get("title") or {}).get("title") or {}
    return str(title.get("value") or "").strip()


def _year(day: Mapping[str, Any] | None) -> int | None:
    text = str(((day or {}).get("year") or {}).get("value") or "")
    return int(text) if text.isdigit() else None


def _doi(one: Mapping[str, Any]) -> str:
    for found in (one.get("external-ids") or {}).get("external-id") or []:
        if found.get("external-id-type") == "doi":
            return str(found.get("external-id-value") or "").removeprefix("https://doi.org/")
    return ""


def _role(one: Mapping[str, Any]) -> str:
    """Whether the record's owner led it, where a contributor's role says so."""
    contributors = (one.get("contributors") or {}).get("contributor") or []
    roles = {str((c.get("contributor-attributes") or {}).get("contributor-role") or "").lower() for c in contributors}
    if "lead" in roles:
        return "led"
    return "joined" if roles & {"co-lead", "co_lead", "supported-by", "other-contribution"} else ""
