"""Pages of studies and reports."""
