"""What people can do about encounters: plan them, correct what was recorded, confirm a sample."""

from mlezi.encounters.actions.deciding import correct, restore, void
from mlezi.encounters.actions.planning import cancel, change, plan
from mlezi.encounters.actions.sampling import confirm, draw

__all__ = ["cancel", "change", "confirm", "correct", "draw", "plan", "restore", "void"]
