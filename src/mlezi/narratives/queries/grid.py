"""The codings that count, as columns of numbers: what the tables of frequencies are counted from.

Each text has its own kept beside it (`packing`), so that the database hands over one run of numbers a text; the sides
are bits of a number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from mlezi.methods.coding import columns
from mlezi.methods.coding.columns import Flags, Numbers
from mlezi.methods.coding.counting import Base
from mlezi.narratives import packing
from mlezi.narratives.models import Coding, Packed
from mlezi.narratives.queries.results import Material, Spoken, fetched

MANY = 500  # versions asked for at once


class Grid:
    """Themes stand in the codebook's order, texts and participants in an order of their own."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.codes = np.array([code.pk for code in material.codes], dtype=np.int64)

    @cached_property
    def under(self) -> list[list[int]]:
        """For each theme its own place and those of the themes under it."""
        place = {int(pk): n for n, pk in enumerate(self.codes)}
        found: list[list[int]] = [[n] for n in range(len(self.codes))]
        for code, above in self.material.above.items():
            for one in above:
                found[place[one]].append(place[code])  # type: ignore[index]
        return found

    @cached_property
    def texts(self) -> list[Any]:
        return [text.pk for text in self.material.texts]

    @cached_property
    def people(self) -> list[int]:
        return sorted({who for some in self.material.speakers.values() for _, who in some})

    @cached_property
    def _rows(self) -> Numbers:
        """Rows of text, start, end, theme, sides: the codings that count. Of settled texts only the settled ones do."""
        rows, text = self._packed()
        settled = np.array([one.is_settled for one in self.material.texts], dtype=bool)
        order = np.argsort(self.codes)
        place = np.minimum(np.searchsorted(self.codes, rows[:, 0], sorter=order), max(len(order) - 1, 0))
        theme = order[place] if len(order) else place
        counts = (self.codes[theme] == rows[:, 0]) & (~settled[text] | (rows[:, 4] > 0))
        found: Numbers = np.column_stack((text, rows[:, 1], rows[:, 2], theme, rows[:, 3]))[counts]
        return found

    def _packed(self) -> tuple[Numbers, Numbers]:
        """Codings of the texts that count, as `packing` has them, and the place of the text of each."""
        place = {text.version: n for n, text in enumerate(self.material.texts)}
        kept = Packed.objects.filter(source__in=self.material.open_texts.order_by())
        runs = {place[version]: run for version, run in fetched(kept.values_list("source__current", "columns"))
                if version in place}  # fmt: skip
        rows, counts = columns.unpacked(list(runs.values()), packing.WIDTH)
        text = np.repeat(np.array(list(runs), dtype=np.int64), counts)
        loose = [version for version, n in place.items() if n not in runs]
        return self._with_loose(rows, text, loose, place) if loose else (rows, text)

    def _with_loose(
        self, rows: Numbers, text: Numbers, loose: Sequence[int], place: dict[int, int]
    ) -> tuple[Numbers, Numbers]:
        """The same with the codings of these versions, which are packed nowhere."""
        found: list[Any] = []
        for at in range(0, len(loose), MANY):
            some = Coding.objects.filter(version__in=loose[at : at + MANY], is_current=True)
            found += fetched(packing.numbers(some).values_list(*packing.COLUMNS, "version_id"))
        more = columns.table(found, packing.WIDTH + 1)
        where = np.array([place[version] for version in more[:, -1].tolist()], dtype=np.int64)
        return np.vstack((rows, more[:, :-1])), np.concatenate((text, where))

    @cached_property
    def held(self) -> Numbers:
        """Rows of theme, text, sides, one a coding."""
        return self._rows[:, [3, 0, 4]]

    @cached_property
    def spans(self) -> Numbers:
        """Rows of text, start, end, theme, sides, in order."""
        return columns.in_order(self._rows)

    @cached_property
    def spoken(self) -> Numbers:
        """Rows of theme, participant, sides, text: who said it. Where several speak, whoever spoke the words."""
        place = {who: n for n, who in enumerate(self.people)}
        texts, voices = self.material.texts, self.material.speakers
        speaker = np.full(len(texts) + 1, -1, dtype=np.int64)
        several: dict[int, Any] = {}
        for n, text in enumerate(texts):
            some = voices.get(text.version, ())
            if len(some) > 1:
                several[n] = text.pk
            elif some:
                speaker[n] = place[some[0][1]]
        held = self.held[speaker[self.held[:, 1]] >= 0]
        one = np.column_stack((held[:, 0], speaker[held[:, 1]], held[:, 2], held[:, 1]))
        return np.vstack((one, self._by_words(several, place))) if several else one

    def _by_words(self, several: dict[int, Any], place: dict[int, int]) -> Numbers:
        by = Spoken(set(several.values()), self.material.voices)
        rows = self.spans[np.isin(self.spans[:, 0], np.array(list(several), dtype=np.int64))].tolist()
        return columns.table(
            [(theme, place[who], sides, text) for text, start, end, theme, sides in rows
             for who in by.by(several[text], start, end)], 4)  # fmt: skip

    def had(self, base: Base, among: Sequence[Any] | None = None) -> Flags:
        """Which participant or text has which theme, each coding under its own theme alone."""
        if base == "participants":
            rows, n = self.spoken, len(self.people)
            themes, units, sides, texts = rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3]
        else:
            rows, n = self.held, self.material.n_texts
            themes, units, sides, texts = rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 1]
        keep = self._among(texts, among)
        return columns.presence(units[keep], themes[keep], sides[keep], n, len(self.codes))

    def stretches(self, among: Sequence[Any] | None = None) -> Numbers:
        found: Numbers = self.spans[self._among(self.spans[:, 0], among)]
        return found

    def _among(self, texts: Numbers, among: Sequence[Any] | None) -> Any:
        if among is None:
            return slice(None)
        place = {text: n for n, text in enumerate(self.texts)}
        return np.isin(texts, np.array([place[one] for one in among if one in place], dtype=np.int64))

    def said_by(self) -> dict[Any, set[int]]:
        """theme → the participants who said it or one under it."""
        lifted = columns.lifted(self.had("participants"), self.under)
        found: dict[Any, set[int]] = defaultdict(set)
        for n, code in enumerate(self.codes.tolist()):
            found[code] = {self.people[one] for one in np.flatnonzero(lifted[:, n])}
        return found
