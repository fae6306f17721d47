"""Why a document cannot be read, as a code with facts."""

from __future__ import annotations


class CannotReadDocument(ValueError):
    """`code` says why: unknown_kind, without_ending, empty, too_large, too_long, damaged, protected, old_or_protected,
    no_words, only_pictures, not_text."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts
