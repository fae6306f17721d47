"""What can be done with people, their posts, accounts and phones."""

from mlezi.people.actions.meeting import Met, note_met

__all__ = ["Met", "note_met"]
