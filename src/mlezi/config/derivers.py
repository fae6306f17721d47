"""Who makes meaning of submissions, in the order in which they run."""

from __future__ import annotations

from mlezi.encounters.derivation.deriver import EncounterDeriver
from mlezi.instruments.derivation.register import Deriver, Follower

DERIVERS: tuple[Deriver, ...] = (EncounterDeriver(),)

# What depends on many encounters at once, kept in step in the same transaction.
FOLLOWERS: tuple[Follower, ...] = ()
