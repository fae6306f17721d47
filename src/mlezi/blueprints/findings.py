"""What `check` finds: where it stands, what is wrong, what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from difflib import get_close_matches

MISTAKE = "mistake"  # must be mended before `apply`
ADVICE = "advice"  # works, but a person would want to know


@dataclass(frozen=True, order=True)
class Finding:
    file: str
    line: int
    where: str
    message: str
    remedy: str = ""
    weight: str = MISTAKE

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" + (f" ({self.where})" if self.where else "")
        return f"{place}: {self.message}" + (f" {self.remedy}" if self.remedy else "")

    def as_facts(self) -> dict[str, object]:
        return asdict(self)


def nearest(word: str, known: Iterable[str]) -> str:
    """ "Did you mean …?", or what there is to choose from."""
    names = sorted(set(known))
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]}?"
    if not names:
        return ""
    listed = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return f"There is: {listed}."
