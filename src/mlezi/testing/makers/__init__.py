"""Small makers of things that tests need, one file a subject."""
