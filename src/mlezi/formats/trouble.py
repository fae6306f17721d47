"""What is wrong with a file, said so that whoever made it can mend it: where, why, and what to do.

Sentences are templates with named facts, so that a page can show them in the reader's language:
it translates `reason` and `remedy` and then fills in `facts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


def gettext_noop(text: str) -> str:
    """Marks a sentence for translators. The ground floor itself speaks English."""
    return text


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong, or worth a look. Rows count as the spreadsheet does: the header is row 1."""

    code: str
    reason: str
    remedy: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    blocks: bool = False  # it must be mended first; otherwise it is a remark

    def say(self, translate: Callable[[str], str] = str) -> tuple[str, str, str]:
        """Where, reason and remedy as sentences; `translate` is given each template once."""
        return (
            self.where(translate),
            filled(translate(self.reason), self.facts),
            filled(translate(self.remedy), self.facts),
        )

    def where(self, translate: Callable[[str], str] = str) -> str:
        """As in "choices, row 6, column name"; empty when the whole file is meant."""
        parts = [self.sheet] if self.sheet else []
        if self.row:
            parts.append(translate(gettext_noop("row {row}")).format(row=self.row))
        if self.column:
            parts.append(translate(gettext_noop("column {column}")).format(column=self.column))
        return ", ".join(parts)

    def __str__(self) -> str:
        where, reason, remedy = self.say()
        return " ".join(part for part in (f"{where}:" if where else "", reason, remedy) if part)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON, as kept beside a form version."""
        return {
            "code": self.code,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "reason": self.reason,
            "remedy": self.remedy,
            "facts": {name: str(value) for name, value in self.facts.items()},
            "blocks": self.blocks,
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Trouble:
        return cls(**{name: kept[name] for name in cls.__dataclass_fields__ if name in kept})


class CannotRead(ValueError):
    """The file cannot be used as it is. `troubles` says everything that was found, worst first."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__("\n".join(str(trouble) for trouble in self.troubles))


def filled(template: str, facts: Mapping[str, Any]) -> str:
    """Put facts into a sentence; a fact that is not there stays in its braces, and nothing else is touched."""
    for name, value in facts.items():
        template = template.replace("{" + name + "}", str(value))
    return template
