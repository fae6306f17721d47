"""Pages about who supports whom."""
