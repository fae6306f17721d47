"""A number as a text prints it: with so many decimals, so it stands for a small range of true values."""

from __future__ import annotations

import re
from dataclasses import dataclass

# 1,234 or 1 234 is a whole number; 65.7, 65,7 and 65·7 have one decimal; .8 as psychologists print it.
NUMBER = r"(?:\d{1,3}(?:[,\u00a0\u2009\u202f ]\d{3})+(?![\d.,]\d)|\d+(?:[.,\u00b7]\d+)?|(?<![\d.,])\.\d+)"
_THOUSANDS = re.compile(r"\d{1,3}(?:[,\u00a0\u2009\u202f ]\d{3})+")
SLACK = 1e-9  # of binary fractions


@dataclass(frozen=True)
class Printed:
    """`text` as it stands, its value, and how many decimals were printed."""

    text: str
    value: float
    decimals: int

    @classmethod
    def of(cls, text: str, *, is_count: bool = False) -> Printed:
        """Read `text`. As a count, 1,234 is a thousand and more; as a measure, 4,25 is four and a quarter."""
        if _THOUSANDS.fullmatch(text) and (is_count or "," not in text or not text.startswith("0")):
            return cls(text, float(re.sub(r"\D", "", text)), 0)
        plain = re.sub(r"[,\u00b7]", ".", text)
        return cls(text, float(plain), len(plain.partition(".")[2]))

    @property
    def half(self) -> float:
        """Half a unit of the last printed decimal."""
        return float(0.5 * 10.0**-self.decimals)

    @property
    def low(self) -> float:
        return self.value - self.half

    @property
    def high(self) -> float:
        return self.value + self.half

    def fits(self, true: float) -> bool:
        """Whether `true`, rounded to as many decimals, can be printed so (a half goes either way)."""
        return abs(true - self.value) <= self.half + SLACK

    def is_cut(self, true: float) -> bool:
        """Whether `true` gives this when its further decimals are cut off instead of rounded."""
        return self.value - SLACK <= true < self.value + 2 * self.half and not self.fits(true)

    def as_printed(self, true: float) -> str:
        """`true` with as many decimals as this one has."""
        return f"{true:.{self.decimals}f}"
