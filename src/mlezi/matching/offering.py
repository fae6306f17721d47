"""What matching offers to rooms below it: the next mentor for somebody whose pair was ended."""

from __future__ import annotations

from datetime import datetime

from mlezi.audit.actions import Actor
from mlezi.pairing.models import Pairing
from mlezi.places.scope import Scope


def next_mentor(pairing: Pairing, scope: Scope, by: Actor, at: datetime) -> str | None:
    """The address of a proposal for this mentee alone, worked out already."""
    from mlezi.matching.actions import rematching  # noqa: PLC0415 - the engine takes a second to load
    from mlezi.matching.pictures import compare  # noqa: PLC0415

    made = rematching.propose_next(pairing=pairing, scope=scope, by=by, at=at)
    return compare.address(made) if made else None
