"""The smallest parts of a blueprint; rooms that declare parts of their own share them."""

from __future__ import annotations

from mlezi.plumbing.declared import Code, Named, Part, Words

__all__ = ["Code", "Named", "Part", "Words", "nested_code"]


def nested_code(domain: str, competency: str) -> str:
    """How a competency is named everywhere outside its domain."""
    return f"{domain}.{competency}"
