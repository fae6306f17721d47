"""From rows to the engine's problem: who is in the round, what makes a good pair, what may never be."""

from mlezi.matching.assembling.whole import Assembled, assemble

__all__ = ["Assembled", "assemble"]
