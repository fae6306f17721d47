"""Codebooks and codes that a programme may use."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from mlezi.narratives.models import Code, Codebook, Coding, Source
from mlezi.narratives.queries.reader import Reader, codings_seen, is_read_blind
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Programme


def usable_in(programme: Programme) -> QuerySet[Codebook]:
    """The programme's own codebooks, and those shared between programmes."""
    return Codebook.objects.filter(Q(programme=programme) | Q(is_shared=True), retired_at=None)


def known_codes(programme: Programme) -> QuerySet[Code]:
    """Every code of these codebooks, also those no longer used or put away."""
    return Code.objects.filter(Q(codebook__programme=programme) | Q(codebook__is_shared=True))


def one(programme: Programme, pk: int) -> Codebook | None:
    return Codebook.objects.filter(Q(programme=programme) | Q(is_shared=True), pk=pk).first()


def codes_of(codebook: Codebook, *, retired: bool = False) -> list[Code]:
    """Its codes as one reads the tree: each before what stands under it."""
    rows = Code.objects.filter(codebook=codebook).select_related("qualified_by")
    if not retired:
        rows = rows.filter(retired_at=None)
    below: dict[int | None, list[Code]] = {}
    for code in rows.order_by("order", "pk"):
        below.setdefault(code.parent_id, []).append(code)
    found: list[Code] = []

    def add(parent: int | None) -> None:
        for code in below.get(parent, []):
            found.append(code)
            add(code.pk)

    add(None)
    return found


def usable_codes(programme: Programme) -> QuerySet[Code]:
    """Codes that may be chosen now."""
    return Code.objects.filter(codebook__in=usable_in(programme), retired_at=None).select_related(
        "codebook", "qualified_by"
    )


def named(programme: Programme, codes: list[Code]) -> dict[str, str]:
    """What codes are called that these map to, as "codebook: path" → words; those not here keep their path."""
    wanted = {(one["codebook"], one["path"]) for code in codes for one in code.maps_to}
    rows = Code.objects.filter(codebook__in=usable_in(programme), path__in={path for _, path in wanted})
    titles = {(row.codebook.code, row.path): worded(row.title) for row in rows.select_related("codebook")}
    return {f"{book}: {path}": titles.get((book, path), path) for book, path in wanted}


def qualifiers_of(code: Code) -> QuerySet[Code]:
    """What may stand beside it as the other half of a pair."""
    if code.qualified_by_id is None:
        return Code.objects.none()
    return Code.objects.filter(parent=code.qualified_by_id, retired_at=None)


def most_used(programme: Programme) -> int | None:
    """The codebook with the most codings of the programme, those of texts that are read blind left out."""
    blind = Source.objects.filter(is_read_blind(), programme=programme)
    rows = Coding.objects.filter(is_current=True, source__programme=programme).exclude(source__in=blind.values("pk"))
    found = rows.values("code__codebook").annotate(n=Count("pk")).order_by("-n", "code__codebook")
    return found.values_list("code__codebook", flat=True).first()


def use(reader: Reader, codebook: Codebook) -> dict[int, int]:
    """How many codings that this person may see use each code now."""
    rows = codings_seen(reader).filter(code__codebook=codebook).order_by().values("code")
    return dict(rows.annotate(n=Count("pk")).values_list("code", "n"))


def by_letters(codes: list[Code], letters: str, *, most: int = 12) -> list[Code]:
    """Codes whose name, or words of it, begin with the letters typed; then those that hold them in order.

    "avr" finds *Available Resources*: letters may be beginnings of words. Best first, ties in the tree's order.
    """
    typed = "".join(letters.casefold().split())
    if not typed:
        return codes[:most]
    ranked = [(rank, place, code) for place, code in enumerate(codes) if (rank := _rank(code, typed)) is not None]
    return [code for _, _, code in sorted(ranked, key=lambda one: one[:2])[:most]]


def _rank(code: Code, typed: str) -> int | None:
    name = worded(code.title).casefold()
    words = name.replace("-", " ").split()
    plain = "".join(words)
    if plain.startswith(typed):
        return 0
    if any(word.startswith(typed) for word in words):
        return 1
    if _by_beginnings(words, typed):
        return 2
    if typed in plain or typed in code.code.replace("_", ""):
        return 3
    return None


def _by_beginnings(words: list[str], typed: str) -> bool:
    """Whether the letters are beginnings of words in order, each word giving one letter or more."""
    if not typed:
        return True
    for at, word in enumerate(words):
        for n in range(min(len(word), len(typed)), 0, -1):
            if word.startswith(typed[:n]) and _by_beginnings(words[at + 1 :], typed[n:]):
                return True
    return False


def content(codebook: Codebook) -> dict[str, Any]:
    """The codebook whole, as a version keeps it and files carry it."""
    rows = codes_of(codebook, retired=True)
    paths = {code.pk: code.path for code in rows}
    return {
        "code": codebook.code,
        "title": codebook.title,
        "source": codebook.source,
        "licence": codebook.licence,
        "codes": [
            {
                "uid": str(code.uid),
                "path": code.path,
                "title": code.title,
                "description": code.description,
                "when_to_use": code.when_to_use,
                "when_not": code.when_not,
                "example": code.example,
                "colour": code.colour,
                "is_inductive": code.is_inductive,
                "qualified_by": paths.get(code.qualified_by_id) if code.qualified_by_id else None,
                "maps_to": code.maps_to,
                "retired": code.retired_at is not None,
            }
            for code in rows
        ],
    }
