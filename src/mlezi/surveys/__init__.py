"""Instruments in time: who is asked when, what they answered, and the scores."""
