"""What an indicator is. Each stands in one file of `indicators/`; pages, reports and the reference read this.

An indicator is a function to *rows*: one row for each unit of its denominator, with what counts about it.
Value, n, N, breakdown and the records behind all come from those same rows, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mlezi.evaluation.ask import Ask

Rows = Callable[[Mapping[str, Any], Ask], Any]


class Measure(StrEnum):
    """What is made of the rows."""

    SHARE = "share"  # rows say `met`: yes, no or missing; value n / N with Wilson's interval
    COUNT = "count"  # the same rows; the headline is n
    SPREAD = "spread"  # rows say `amount`; median, quartiles, total
    RATIO = "ratio"  # rows say `amount` and `of`; value is sum over sum


class Unit(StrEnum):
    """What one row stands for: what `record` identifies and a click opens."""

    PLACE = "facility"
    PERSON = "person"
    ENCOUNTER = "encounter"
    PLANNED = "planned encounter"
    PLACE_TOPIC = "topic at a facility"
    RATING = "rating"
    NEED = "need"
    ACTION = "agreed action"
    CHECK = "sample check"
    DEVICE = "phone"


class When(StrEnum):
    """What a question must be like for a rollup to answer it."""

    WHOLE_MONTHS = "whole months"
    MANY_DISTRICTS = "of many districts"
    EVERYWHERE = "of all places there are"
    LATEST = "nothing was rated on a later day"
    MONTH_END = "the period ends with a month"
    DISTRICTS = "of whole districts, and a whole month lies in the period"


@dataclass(frozen=True)
class Quick:
    """Rows from rollups that give the same figure.

    They may be sums: `n`, `of`, `asked` in place of `met`; `times` says how often an `amount` occurs.
    `but`: breakdowns they do not tell.
    """

    rows: Rows
    when: When
    but: tuple[str, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """One figure, defined once. Sentences are in English here; pages translate them."""

    code: str
    title: str
    question: str  # what it answers
    measure: Measure
    unit: Unit
    in_units: str  # "%", "hours", "days", "visits" …
    numerator: str
    denominator: str
    missing: str  # the rule for missing
    rows: Rows
    breakdowns: tuple[str, ...]
    about_people: bool = False  # its groups are groups of people: small ones are hidden
    better: str = "higher"  # or "lower", or "neither"
    quick: tuple[Quick, ...] = ()  # the same from rollups, where they hold what is asked; the first that does
    splits: bool = True  # the rows of a country are those of its districts; false where one is chosen within a scope
    is_kept: bool = True  # its answers may be kept; false where what it reads changes without an event
    adds_up: bool = False  # the sum of its amounts means something; of people it would give hidden groups away
    as_at_end: bool = False  # it tells of the period's last day, not of the whole period


BREAKDOWNS: Mapping[str, str] = {  # name → column of the rows
    "region": "region_id",
    "district": "district_id",
    "facility": "place_id",
    "cadre": "cadre",
    "topic": "topic",
    "mode": "mode",
    "kind": "kind",
    "item": "item",
    "part": "part",
}
ABOVE = ("district", "region")  # breakdowns that follow from the place
