"""Lists of highlights as Taguette and QualCoder export them: document, code and words in columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.formats import qdpx, spreadsheet
from mlezi.formats.table import Row, Table, Unreadable
from mlezi.narratives import exchanging, packing, problems, reasons
from mlezi.narratives.actions import codebooks
from mlezi.narratives.actions.importing import Taken
from mlezi.narratives.models import Code, Coding, Source
from mlezi.people.models import Person
from mlezi.programmes.models import Programme

COLUMNS = {
    "document": ("document", "file", "filename", "file name", "source"),
    "code": ("tag", "code", "codename", "code name", "theme"),
    "words": ("content", "seltext", "coded text", "quote", "highlight", "coded", "text"),
    "start": ("pos0", "start", "startposition"),
    "end": ("pos1", "end", "endposition"),
    "note": ("memo", "note", "coded memo", "coding memo"),
}

_POSITION = re.compile(r"^[0-9]{1,9}$")


@transaction.atomic
def highlights(*, programme: Programme, content: bytes, name: str, by: Person, at: datetime) -> Taken:
    """Put the listed highlights on texts that are here under their names.

    Raises `NotAProject` for a file without these columns.
    """
    try:
        table = spreadsheet.read(content)
    except Unreadable as error:
        raise problems.NotAProject(file=name, reason=str(reasons.REASONS["no_columns"])) from error
    columns = _columns(table)
    if not {"document", "code"} <= set(columns) or not {"words", "start"} & set(columns):
        raise problems.NotAProject(file=name, reason=str(reasons.REASONS["no_columns"]))
    listed = _Listed(programme, name, by, at, columns)
    listed.read_codes(table)
    rows = {row.pk: row for line in table.rows if (row := listed.coding(line))}
    known = set(Coding.objects.filter(pk__in=rows).values_list("pk", flat=True))
    new = [row for pk, row in rows.items() if pk not in known]
    Coding.objects.bulk_create(new)
    for source in sorted({row.source_id for row in new}):
        packing.keep(source)
    listed.taken.n_codings, listed.taken.n_codes = len(new), len(listed.codes)
    audit.record("highlights.brought_in", programme, by=by, at=at, facts={"file": name, "codings": len(new)})
    return listed.taken


def _columns(table: Table) -> dict[str, int]:
    names = [title.strip().casefold() for title in table.header]
    return {
        key: names.index(found)
        for key, known in COLUMNS.items()
        if (found := next((one for one in known if one in names), None)) is not None
    }


@dataclass
class _Listed:
    """One list on its way in."""

    programme: Programme
    name: str
    by: Person
    at: datetime
    columns: dict[str, int]
    taken: Taken = field(default_factory=Taken)
    codes: dict[str, Code] = field(default_factory=dict)

    def read_codes(self, table: Table) -> None:
        """A code for each name, "A > B" and "A/B" being B under A; in a codebook of the file's own."""
        wanted: list[qdpx.Code] = []
        made: dict[str, UUID] = {}
        for line in table.rows:
            above = ""
            for part in _parts(line.cells[self.columns["code"]]):
                path = f"{above}>{part}" if above else part
                if path not in made:
                    made[path] = uuid5(self.programme.uid, f"{self.name}:{path}")
                    wanted.append(qdpx.Code(made[path], part, parent=made.get(above)))
                above = path
        if not wanted:
            return
        title = self.name.rpartition(".")[0] or self.name
        ordered = _parents_first(wanted)
        file = exchanging.file_of(ordered, code=exchanging.slug(title), title=title)
        _, rows = codebooks.extend(file=file, name=self.name, programme=self.programme, by=self.by, at=self.at)
        by_guid = {code.guid: rows[one.path] for one, code in zip(file.codes, ordered, strict=True)}
        self.codes = {path: by_guid[guid] for path, guid in made.items()}

    def coding(self, line: Row) -> Coding | None:
        cell = {key: line.cells[place] for key, place in self.columns.items()}
        found = self._text(cell["document"].strip())
        code = self.codes.get(">".join(_parts(cell["code"])))
        if found is None or found.current is None or code is None:
            self.taken.say("document_unknown", f"{line.number}", document=cell["document"])
            return None
        span = _span(found.current.text, cell)
        if span is None:
            self.taken.say("words_not_found", f"{line.number}", words=cell.get("words", "")[:60])
            return None
        return Coding(
            id=uuid5(found.pk, f"{code.uid}:{span[0]}:{span[1]}:{self.by.uid}"), source=found, version=found.current,
            coder=self.by, start=span[0], end=span[1], code=code, note=cell.get("note", ""),
            made_by=Coding.MadeBy.IMPORT, codebook_version=code.codebook.version, made_at=self.at, changed_at=self.at,
        )  # fmt: skip

    def _text(self, name: str) -> Source | None:
        rows = Source.objects.filter(programme=self.programme, withdrawn_at=None).select_related("current")
        return rows.filter(label__iexact=name).first() or rows.filter(file_name__iexact=name).first()


def _parents_first(codes: list[qdpx.Code]) -> list[qdpx.Code]:
    below: dict[UUID | None, list[qdpx.Code]] = {}
    for code in codes:
        below.setdefault(code.parent, []).append(code)
    found: list[qdpx.Code] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        code = waiting.pop()
        found.append(code)
        waiting += reversed(below.get(code.guid, []))
    return found


def _parts(words: str) -> list[str]:
    for sign in ("/", "::"):
        words = words.replace(sign, ">")
    return [part.strip() for part in words.split(">") if part.strip()]


def _span(text: str, cell: dict[str, str]) -> tuple[int, int] | None:
    """By position where the words there are the words given; else where the words stand, if that is one place."""
    words = cell.get("words", "")
    if _POSITION.match(cell.get("start", "")) and _POSITION.match(cell.get("end", "")):
        start, end = int(cell["start"]), int(cell["end"])
        if 0 <= start < end <= len(text) and (not words or text[start:end].split() == words.split()):
            return start, end
    first = text.find(words) if words else -1
    if first < 0 or text.find(words, first + 1) >= 0:
        return None
    return first, first + len(words)
