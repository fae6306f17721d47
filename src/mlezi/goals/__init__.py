"""What people agreed to do, and what became of it."""
