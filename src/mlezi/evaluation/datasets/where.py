"""Where a row lies: its place, and the district and region of it, as columns every dataset has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Raw = Mapping[str, Any]
Table = Any


class Where:
    """A row's place. `columns` are what every dataset says about where.

    The join stands flat beside the dataset's own, so that both planners drop it where an indicator uses
    none of its columns.
    """

    def __init__(self, raw: Raw) -> None:
        self.place = raw["place"].view()

    def joined(self, table: Table, place_id: Any) -> Table:
        return table.left_join(self.place, place_id == self.place.id)

    @property
    def columns(self) -> dict[str, Any]:
        return {
            "place_id": self.place.id,
            "path": self.place.path,
            "district_id": self.place.district_id,
            "region_id": self.place.region_id,
        }
