"""How many said each theme, and how many of them that it helps or hinders: counted by the database where it can.

A hundred thousand codings are counted without being fetched. Two cases are counted here instead: stretches of text,
whose overlaps are one, and people in texts of several speakers, where the words say who spoke them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from mlezi.methods.coding import counting
from mlezi.methods.coding.counting import Base, Coded
from mlezi.narratives.models import Voice
from mlezi.narratives.queries.results import Material

SIDES = ("helps", "hinders", "both", "neither", "")
NAMES = ("helps", "hinders", "both_sides", "neither", "unsaid")  # of their columns
COUNTED = {"participants": "voice.participant_id", "documents": "told.source_id"}


@dataclass(frozen=True)
class Tally:
    """`n` with the theme or one under it, and of them how many on each side; *both* counts on either side too."""

    n: int
    sides: dict[str, int]


def tallies(material: Material, base: Base) -> dict[Any, Tally]:
    """Of each theme that anybody has, by its key."""
    if base == "mentions" or (base == "participants" and material.has_conversations):
        return _here(material, base)
    return _there(material, base)


def _here(material: Material, base: Base) -> dict[Any, Tally]:
    by_theme: dict[Hashable, list[Coded]] = defaultdict(list)
    lifted = counting.lifted(material.coded, material.above)
    for one in lifted:
        by_theme[one.theme].append(one)
    sides = counting.by_valence(lifted, base)
    return {theme: Tally(len(counting.who(some, base)), dict(sides[theme])) for theme, some in by_theme.items()}


def _there(material: Material, base: Base) -> dict[Any, Tally]:
    pairs = [(code, above) for code, some in material.above.items() for above in (code, *some)]
    if not pairs:
        return {}
    said = material.codings.order_by().values_list("code_id", "source_id", "valence").distinct()
    told, given = said.query.sql_with_params()
    ups = ", ".join(f"({code}, {above})" for code, above in pairs)
    flags = ", ".join(f"MAX(CASE WHEN told.valence IN ({_also(side)}) THEN 1 ELSE 0 END)" for side in SIDES)
    table = connection.ops.quote_name(Voice._meta.db_table)
    heard = f"JOIN {table} voice ON voice.source_id = told.source_id AND voice.consent <> 'withdrawn' "
    statement = (  # every name is ours, every number a key, and what was chosen goes as parameters
        f"WITH up (code, above) AS (VALUES {ups}), told (code_id, source_id, valence) AS ({told}), "  # noqa: S608
        f"each (theme, {', '.join(NAMES)}) AS (SELECT up.above, {flags} FROM told JOIN up ON up.code = told.code_id "
        f"{heard if base == 'participants' else ''}GROUP BY up.above, {COUNTED[base]}) "
        f"SELECT theme, COUNT(*), {', '.join(f'SUM({name})' for name in NAMES)} FROM each GROUP BY theme"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        found = cursor.fetchall()
    return {
        theme: Tally(n, {side: count for side, count in zip(SIDES, counts, strict=True) if count})
        for theme, n, *counts in found
    }


def _also(side: str) -> str:
    return f"'{side}', 'both'" if side in ("helps", "hinders") else f"'{side}'"
