"""Pages about encounters that need no other room."""
