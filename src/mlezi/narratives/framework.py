"""The framework matrix: people (and time points) down, themes across; what each said in a sentence, and how often.

Everything about thousands of people is counted at once; rows are made for one page, or for a whole file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mlezi.methods.coding.columns import Numbers
from mlezi.narratives.models import Code, Participant, Summary
from mlezi.narratives.queries.results import Material
from mlezi.plumbing.text import words_asked

PAGE = 40  # people; more cells than a page of these has nobody reads at once


@dataclass(frozen=True)
class Cell:
    summary: str
    n: int  # codings of the theme, or of one under it, in what this person said then


@dataclass(frozen=True)
class Row:
    participant: Participant
    wave: str
    cells: list[tuple[Code, Cell]]

    @property
    def label(self) -> str:
        return _label(self.participant, self.wave)


@dataclass
class Framework:
    """The matrix of some themes; `find` keeps to people whose label has these words, `asked` is the page wanted."""

    material: Material
    themes: Sequence[Code]
    find: str = ""
    asked: int = 1

    @cached_property
    def heard(self) -> list[tuple[Participant, str]]:
        """Everybody, once for each time point, in the order in which one counts: P2 before P10."""
        known, waves = self.material.participants, {text.pk: text.wave for text in self.material.texts}
        found = {(who, waves[source]) for source, some in self.material.voices.items() for _, who in some}
        people = sorted(found, key=lambda one: (_natural(known[one[0]].label), _months(one[1]), one[1]))
        sought = [word.casefold() for word in words_asked(self.find)]
        named = [(known[who], wave) for who, wave in people]
        return [one for one in named if all(word in _label(*one).casefold() for word in sought)]

    @property
    def n_pages(self) -> int:
        return max(1, -(-len(self.heard) // PAGE))

    @property
    def number(self) -> int:
        return min(max(self.asked, 1), self.n_pages)

    @cached_property
    def page(self) -> list[Row]:
        return self._rows(self.heard[(self.number - 1) * PAGE : self.number * PAGE])

    @property
    def whole(self) -> list[Row]:
        return self._rows(self.heard)

    def _rows(self, some: Sequence[tuple[Participant, str]]) -> list[Row]:
        written = self._written(some)
        place = {who: n for n, who in enumerate(self.material.grid.people)}
        counts = [self._counts[place[who.pk], self._waves.index(wave)].tolist() for who, wave in some]
        return [
            Row(who, wave, [(code, Cell(written.get((who.pk, code.pk, wave), ""), n))
                            for code, n in zip(self.themes, row, strict=True)])
            for (who, wave), row in zip(some, counts, strict=True)
        ]  # fmt: skip

    def _written(self, some: Sequence[tuple[Participant, str]]) -> dict[tuple[int, int, str], str]:
        rows = Summary.objects.filter(participant__programme=self.material.programme, code__in=self.themes)
        if len(some) <= PAGE:
            rows = rows.filter(participant__in={who.pk for who, _ in some})
        columns = rows.order_by("pk").values_list("participant", "code", "wave", "text")  # the newest comes last
        return {(who, code, wave): text for who, code, wave, text in columns}

    @cached_property
    def _waves(self) -> list[str]:
        return sorted({text.wave for text in self.material.texts})

    @cached_property
    def _counts(self) -> Numbers:
        """Of each person at each time point: how many codings each theme has there, with those under it."""
        grid = self.material.grid
        at = np.array([self._waves.index(text.wave) for text in self.material.texts], dtype=np.int64)
        found = np.zeros((len(grid.people), len(self._waves), len(grid.codes)), dtype=np.int64)
        np.add.at(found, (grid.spoken[:, 1], at[grid.spoken[:, 3]], grid.spoken[:, 0]), 1)
        place = {int(pk): n for n, pk in enumerate(grid.codes)}
        return np.stack([found[..., grid.under[place[code.pk]]].sum(axis=-1) for code in self.themes], axis=-1)


def _label(who: Participant, wave: str) -> str:
    return f"{who.label} · {wave}" if wave else who.label


def _natural(label: str) -> tuple[str, int, str]:
    letters = label.rstrip("0123456789")
    digits = label[len(letters) :]
    return letters, int(digits) if digits else 0, label


def _months(wave: str) -> int:
    digits = "".join(sign for sign in wave if sign.isdigit())
    return int(digits) if digits else 0
