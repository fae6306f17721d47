"""Agreement between people who code or rate the same things."""
