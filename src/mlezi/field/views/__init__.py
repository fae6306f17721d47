"""Doors: the app's own files for anybody, and what one phone fetches with its token."""
