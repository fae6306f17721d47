"""Who said which theme, for a snapshot: codes only, never words, and only of people with a record of their own.

Notes of meetings and needs stay behind the wall of coaching and are not frozen. A theme counts wherever one under it
does. A row without a theme says that the person was heard at all.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from mlezi.methods.coding.counting import lifted
from mlezi.narratives.models import Codebook, Source
from mlezi.narratives.queries.reader import TEXTS
from mlezi.narratives.queries.results import Material
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Programme

DATASET = "themes"
COLUMNS = {"person_id": "BIGINT", "codebook": "VARCHAR", "theme": "VARCHAR", "wave": "VARCHAR", "side": "VARCHAR",
           "held_on": "DATE", "title": "VARCHAR"}  # fmt: skip
Row = tuple[int, str, str, str, str, date | None, str]


def load(duck: Any, programme: Programme) -> tuple[str, ...]:
    """Table `raw_themes` of the programme; its columns, none when nothing was coded."""
    found = rows(programme)
    if not found:
        return ()
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    duck.execute(f"CREATE TABLE raw_{DATASET} ({columns})")
    duck.executemany(f"INSERT INTO raw_{DATASET} VALUES (?, ?, ?, ?, ?, ?, ?)", [list(row) for row in found])  # noqa: S608
    return tuple(COLUMNS)


def rows(programme: Programme) -> list[Row]:
    """Each person, codebook, theme, time point, side and day once, in a settled order; `title` is the theme's own."""
    books = Codebook.objects.filter(codes__codings__source__programme=programme).distinct()
    found = {row for book in books for row in _of(programme, book)}
    return sorted(found, key=lambda row: (*row[:5], row[5] or date.min))


def _of(programme: Programme, book: Codebook) -> set[Row]:
    material = Material(programme, book, sources=Source.objects.filter(kind__in=TEXTS))
    paths: dict[Any, str] = {code.pk: code.path for code in material.codes}
    titles = {"": "", **_titles(material)}
    persons: dict[Any, int | None] = {pk: who.person_id for pk, who in material.participants.items()}
    waves: dict[Any, str] = dict(material.counted.values_list("pk", "wave"))
    said = [(who, source, "", "") for source, voices in material.voices.items() for _, who in voices]
    for one in lifted(material.coded, material.above):
        said += [(who, one.document, paths[one.theme], one.valence) for who in one.participants]  # type: ignore[misc]
    return {
        (person, book.code, theme, waves.get(source, ""), side, material.days.get(source), titles[theme])
        for who, source, theme, side in said
        if (person := persons.get(who)) is not None
    }


def _titles(material: Material) -> dict[str, str]:
    """path → the theme's title under those above it, in each language, as JSON."""
    by_path = {code.path: code.title for code in material.codes}
    found = {}
    for path in by_path:
        parts = path.split(".")
        chain = [by_path.get(".".join(parts[: n + 1]), {}) for n in range(len(parts))]
        languages = sorted({language for title in chain for language, words in title.items() if words})
        said = {one: " › ".join(title.get(one) or worded(title) for title in chain) for one in languages}
        found[path] = json.dumps(said, ensure_ascii=False)
    return found
