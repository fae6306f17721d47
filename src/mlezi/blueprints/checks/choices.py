"""Choices are named so that their answers can be read: levels by number, bases and reasons by code, yes and no.

People read the label, in any language; the name is what a record says.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlezi.competencies.derivation import BASES, NOT_RATED, REASONS
from mlezi.formats import answers
from mlezi.formats.xform import Question

WORDS = {"rating.basis": BASES[0], "rating.because": REASONS[0]}
YES_OR_NO = {"encounter.held", "participant.present"}
NAME_IT = "Name one choice yes and one no; their labels may say it in any language."


def unread(question: Question, term: str, n_levels: int) -> Iterator[tuple[str, str]]:
    """Each answer to a rating question that would be set aside, and what to write instead."""
    if term in WORDS:
        known = ", ".join(sorted(WORDS[term]))
        yield from ((name, f"Name its choices of: {known}.") for name in _names(question) if name not in WORDS[term])
        return
    remedy = f"The framework has the levels 1 to {n_levels}; name the choice by its number, or 0 where nobody rated."
    for name in _names(question):
        level = answers.exact(name)
        if name.lower() not in NOT_RATED and (level is None or not 0 <= level <= n_levels):
            yield name, remedy
    for limit in question.limits[:2]:
        level = answers.exact(limit)
        if level is not None and not 0 <= level <= n_levels:
            yield limit, f"The framework has the levels 1 to {n_levels}; let the range start and end there."


def neither(question: Question) -> Iterator[str]:
    """Yes or no, where a list of choices has no name for it."""
    said = {answers.truth(name) for name in _names(question)}
    if said:
        yield from (word for word, truth in (("yes", True), ("no", False)) if truth not in said)


def _names(question: Question) -> list[str]:
    return [choice.name for choice in question.choices]
