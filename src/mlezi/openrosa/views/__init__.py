"""Doors of the phone's house: parse, find, call, answer."""
