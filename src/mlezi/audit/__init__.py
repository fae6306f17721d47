"""Who did what, and what follows from it: the record of changes is also the queue of work."""
