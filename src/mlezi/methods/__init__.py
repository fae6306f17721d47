"""Methods a methodologist can read: pure functions with their sources. No Django."""
