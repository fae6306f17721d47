"""Suggestions learned from a coder's own codings: a plain bag of words and logistic regression, nothing bought in.

Precision is measured by cross-validation over documents: texts that a suggestion is tested on took no part in
learning it. A theme with too few examples, or whose precision is low, is not suggested.
"""

from __future__ import annotations

import warnings
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

FEWEST = 8  # examples of a theme, and documents it stands in: at least 3
FOLDS = 5
LIKELY = 0.5


class NotInstalled(RuntimeError):
    """scikit-learn is missing."""


@dataclass(frozen=True)
class Example:
    words: str
    document: Hashable
    themes: frozenset[Hashable]


@dataclass(frozen=True)
class Learned:
    """One theme's model with what cross-validation says of it."""

    theme: Hashable
    precision: float
    recall: float
    n_suggested: int  # in cross-validation: on these the precision rests
    n_examples: int
    model: Any

    def likelihoods(self, texts: Sequence[str]) -> list[float]:
        return [float(row[1]) for row in self.model.predict_proba(list(texts))]


def learn(examples: Sequence[Example], *, seed: int = 0) -> list[Learned]:
    """A model for each theme with enough examples, the most precise first. Raises `NotInstalled`."""
    try:
        from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise NotInstalled from error
    themes = {theme for one in examples for theme in one.themes}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = [made for theme in sorted(themes, key=str) if (made := _one(examples, theme, seed))]
    return sorted(found, key=lambda one: (-one.precision, str(one.theme)))


def _one(examples: Sequence[Example], theme: Hashable, seed: int) -> Learned | None:
    from sklearn.model_selection import GroupKFold, cross_val_predict  # noqa: PLC0415

    is_it = [theme in one.themes for one in examples]
    documents = [str(one.document) for one in examples]
    where = {name for name, yes in zip(documents, is_it, strict=True) if yes}
    if sum(is_it) < FEWEST or len(examples) - sum(is_it) < FEWEST or len(where) < 3:
        return None
    folds = GroupKFold(n_splits=min(FOLDS, len(set(documents))))
    texts = [one.words for one in examples]
    splits = list(folds.split(texts, is_it, documents))
    if any(len({is_it[n] for n in train}) < 2 for train, _ in splits):
        return None
    likely = cross_val_predict(_pipeline(seed), texts, is_it, cv=splits, method="predict_proba")[:, 1]
    said = [bool(p >= LIKELY) for p in likely]
    right = sum(a and b for a, b in zip(said, is_it, strict=True))
    if not sum(said):
        return None
    model = _pipeline(seed).fit(texts, is_it)
    return Learned(theme, right / sum(said), right / sum(is_it), sum(said), sum(is_it), model)


def _pipeline(seed: int) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415

    words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=1)
    return make_pipeline(words, LogisticRegression(class_weight="balanced", C=4.0, max_iter=400, random_state=seed))
