"""The flow of a review of the literature, from the records found to the studies included (PRISMA 2020).

Every box is counted from what became of each record, so no box is ever typed; and the boxes that somebody else printed
are held against the identities between them. The boxes are named as `PRISMA2020` (R, MIT) names them. Source: Page et
al. 2021, BMJ 372:n71. One record stands for one report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Column = Literal["dbr", "other"]  # found in databases and registers, or in any other way

SOURCES: dict[str, tuple[Column, str]] = {
    "database": ("dbr", "database_results"),
    "register": ("dbr", "register_results"),
    "website": ("other", "website_results"),
    "organisation": ("other", "organisation_results"),
    "citation": ("other", "citations_results"),
}
# What became of a record last. Those found in other ways are sought at once: PRISMA has no screening for them.
SCREENING = {
    "duplicate": "duplicates",
    "automatic": "excluded_automatic",
    "removed": "excluded_other",
    "excluded": "records_excluded",
    "to_screen": "",
}
STATES = (*SCREENING, "to_retrieve", "not_retrieved", "to_assess", "ineligible", "included")
OPTIONAL = (
    "previous_studies", "previous_reports", "register_results", "website_results", "organisation_results",
    "citations_results", "duplicates", "excluded_automatic", "excluded_other", "other_sought_reports",
    "other_notretrieved_reports", "other_assessed", "total_studies", "total_reports",
)  # fmt: skip
BOXES = (
    "previous_studies", "previous_reports", "database_results", "register_results", "website_results",
    "organisation_results", "citations_results", "duplicates", "excluded_automatic", "excluded_other",
    "records_screened", "records_excluded", "dbr_sought_reports", "dbr_notretrieved_reports", "dbr_assessed",
    "other_sought_reports", "other_notretrieved_reports", "other_assessed", "new_studies", "new_reports",
    "total_studies", "total_reports",
)  # fmt: skip


class BadRecord(ValueError):
    """A record that cannot be in a flow. `place` counts records from 1; `code` says why."""

    def __init__(self, place: int, code: str, value: str = "") -> None:
        super().__init__(f"record {place}: {code} {value}".rstrip())
        self.place, self.code, self.value = place, code, value


@dataclass(frozen=True)
class Record:
    """One record found. `reason` why it is ineligible; `study` joins the reports of one study."""

    source: str
    state: str
    reason: str = ""
    study: str = ""


@dataclass(frozen=True)
class Flow:
    """The count of each box, the reasons of those found ineligible, and how many wait (`screening`, `dbr`, `other`)."""

    boxes: Mapping[str, int]
    reasons: Mapping[Column, Mapping[str, int]]
    waiting: Mapping[str, int] = field(default_factory=dict)

    def ineligible(self, column: Column) -> int:
        return sum(self.reasons.get(column, {}).values())


@dataclass(frozen=True)
class Broken:
    """Boxes that do not add up: `box` holds `found` and would be `due` (or, with `at_most`, no more than that)."""

    box: str
    found: int
    due: int
    at_most: bool = False


def flow(records: Iterable[Record], *, previous_studies: int = 0, previous_reports: int = 0) -> Flow:
    """Every box from the states of the records. Raises BadRecord for one that cannot be counted."""
    boxes = Counter({"previous_studies": previous_studies, "previous_reports": previous_reports})
    reasons: dict[Column, Counter[str]] = {"dbr": Counter(), "other": Counter()}
    waiting: Counter[str] = Counter()
    studies: set[str] = set()
    for place, record in enumerate(records, start=1):
        column = _checked(place, record)
        boxes[SOURCES[record.source][1]] += 1
        if record.state in SCREENING:
            box = SCREENING[record.state]
            boxes[box or "to_screen"] += 1
            boxes["records_screened"] += box == "records_excluded"
            waiting["screening"] += not box
            continue
        boxes["records_screened"] += column == "dbr"
        boxes[f"{column}_sought_reports"] += 1
        boxes[f"{column}_notretrieved_reports"] += record.state == "not_retrieved"
        waiting[column] += record.state in ("to_retrieve", "to_assess")
        boxes[f"{column}_assessed"] += record.state in ("ineligible", "included")
        if record.state == "ineligible":
            reasons[column][record.reason] += 1
        elif record.state == "included":
            boxes["new_reports"] += 1
            studies.add(record.study or f"record {place}")
    boxes["new_studies"] = len(studies)
    boxes["total_studies"] = previous_studies + len(studies)
    boxes["total_reports"] = previous_reports + boxes["new_reports"]
    return Flow({box: boxes[box] for box in BOXES}, reasons, dict(waiting))


def _checked(place: int, record: Record) -> Column:
    if record.source not in SOURCES:
        raise BadRecord(place, "unknown_source", record.source)
    if record.state not in STATES:
        raise BadRecord(place, "unknown_state", record.state)
    column = SOURCES[record.source][0]
    if column == "other" and record.state in SCREENING:
        raise BadRecord(place, "not_screened", record.source)
    if record.state == "ineligible" and not record.reason:
        raise BadRecord(place, "no_reason")
    return column


def broken(given: Flow) -> tuple[Broken, ...]:
    """The identities between boxes that do not hold, from top to bottom; nothing where all add up.

    Raises KeyError for a box that every flow must have.
    """
    box = {name: given.boxes.get(name, 0) if name in OPTIONAL else given.boxes[name] for name in BOXES}
    waits = Counter(given.waiting)
    removed = box["duplicates"] + box["excluded_automatic"] + box["excluded_other"]
    others = box["website_results"] + box["organisation_results"] + box["citations_results"]
    eligible = sum(box[f"{column}_assessed"] - given.ineligible(column) for column in ("dbr", "other"))
    due = {
        "records_screened": box["database_results"] + box["register_results"] - removed - waits["screening"],
        "dbr_sought_reports": box["records_screened"] - box["records_excluded"],
        "dbr_assessed": box["dbr_sought_reports"] - box["dbr_notretrieved_reports"] - waits["dbr"],
        "other_assessed": box["other_sought_reports"] - box["other_notretrieved_reports"] - waits["other"],
        "new_reports": eligible,
        "total_studies": box["previous_studies"] + box["new_studies"],
        "total_reports": box["previous_reports"] + box["new_reports"],
    }
    for total in ("total_studies", "total_reports"):
        if total not in given.boxes:
            del due[total]
    most = {"other_sought_reports": others, "new_studies": box["new_reports"], "total_studies": box["total_reports"]}
    unequal = [Broken(name, box[name], value) for name, value in due.items() if box[name] != value]
    beyond = [Broken(name, box[name], value, at_most=True) for name, value in most.items() if box[name] > value]
    return tuple(sorted(unequal + beyond, key=lambda one: BOXES.index(one.box)))
