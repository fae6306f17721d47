"""Doors of the office, a module a page. Each is short: who may come in, what was asked, which picture."""
