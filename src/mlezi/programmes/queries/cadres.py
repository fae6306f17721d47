"""What cadres are called, as the blueprint has them in the reader's words."""

from __future__ import annotations

from dataclasses import replace

from mlezi.plumbing.tables import Table
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Programme


def title(programme: Programme, code: str) -> str:
    """A cadre the blueprint does not name is called by its code."""
    titles = {one["code"]: one.get("title") for one in programme.blueprint.get("cadres", [])}
    return worded(titles.get(code)) or code.replace("_", " ")


def named_in(table: Table, programme: Programme) -> Table:
    """The table with its column `cadre` in words on the page; files keep the codes, to be brought in again."""
    columns = (
        replace(one, show=lambda row: title(programme, row.cadre)) if one.key == "cadre" else one
        for one in table.columns
    )
    return replace(table, columns=tuple(columns))
