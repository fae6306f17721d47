"""The codings that count, as columns of numbers: what the tables of frequencies are counted from.

The database hands over a few whole numbers a coding, read from an index alone; the sides are bits of a number. Where
the words stand is fetched only to count mentions, or where several people speak in a text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Case, IntegerField, QuerySet, Value, When

from mlezi.methods.coding import columns
from mlezi.methods.coding.columns import SAID, Flags, Numbers
from mlezi.methods.coding.counting import Base
from mlezi.narratives.models import Coding
from mlezi.narratives.queries.results import Material, Spoken

_SIDE = Case(*(When(valence=side, then=Value(bits)) for side, bits in SAID.items()), output_field=IntegerField())


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
        return list(self._versions.values())

    @cached_property
    def _versions(self) -> dict[int, Any]:
        """The version that is coded now → its text."""
        return dict(self.material.counted.order_by("current").values_list("current", "pk"))

    @cached_property
    def people(self) -> list[int]:
        return sorted({who for some in self.material.voices.values() for _, who in some})

    @cached_property
    def held(self) -> Numbers:
        """Rows of theme, text, sides, one a coding. To let SQLite group them takes it longer than to hand them over."""
        return self._placed(lambda all_: all_.annotate(side=_SIDE).values_list("code_id", "version_id", "side"), 3)

    @cached_property
    def spans(self) -> Numbers:
        """Rows of text, start, end, theme, sides, in order."""
        rows = self._placed(lambda all_: all_.annotate(side=_SIDE)
                            .values_list("code_id", "version_id", "start", "end", "side"), 5)  # fmt: skip
        return columns.in_order(rows[:, [1, 2, 3, 0, 4]])

    def _placed(self, ask: Any, width: int) -> Numbers:
        """What is asked of the codings that count, with places for the keys of codes and texts.

        Texts that do not count are left out here: to ask the database of each coding whether its text counts costs
        more than the counting. Of texts whose differences were settled only the settled codings count.
        """
        all_ = Coding.objects.filter(is_current=True, code__in=self.codes.tolist()).order_by()
        rows = columns.table(_fetched(ask(all_)), width)
        counted = np.array(list(self._versions), dtype=np.int64)
        settled = list(self.material.counted.exclude(settled_at=None).values_list("current", flat=True))
        rows = rows[np.isin(rows[:, 1], np.setdiff1d(counted, np.array(settled, dtype=np.int64)))]
        if settled:
            by_all = all_.filter(made_by=Coding.MadeBy.SETTLED, version__in=settled)
            rows = np.vstack((rows, columns.table(_fetched(ask(by_all)), width)))
        order = np.argsort(self.codes)
        rows[:, 0] = order[np.searchsorted(self.codes, rows[:, 0], sorter=order)]
        rows[:, 1] = np.searchsorted(counted, rows[:, 1])
        return rows

    @cached_property
    def spoken(self) -> Numbers:
        """Rows of theme, participant, sides, text: who said it. Where several speak, whoever spoke the words."""
        place = {who: n for n, who in enumerate(self.people)}
        speaker = np.full(len(self.texts) + 1, -1, dtype=np.int64)
        several: dict[int, Any] = {}
        for n, text in enumerate(self.texts):
            some = self.material.voices.get(text, ())
            if len(some) > 1:
                several[n] = text
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
            rows, n = self.held, len(self.texts)
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


def _fetched(rows: QuerySet[Any, Any]) -> list[Any]:
    """As the database has them: whole numbers need no making."""
    with connection.cursor() as cursor:
        cursor.execute(*rows.query.sql_with_params())
        return cursor.fetchall()  # type: ignore[no-any-return]
