"""What the derivation calls to keep the rollups in step; the work stands in `rollups`."""

from __future__ import annotations

from collections.abc import Mapping

from mlezi.plumbing.bulk import Difference, Table
from mlezi.programmes.models import Programme


class RollupFollower:
    """See `instruments.derivation.register`."""

    name = "rollups"

    def follow(self, programme: Programme, changes: Mapping[Table, Difference] | None) -> None:
        from mlezi.evaluation import rollups  # noqa: PLC0415 - Ibis takes a second to load

        rollups.follow(programme, changes)
