"""From records to encounters: one meeting out of all that was sent about it."""
