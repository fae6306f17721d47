"""What a snapshot holds, dataset by dataset, and what becomes of every column that could tell who somebody is.

Only what is named here is frozen. Persons, places and encounters get keys that hold for one snapshot; days
are rounded as the plan says; values held by too few become `OTHER`. Free text is never frozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

OTHER = "(few)"  # what a value that too few people share becomes
NONE = ""


@dataclass(frozen=True)
class Frozen:
    """One frozen dataset: `keep` as they are, `days` rounded, `rare` hidden where too few share a value.

    With `about_people` only rows of eligible participants are kept, under their key.
    """

    keep: tuple[str, ...]
    days: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()
    about_people: bool = True
    encounter: bool = False
    by_site: bool = True
    month: str = ""  # the day by which large datasets are kept in one file a month
    closed: bool = False  # only answers to questions with choices or numbers: words could name somebody
    period: str = ""  # the day that must lie in the study's period


FROZEN: Mapping[str, Frozen] = {
    "responses": Frozen(
        keep=("instrument", "wave", "occasion", "question", "choice", "number"),
        days=("answered_on",),
        month="answered_on",
        closed=True,
        period="answered_on",
    ),
    "scores": Frozen(
        keep=("instrument", "wave", "occasion", "scale", "score", "n_items", "n_answered", "band"),
        days=("answered_on",),
        month="answered_on",
        period="answered_on",
    ),
    "invitations": Frozen(
        keep=("instrument", "wave", "occasion", "channel", "is_answered"),
        days=("due_on", "asked_on", "answered_on"),
        month="asked_on",
        period="asked_on",
    ),
    "outcomes": Frozen(
        keep=("kind", "value", "unit"),
        rare=("label",),
        days=("on_day",),
        by_site=False,
        month="on_day",
        period="on_day",
    ),
    "spells": Frozen(keep=(), rare=("reason",), days=("from_on", "to_on")),
    "attendances": Frozen(
        keep=("type", "mode", "is_present", "is_held", "minutes"),
        days=("held_on",),
        encounter=True,
        month="held_on",
        period="held_on",
    ),
    "ratings": Frozen(
        keep=("competency", "topic", "level", "pass_level", "basis", "is_own"),
        days=("rated_on",),
        encounter=False,
        month="rated_on",
        period="rated_on",
    ),
    "themes": Frozen(
        keep=("codebook", "theme", "wave", "side", "title"), days=("held_on",), by_site=False, period="held_on"
    ),
    "planned": Frozen(
        keep=("type", "mode", "planned_minutes"),
        days=("planned_on", "cancelled_on"),
        about_people=False,
        period="planned_on",
    ),
    "site_figures": Frozen(keep=("measure", "value", "month"), about_people=False, period="month"),
    "sites": Frozen(keep=("volume",), days=("from_on", "to_on"), about_people=False),
}

RAW_ONLY = ("memberships", "posts", "pairings")  # read to say who takes part, never frozen as they are
