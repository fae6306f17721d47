"""Coding by rule: all that one speaker says, all answers to one question; and what a coder's own codings suggest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from mlezi.methods.coding import guessing
from mlezi.methods.coding.guessing import Example, Learned
from mlezi.narratives import problems
from mlezi.narratives.actions import coding
from mlezi.narratives.actions.coding import Marked
from mlezi.narratives.models import Code, Coding, Source
from mlezi.narratives.queries.reader import Reader
from mlezi.people.models import Person

SURE_ENOUGH = 0.6  # precision below which a theme is not suggested
LIKELY = 0.5


@transaction.atomic
def by_rule(
    *, source: Source, code: Code, by: Person, at: datetime, speaker: str = "", question: str = "", valence: str = ""
) -> list[Coding]:
    """Code every piece of this speaker, or every answer to this question. A second time adds nothing."""
    held = Source.objects.select_for_update(of=("self",)).select_related("current").get(pk=source.pk)
    version = held.current
    assert version is not None
    made_by = Coding.MadeBy.SPEAKER if speaker else Coding.MadeBy.QUESTION
    name = speaker or question
    key = "speaker" if speaker else "question"
    pieces = [piece for piece in version.segments if piece.get(key) == name]
    there = set(Coding.objects.filter(source=held, coder=by, code=code, made_by=made_by, is_current=True)
                .values_list("start", "end"))  # fmt: skip
    marked = [
        Marked(piece["start"], piece["end"], code.pk, valence=valence, made_by=made_by)
        for piece in pieces if (piece["start"], piece["end"]) not in there
    ]  # fmt: skip
    return coding.add(source=held, marked=marked, version=version.number, by=by, at=at) if marked else []


@dataclass(frozen=True)
class Suggestion:
    start: int
    end: int
    code: int
    likelihood: float
    precision: float
    n: int  # suggestions in cross-validation that the precision rests on


def suggestions(reader: Reader, source: Source) -> list[Suggestion]:
    """What this coder's own codings elsewhere suggest for the pieces of this text that they have not coded so."""
    learned = learn(reader)
    version = source.current
    assert version is not None
    mine = list(Coding.objects.filter(source=source, coder=reader.person, is_current=True))
    pieces = [piece for piece in version.segments if piece["end"] - piece["start"] >= 15]
    texts = [version.text[piece["start"] : piece["end"]] for piece in pieces]
    found = []
    for one in learned if texts else []:
        for piece, likely in zip(pieces, one.likelihoods(texts), strict=True):
            there = any(
                row.code_id == one.theme and row.start < piece["end"] and piece["start"] < row.end for row in mine
            )
            if likely >= LIKELY and not there:
                at, theme = (piece["start"], piece["end"]), int(str(one.theme))
                found.append(Suggestion(*at, theme, likely, one.precision, one.n_suggested))
    return sorted(found, key=lambda one: (one.start, -one.likelihood))


def learn(reader: Reader) -> list[Learned]:
    """Models of the coder's themes that are precise enough. Raises `NotInstalled`."""
    try:
        found = guessing.learn(examples(reader))
    except guessing.NotInstalled as error:
        raise problems.NotInstalled from error
    return [one for one in found if one.precision >= SURE_ENOUGH]


def examples(reader: Reader) -> list[Example]:
    """Pieces of texts this coder is done with or has coded, with the themes they gave."""
    rows: dict[Any, list[tuple[int, int, int]]] = {}
    mine = Coding.objects.filter(coder=reader.person, is_current=True, source__programme=reader.programme)
    for source_id, start, end, code in mine.values_list("source", "start", "end", "code"):
        rows.setdefault(source_id, []).append((start, end, code))
    found: list[Example] = []
    for source in Source.objects.filter(reader.visible, pk__in=rows).select_related("current"):
        found += _pieces(source, rows[source.pk])
    return found


def _pieces(source: Source, coded: Sequence[tuple[int, int, int]]) -> list[Example]:
    version = source.current
    assert version is not None
    return [
        Example(
            version.text[piece["start"] : piece["end"]], source.pk,
            frozenset(code for start, end, code in coded if start < piece["end"] and piece["start"] < end),
        )
        for piece in version.segments if piece["end"] - piece["start"] >= 15
    ]  # fmt: skip
