"""Checklists at facilities: by facility, by item, and what was found at one facility or encounter."""
