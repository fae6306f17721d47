"""Pages that need many rooms: start, district, facility, national, search."""
