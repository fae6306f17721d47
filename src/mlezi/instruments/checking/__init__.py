"""What a person should know about a form before phones get it, in plain words.

A trouble that `blocks` must be mended first; the others are remarks. Pure: a form in, troubles out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from mlezi.formats.trouble import Trouble
from mlezi.formats.xform import XForm
from mlezi.instruments.checking import circles, clients, expressions, lists, meaning, naming, words

Known = Mapping[str, Collection[str]]


def check(
    form: XForm, *, rows: Mapping[str, int] | None = None, known: Known | None = None, supplied: Known | None = None
) -> list[Trouble]:
    """Everything worth saying, what blocks first.

    `rows` (path → row of the survey sheet) lets a remark say where. `known` gives the codes that may
    follow a colon, by the name of the argument, as in {"competency": {"newborn.bag_mask"}}. `supplied` gives the
    columns of each list that comes with the form, as in {"wards.csv": {"name", "district"}}; without it nothing is
    said of such lists.
    """
    found = [
        *naming.check(form),
        *meaning.check(form, known or {}),
        *expressions.check(form),
        *circles.check(form),
        *lists.check(form, supplied),
        *words.check(form),
        *clients.check(form),
    ]
    placed = [_placed(trouble, rows or {}) for trouble in found]
    return sorted(placed, key=lambda trouble: not trouble.blocks)


def _placed(trouble: Trouble, rows: Mapping[str, int]) -> Trouble:
    path = str(trouble.facts.get("path", ""))
    return replace(trouble, sheet="survey", row=rows[path]) if path in rows else trouble
