"""What pages of the room ask for."""
