"""What the room knows, as far as somebody may see it."""
