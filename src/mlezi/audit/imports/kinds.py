"""The kinds of file there are: which columns each knows and which parts judge and write its rows.

A kind is put together from parts of several rooms: `people` finds the person, `programmes` adds the
enrolment, `pairing` the mentor. Rooms add their part at start-up, lowest first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from mlezi.audit.actions import Actor
from mlezi.audit.imports import undoing
from mlezi.audit.imports.findings import Finding
from mlezi.audit.models import ImportRow
from mlezi.plumbing.tables import Words


@dataclass(frozen=True)
class Context:
    """Who brings the file in, for which programme, when, and what they may touch.

    `scope` is a `places.scope.Scope`, or None at the command line, where everything may be touched.
    `programme` is the programme's row or None. `options` are what the page or command line asked.
    Whoever writes rows goes through `watch`.
    """

    by: Actor
    at: datetime
    today: date
    scope: Any = None
    programme: Any = None
    options: dict[str, Any] = field(default_factory=dict)
    watch: Callable[[list[Finding]], Iterable[Finding]] = list  # a progress bar, where there is a screen for one


@dataclass(frozen=True)
class Column:
    """A column we know. `also` are other names for it; `help` is shown beside the upload."""

    key: str
    title: Words
    help: Words = ""
    also: tuple[str, ...] = ()
    required: bool = False


Judge = Callable[[list[Finding], Context], None]
TakeBack = Callable[[Sequence[ImportRow], Actor, datetime], None]


@dataclass(frozen=True)
class Part:
    """`judge` looks at all rows at once and writes nothing; `write` is given the rows to be written.

    `take_back` undoes what the part wrote, or raises `CannotUndo`; without it, what was made is deleted and what was
    changed is restored.
    """

    columns: Callable[[Context], Sequence[Column]]
    judge: Judge
    write: Judge
    take_back: TakeBack | None = None


@dataclass
class Kind:
    code: str
    title: Words
    parts: dict[str, Part] = field(default_factory=dict)

    def columns(self, context: Context) -> list[Column]:
        return [column for part in self.parts.values() for column in part.columns(context)]

    def judge(self, findings: list[Finding], context: Context) -> None:
        for part in self.parts.values():
            part.judge(findings, context)

    def write(self, findings: list[Finding], context: Context) -> None:
        for part in self.parts.values():
            part.write(findings, context)

    @property
    def keeps_records(self) -> bool:
        """Whether what came in stays when a list is taken back, and only means nothing any more."""
        return any(part.take_back for part in self.parts.values())

    def take_back(self, rows: Sequence[ImportRow], *, by: Actor, at: datetime) -> None:
        own = [part.take_back for part in self.parts.values() if part.take_back]
        for undo in own:
            undo(rows, by, at)
        if not own:
            undoing.take_back(list(rows))


KINDS: dict[str, Kind] = {}


def register(code: str, title: Words, name: str, part: Part) -> None:
    """Add a part to a kind, which is made when it is the first. The same name again replaces it."""
    KINDS.setdefault(code, Kind(code, title)).parts[name] = part
