"""Studies: what a programme asks of itself, frozen data, the analyses, and what may be said of the answers."""
