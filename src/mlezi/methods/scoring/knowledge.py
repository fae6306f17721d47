"""Knowledge tests: right or wrong by a key, as per cent of the points that could be had.

A question with several right choices is right when exactly those are chosen. What is left blank is wrong, as in an
examination, unless the test says that it is missing; then the share answered decides whether there is a score.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from mlezi.methods.scoring.scale import Band, Scored, band_of


@dataclass(frozen=True)
class Key:
    """The right answer to one question: the choices that must be chosen, all of them and no other."""

    question: str
    right: frozenset[str]
    points: float = 1.0


@dataclass(frozen=True)
class KnowledgeTest:
    code: str
    keys: tuple[Key, ...]
    blank: Literal["wrong", "missing"] = "wrong"
    need: float = 1.0  # share that must be answered, where a blank is missing
    pass_mark: float | None = None  # per cent
    bands: tuple[Band, ...] = ()

    def __post_init__(self) -> None:
        questions = [key.question for key in self.keys]
        if not questions or len(set(questions)) != len(questions):
            raise ValueError("a test needs keys, each question once")
        if any(not key.right or key.points <= 0 for key in self.keys):
            raise ValueError("every key needs a right answer and points above 0")
        if not 0 < self.need <= 1:
            raise ValueError("the share of questions that must be answered lies above 0 and at most at 1")


def mark(test: KnowledgeTest, answers: Mapping[str, Collection[str]]) -> Scored:
    """Per cent of the points. A test of which nothing at all was answered has no score: it was not taken."""
    answered = [key for key in test.keys if answers.get(key.question)]
    empty = Scored(None, len(test.keys), len(answered))
    if not answered:
        return empty
    counted = test.keys
    if test.blank == "missing":
        if len(answered) < math.ceil(test.need * len(test.keys) - 1e-9):
            return empty
        counted = tuple(answered)
    right = math.fsum(key.points for key in counted if set(answers.get(key.question, ())) == key.right)
    percent = 100 * right / math.fsum(key.points for key in counted)
    return Scored(percent, len(test.keys), len(answered), band_of(test.bands, percent))
