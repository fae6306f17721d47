"""Doors to the pages about who was asked and who answered."""
