"""Every write of the room, by subject."""
