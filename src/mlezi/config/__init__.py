"""Puts the house together: settings, urls, what follows what."""
