"""Checks the figures that a manuscript prints: do counts, percentages, means and intervals hold together?

Nothing here knows the data behind a paper. It reads the text, finds figures that say something of each other
(`46/70 (65.7 %)`, `mean 80.6 ± 9.0; 95 % CI 73.0 to 88.1`), and works out whether they can all be true.
"""
