"""Meetings of every mode: planned, held, cancelled. One record each, whatever fed it."""
