"""Where a row lies: its place and what is above it, as columns every dataset has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from mlezi.evaluation.operations import bind

Raw = Mapping[str, Any]
Table = Any


class Where:
    """A chain from a row's place up the tree. `columns` are what every dataset says about where.

    The joins stand flat beside the dataset's own, so that both planners drop those an indicator does not
    use. Four floors above a place are searched for its district and region.
    """

    def __init__(self, raw: Raw) -> None:
        self.chain = [raw["place"].view() for _ in range(4)]

    def joined(self, table: Table, place_id: Any) -> Table:
        table = table.left_join(self.chain[0], place_id == self.chain[0].id)
        for child, parent in zip(self.chain, self.chain[1:], strict=False):
            table = table.left_join(parent, child.parent_id == parent.id)
        return table

    @property
    def columns(self) -> dict[str, Any]:
        return {
            "place_id": self.chain[0].id,
            "path": self.chain[0].path,
            "district_id": self._at(bind("district_level", "int64")),
            "region_id": self._at(bind("region_level", "int64")),
        }

    def _at(self, level: Any) -> Any:
        return ibis.cases(*((place.level_id == level, place.id) for place in self.chain))
