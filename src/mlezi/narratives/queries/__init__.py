"""Reads of the room. Each takes who is asking."""
