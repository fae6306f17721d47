"""Which column of somebody's table means what. Names are compared without case, blanks and marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

KNOWN: dict[str, tuple[str, ...]] = {
    "checklist": ("checklistid", "checklist"),
    "section": ("sectionid", "section", "area"),
    "section_title": ("sectiontitle", "sectionname", "title"),
    "code": ("questionid", "itemid", "code", "id", "number", "no", "item no"),
    "label": ("questionlabel", "label", "item", "question", "standard", "text"),
    "hint": ("questionprompt", "hint", "note", "prompt", "instructions", "explanation"),
    "kind": ("questiontype", "type", "answertype", "answer", "kind"),
    "options": ("selectoneoptions", "options", "choices", "answers"),
    "scoring": ("scoringlogic", "scoring", "scoringrule", "score", "rule"),
    "may_not_apply": ("naoption", "na", "notapplicable", "maynotapply"),
    "must_pass": ("mustpass", "critical", "essential"),
    "observed": ("observedskill", "observed", "skill"),
    "required": ("required",),
}
TRANSLATED = ("label", "hint", "section_title", "section")


@dataclass(frozen=True)
class Columns:
    """Position of each known column; for words in several languages, position by language."""

    where: Mapping[str, int]
    words: Mapping[str, Mapping[str, int]]

    def cell(self, cells: Sequence[str], name: str) -> str:
        position = self.where.get(name)
        return cells[position].strip() if position is not None else ""

    def texts(self, cells: Sequence[str], name: str) -> dict[str, str]:
        """The words in every language that has any; "N/A" is none."""
        found = {language: cells[position].strip() for language, position in self.words.get(name, {}).items()}
        return {language: text for language, text in found.items() if text and text.upper() not in ("N/A", "NA")}

    @property
    def languages(self) -> tuple[str, ...]:
        """As the table names them; words without a language then serve all of them."""
        named = dict.fromkeys(language for by in self.words.values() for language in by if language)
        return tuple(named) or ("",)


def find(header: Sequence[str], chosen: Mapping[str, str]) -> Columns:
    """Match a header with the known names. `chosen` (name → title of the column) goes before any guess."""
    where: dict[str, int] = {}
    words: dict[str, dict[str, int]] = {}
    wanted = {plain(title): name for name, title in chosen.items()}
    for position, title in enumerate(header):
        base, _, language = title.partition("::")
        name = wanted.get(plain(title)) or (None if _is_chosen(base, chosen) else _guess(base))
        if name is None:
            continue
        if name in TRANSLATED:
            words.setdefault(name, {}).setdefault(language.strip(), position)
        where.setdefault(name, position)
    return Columns(where, words)


def plain(title: str) -> str:
    return re.sub(r"[^a-z0-9]", "", title.lower())


def _guess(title: str) -> str | None:
    return next((name for name, titles in KNOWN.items() if plain(title) in map(plain, titles)), None)


def _is_chosen(title: str, chosen: Mapping[str, str]) -> bool:
    """A guess must not take a name that was given to another column."""
    return (_guess(title) or "") in chosen
