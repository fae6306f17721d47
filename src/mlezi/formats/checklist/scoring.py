"""Reads a scoring sentence, as in "If 0-4 = Red; If 5-6 = Yellow; If 7-8 = Green", into points.

A colour is worth: green 1, yellow (or amber) one half, red 0; a number is worth itself. An item's points
are divided by the most its rule can give, so every item counts the same in its section's score.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

COLOURS = {
    "green": Fraction(1),
    "yellow": Fraction(1, 2),
    "amber": Fraction(1, 2),
    "orange": Fraction(1, 2),
    "red": Fraction(0),
}
YES, NO, NOT_APPLICABLE = "yes", "no", "na"
WORDS = {"y": YES, "yes": YES, "n": NO, "no": NO, "na": NOT_APPLICABLE, "n/a": NOT_APPLICABLE}
EMPTY = {"", "n/a", "na", "none", "-"}
PART = re.compile(r"^(?:if\s+)?(?P<when>.+?)\s*(?:=|:|→|->|\bthen\b|\bis\b)\s*(?P<worth>[\w.,/]+)\s*$", re.IGNORECASE)
RANGE = re.compile(r"^(?P<low>\d+)\s*(?:-|–|—|to)\s*(?P<high>\d+)$", re.IGNORECASE)
BOUND = re.compile(
    r"^(?P<sign><=|>=|≤|≥|<|>|=|at least|at most|less than|more than|up to)?\s*(?P<number>\d+)$", re.IGNORECASE
)
SIGNS = {"≤": "<=", "≥": ">=", "at least": ">=", "at most": "<=", "up to": "<=", "less than": "<", "more than": ">"}
FAR = 10**9


@dataclass(frozen=True)
class Band:
    """From `low` to `high`, both counted in, is worth so many points."""

    low: int
    high: int
    points: Fraction


@dataclass(frozen=True)
class Rule:
    """Points by answer word (`yes`, `no`, an option's code), or by number in bands."""

    words: tuple[tuple[str, Fraction], ...] = ()
    bands: tuple[Band, ...] = ()

    @property
    def most(self) -> Fraction:
        return max([points for _, points in self.words] + [band.points for band in self.bands], default=Fraction(1))

    def points(self, answer: str | int) -> Fraction | None:
        """The share of the full points that an answer earns, 0 to 1; None when the rule does not say."""
        if isinstance(answer, int):
            earned = next((band.points for band in self.bands if band.low <= answer <= band.high), None)
        else:
            earned = dict(self.words).get(answer)
        return None if earned is None else earned / (self.most or Fraction(1))

    @property
    def last(self) -> int:
        """The highest number the rule mentions; beyond it nothing changes."""
        return max((band.low if band.high == FAR else band.high for band in self.bands), default=0)

    def gaps(self, highest: int) -> list[int]:
        """Numbers from 0 to `highest` for which the rule says nothing."""
        return [number for number in range(highest + 1) if self.points(number) is None]

    def doubled(self) -> list[int]:
        """Numbers for which the rule says two things."""
        starts = sorted(self.bands, key=lambda band: band.low)
        return [later.low for first, later in zip(starts, starts[1:], strict=False) if later.low <= first.high]


YES_IS_GOOD = Rule(words=((NO, Fraction(0)), (YES, Fraction(1))))


class NotARule(ValueError):
    """A part of the sentence cannot be read. `part` is what it says."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def read(sentence: str) -> Rule | None:
    """The rule in a sentence; None when the cell is empty or says n/a. Raises `NotARule`."""
    if sentence.strip().lower() in EMPTY:
        return None
    words: list[tuple[str, Fraction]] = []
    bands: list[Band] = []
    for part in filter(
        None, (piece.strip() for piece in re.split(r"[;\n]|,\s*(?=if\b)", sentence, flags=re.IGNORECASE))
    ):
        found = PART.match(part)
        if not found:
            raise NotARule(part)
        points, when = _worth(found["worth"], part), " ".join(found["when"].lower().split())
        band = _band(when, points)
        if band:
            bands.append(band)
        elif re.fullmatch(r"[\w/ -]+", when):
            words.append((WORDS.get(when, when.replace(" ", "_")), points))
        else:
            raise NotARule(part)
    if not (words or bands):
        raise NotARule(sentence)
    return Rule(tuple(words), tuple(bands))


def _worth(text: str, part: str) -> Fraction:
    if text.lower() in COLOURS:
        return COLOURS[text.lower()]
    try:
        return Fraction(text.replace(",", "."))
    except (ValueError, ZeroDivisionError) as error:
        raise NotARule(part) from error


def _band(when: str, points: Fraction) -> Band | None:
    between = RANGE.match(when)
    if between:
        low, high = int(between["low"]), int(between["high"])
        return Band(min(low, high), max(low, high), points)
    bound = BOUND.match(when)
    if not bound:
        return None
    number, sign = int(bound["number"]), bound["sign"] or "="
    low, high = {
        "<": (0, number - 1),
        "<=": (0, number),
        ">": (number + 1, FAR),
        ">=": (number, FAR),
        "=": (number, number),
    }[SIGNS.get(sign, sign)]
    return Band(low, high, points)
