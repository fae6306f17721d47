"""Mlezi runs mentorship and coaching programmes in health care, and shows whether they work."""

__version__ = "0.1.0"
