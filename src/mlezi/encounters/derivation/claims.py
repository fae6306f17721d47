"""What each source says about a field of an encounter, who prevails, and where they differ. Pure.

Precedence is declared: the order of the type's forms. Between records of one form the smaller root id
prevails, which is the same whatever arrived first. A human decision prevails over all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from mlezi.formats.facts import Fact
from mlezi.instruments.derivation.unit import Source

T = TypeVar("T")
LAST = 99  # the rank of a form that the type does not list


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """One source's word on one field. `text` is how it is shown and compared."""

    rank: int
    source: Source
    fact: Fact | None
    value: T
    text: str


@dataclass(slots=True)
class Field(Generic[T]):
    """All that was said of a field, strongest first, and what holds."""

    name: str
    said: list[Said[T]] = field(default_factory=list)
    value: T | None = None

    @property
    def differs(self) -> bool:
        return len({one.text for one in self.said}) > 1

    def settle(self, decided: T | None = None) -> T | None:
        """A person's decision, else the strongest word."""
        self.value = decided if decided is not None else (self.said[0].value if self.said else None)
        return self.value


def gather(
    name: str,
    sources: Iterable[tuple[int, Source]],
    terms: tuple[str, ...],
    read: Callable[[Source, Fact], T | None],
    show: Callable[[T], str] = str,
) -> Field[T]:
    """Collect what the ranked sources say under `terms`. `read` gives None for what breaks a rule."""
    found: Field[T] = Field(name)
    for rank, source in sources:
        for fact in source.facts.having(*terms):
            value = read(source, fact)
            if value is not None:
                found.said.append(Said(rank, source, fact, value, show(value)))
                break
    return found


def ranked(sources: Iterable[Source], forms: Mapping[str, int]) -> list[tuple[int, Source]]:
    """Sources with their rank, strongest first."""
    pairs = [(forms.get(source.form_id, LAST), source) for source in sources]
    return sorted(pairs, key=lambda pair: (pair[0], pair[1].form_id, pair[1].root_id))


def any_value(decisions: Mapping[str, str], name: str, read: Callable[[str], Any]) -> Any:
    """A decision's text as a value; None when nobody decided or it cannot be read."""
    text = decisions.get(name)
    return None if text is None or text == "" else read(text)
