"""Every write of the room. Each action locks, refuses, changes, records, in that order."""
