"""What pages show, worked out from rows: figures, charts, maps, lines of a table."""
