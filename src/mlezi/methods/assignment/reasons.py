"""A reason is one plain sentence about a pair, with the facts it is made of.

The code and the facts let a page say it in another language; `str()` gives the English sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reason:
    code: str
    text: str
    points: int = 0
    of: int = 0
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.facts)
