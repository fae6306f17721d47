"""The words behind a count, for those who may read the texts; each with a label that names nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator

from mlezi.methods.coding.counting import Coded
from mlezi.narratives.models import Code, Coding, Participant, SourceVersion
from mlezi.narratives.queries.reader import Reader, codings_seen
from mlezi.narratives.queries.results import Material

AROUND = 80  # characters before and after
AT_ONCE = 50  # texts whose words are in memory


def behind(material: Material, code: Code, *, side: str = "") -> list[Coded]:
    """The codings that a theme's count was made of: its own and those under it, on one side where asked."""
    under: list[Any] = [pk for pk, above in material.above.items() if code.pk in (pk, *above)]
    codings = material.codings.filter(code__in=under)
    if side:
        said = {"helps": ["helps", "both"], "hinders": ["hinders", "both"], "unsaid": [""]}
        codings = codings.filter(valence__in=said.get(side, [side]))
    return material.one_by_one(codings)


def quotes(reader: Reader, material: Material, coded: Sequence[Coded]) -> list[dict[str, Any]]:
    """Those of them that this reader may open, in the order of texts."""
    speakers: dict[Any, Any] = {one.coding: one.participants for one in coded}
    mine = reader.sources().filter(pk__in=material.counted.values("pk"))
    rows = Coding.objects.filter(pk__in=speakers, source__in=mine.values("pk"))
    rows = rows.select_related("version", "source", "coder", "code", "qualifier")
    known = material.participants
    found = []
    for row in rows.order_by("source__label", "start"):
        labels = [known[who].label for who in speakers[row.pk] if who in known]
        text = row.version.text
        found.append(
            {
                "coding": row, "source": row.source, "label": ", ".join(labels) or row.source.label,
                "before": text[max(0, row.start - AROUND) : row.start], "words": text[row.start : row.end],
                "after": text[row.end : row.end + AROUND],
            }
        )  # fmt: skip
    return found


def of_code(reader: Reader, code: Code, *, most: int = 400) -> list[Coding]:
    """Codings with this very code that the reader may see now, in the order of texts."""
    rows = codings_seen(reader).filter(code=code).select_related("version", "source", "coder")
    return list(rows.order_by("source__label", "start", "pk")[:most])


def as_line(row: Coding) -> str:
    """A quote on one line, with its text and its coder."""
    words = " ".join(row.version.text[row.start : row.end].split())
    return f"“{Truncator(words).chars(160)}” – {row.source.label}, {row.coder.name}"


@dataclass(frozen=True)
class Said:
    """What one participant said about a theme."""

    who: Participant
    wave: str
    coded: Coded
    words: str
    text: str  # the label of the text


def said(reader: Reader, material: Material, themes: Sequence[Code]) -> Iterator[Said]:
    """All that was said about these themes or one under them, as far as this reader may open it, text by text."""
    wanted = {code.pk for code in themes}
    under: list[Any] = [pk for pk, above in material.above.items() if wanted & {pk, *above}]
    known: dict[Any, Participant] = dict(material.participants)
    by_text: dict[Any, list[Coded]] = defaultdict(list)
    for one in material.one_by_one(material.codings.filter(code__in=under)):
        by_text[one.document].append(one)
    rows = reader.sources().filter(pk__in=material.counted.values("pk")).order_by("label", "pk")
    mine = [row for row in rows.values_list("pk", "label", "wave", "current") if row[0] in by_text]
    for at in range(0, len(mine), AT_ONCE):
        some = mine[at : at + AT_ONCE]
        words = dict(SourceVersion.objects.filter(pk__in=[row[3] for row in some]).values_list("pk", "text"))
        for text, label, wave, version in some:
            for one in sorted(by_text[text], key=lambda one: (one.start, one.end)):
                for who in one.participants:
                    stretch = words[version][one.start : one.end]
                    yield Said(known[who], wave, one, stretch, label)
