"""Derive again: what a decision touched, what a merge touched, or a whole programme."""

from __future__ import annotations

from mlezi.instruments.derivation.rebuild import rebuild
from mlezi.instruments.derivation.runner import Done, derive, derive_encounters
from mlezi.instruments.derivation.stale import since as derive_since

__all__ = ["Done", "derive", "derive_encounters", "derive_since", "rebuild"]
