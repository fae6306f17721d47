"""Suggestions learned from a coder's own codings: a plain bag of words and logistic regression, nothing bought in.

Precision is measured by cross-validation over documents: texts that a suggestion is tested on took no part in
learning it. A theme with too few examples, or whose precision is low, is not suggested.
"""

from __future__ import annotations

import warnings
from collections.abc import Hashable, Iterable, Sequence
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
        from threadpoolctl import threadpool_limits  # noqa: PLC0415 - comes with it
    except ImportError as error:
        raise NotInstalled from error
    themes = [theme for theme in sorted({theme for one in examples for theme in one.themes}, key=str)
              if _has_enough(examples, theme)]  # fmt: skip
    if not themes:
        return []
    with warnings.catch_warnings(), threadpool_limits(1):  # sums this small wait longer for threads than they take
        warnings.simplefilter("ignore", ConvergenceWarning)
        folds, whole = _folds(examples), _Read.of(examples, range(len(examples)), ())
        found = [made for theme in themes if (made := _one(examples, theme, folds, whole, seed))]
    return sorted(found, key=lambda one: (-one.precision, str(one.theme)))


def _has_enough(examples: Sequence[Example], theme: Hashable) -> bool:
    having = [one.document for one in examples if theme in one.themes]
    return len(having) >= FEWEST and len(examples) - len(having) >= FEWEST and len(set(having)) >= 3


@dataclass(frozen=True)
class _Read:
    """Some examples to learn from and others to test on, as numbers: read once for all themes."""

    train: list[int]
    test: list[int]
    words: Any  # what makes numbers of words
    learned: Any
    tested: Any

    @classmethod
    def of(cls, examples: Sequence[Example], train: Iterable[int], test: Iterable[int]) -> _Read:
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

        here, there = list(train), list(test)
        words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=1)
        learned = words.fit_transform([examples[n].words for n in here])
        return cls(here, there, words, learned, words.transform([examples[n].words for n in there]) if there else None)


def _folds(examples: Sequence[Example]) -> list[_Read]:
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415

    documents = [str(one.document) for one in examples]
    folds = GroupKFold(n_splits=min(FOLDS, len(set(documents))))
    return [_Read.of(examples, train, test) for train, test in folds.split(documents, groups=documents)]


def _one(
    examples: Sequence[Example], theme: Hashable, folds: Sequence[_Read], whole: _Read, seed: int
) -> Learned | None:
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415

    is_it = [theme in one.themes for one in examples]
    if any(len({is_it[n] for n in fold.train}) < 2 for fold in folds):
        return None
    said = dict.fromkeys(range(len(examples)), False)
    for fold in folds:
        model = _classifier(seed).fit(fold.learned, [is_it[n] for n in fold.train])
        said |= dict(zip(fold.test, (model.predict_proba(fold.tested)[:, 1] >= LIKELY).tolist(), strict=True))
    n_said, right = sum(said.values()), sum(said[n] and yes for n, yes in enumerate(is_it))
    if not n_said:
        return None
    model = make_pipeline(whole.words, _classifier(seed).fit(whole.learned, is_it))
    return Learned(theme, right / n_said, right / sum(is_it), n_said, sum(is_it), model)


def _classifier(seed: int) -> Any:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    return LogisticRegression(class_weight="balanced", C=4.0, max_iter=400, random_state=seed)
