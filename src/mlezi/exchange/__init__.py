"""Gives data to other systems and takes it from them, after scope, consent and privacy were applied."""
