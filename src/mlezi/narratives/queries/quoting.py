"""The words behind a count, for those who may read the texts; each with a label that names nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mlezi.methods.coding.counting import Coded
from mlezi.narratives.models import Code, Coding
from mlezi.narratives.queries.reader import Reader
from mlezi.narratives.queries.results import Material

AROUND = 80  # characters before and after


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
