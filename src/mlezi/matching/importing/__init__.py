"""Track records from a spreadsheet."""
