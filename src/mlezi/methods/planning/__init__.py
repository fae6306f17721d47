"""Whom to visit first, and on which days: plain arithmetic that a coordinator can check by hand."""
