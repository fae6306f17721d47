"""McDonald's omega total of a scale: the share of the sum's variance that one common factor explains.

The factor is fitted by maximum likelihood to the correlations (the fit does not depend on the units) and turned
back to the items' own units. Two denominators are in use and named: the model's variance of the sum, or the observed.
Sources: McDonald 1999, Test Theory; Jöreskog 1967, Psychometrika 32:443 (maximum likelihood); Kelley and
Pornprasertmanit 2016, Psychol Methods 21:69 (percentile bootstrap).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mlezi.methods.statistics.alpha import complete_rows, why_not
from mlezi.methods.statistics.estimate import FEW, Estimate, check_level, empty
from mlezi.methods.statistics.means import is_constant
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import missing_note
from mlezi.methods.statistics.values import Numbers, Value

Denominator = Literal["model", "observed"]
STEPS = 1000
CHUNK = 2_000_000  # Numbers held at one time while resampling.
EDGE = 0.005  # The smallest own share of an item that the search may try, as in R's factanal.


@dataclass(frozen=True)
class OneFactor:
    """A one-factor model in the items' own units. `at_edge`: an item has (nearly) no variance of its own."""

    loadings: Numbers
    own: Numbers
    at_edge: bool


def omega(
    items: Mapping[str, Iterable[Value]],
    *,
    seed: int,
    denominator: Denominator = "model",
    standardised: bool = False,
    resamples: int = 1000,
    level: float = 0.95,
    estimand: str = "Share of the variance of the sum that one common factor explains (omega total)",
) -> Estimate:
    """Omega of the items; each list holds the same people in the same order, with gaps (listwise).

    `standardised` gives the omega of items brought to equal spread. With `resamples` 0 there is no interval.
    `numbers`: items, resamples_used. Needs three items that vary.
    """
    check_level(level)
    unit = "correlations" if standardised else "covariances"
    variant = f"one factor, maximum likelihood, {unit}; {denominator} variance; percentile bootstrap, seed {seed}"
    names, rows, asked = complete_rows(items)
    n, k = rows.shape
    reason = why_not(rows, asked, least_items=3) or _why_no_factor(rows)
    fitted = None if reason else one_factor(rows)
    if reason is None and fitted is None:
        reason = note("did_not_converge")
    if fitted is None:
        return empty(
            reason or note("did_not_converge"),
            estimand=estimand,
            method="McDonald's omega total",
            variant=variant,
            n_used=n,
            n_eligible=asked,
            level=level,
        )
    found = _bootstrap(rows, seed=seed, resamples=resamples, denominator=denominator, standardised=standardised)
    tail = (1 - level) / 2
    low, high = np.quantile(found, [tail, 1 - tail]) if found.size else (None, None)
    notes = _notes(fitted, names, n, resamples - int(found.size), resamples)
    return Estimate(
        estimand=estimand,
        method="McDonald's omega total",
        variant=variant,
        n_used=n,
        n_eligible=asked,
        point=omega_of(rows, fitted, denominator=denominator, standardised=standardised),
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        level=level,
        warnings=notes + missing_note(n, asked),
        numbers={"items": k, "resamples_used": int(found.size)},
    )


def one_factor(rows: Numbers) -> OneFactor | None:
    """Maximum-likelihood loadings of one factor for complete rows; None when the search does not settle."""
    return _fitted(rows[None])[0]


def omega_of(rows: Numbers, fitted: OneFactor, *, denominator: Denominator, standardised: bool) -> float:
    """Omega from a fitted factor: common variance of the sum over all variance of the sum."""
    sd = np.std(rows, axis=0, ddof=1) if standardised else np.ones(rows.shape[1])
    common = float((fitted.loadings / sd).sum()) ** 2
    if denominator == "model":
        return common / (common + float((fitted.own / sd**2).sum()))
    return common / float(np.var((rows / sd).sum(axis=1), ddof=1))


def _fitted(samples: Numbers) -> list[OneFactor | None]:
    """One model per sample (samples by people by items); all samples are searched at once."""
    sd = np.std(samples, axis=1, ddof=1)
    centred = (samples - samples.mean(axis=1, keepdims=True)) / sd[:, None, :]
    correlations = np.swapaxes(centred, 1, 2) @ centred / (samples.shape[1] - 1)
    logs, settled = _search(correlations)
    own = np.exp(logs)
    loadings = _loadings(logs, correlations)
    return [
        OneFactor(loadings[i] * sd[i], own[i] * sd[i] ** 2, bool(np.any(own[i] <= EDGE * 1.01))) if settled[i] else None
        for i in range(len(samples))
    ]


def _search(correlations: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    """Logs of the items' own shares at the highest likelihood, by Jöreskog's scoring steps; and which settled.

    With the loadings at their best, the misfit is the sum of v - log v - 1 over all but the largest eigenvalue v of
    the correlations scaled by the own shares; its slopes and their expected curvature follow from the eigenvectors.
    """
    count, k, _ = correlations.shape
    logs = np.full((count, k), np.log(0.5))
    open_ = np.arange(count)
    for turn in range(STEPS):
        step = _scoring_step(logs[open_], correlations[open_])
        # Steps that still swing after many turns are shortened until they settle.
        longest = 1.0 if turn < STEPS // 2 else 0.5
        moved = np.clip(logs[open_] - np.clip(step * longest, -longest, longest), np.log(EDGE), 0.0)
        still = np.abs(moved - logs[open_]).max(axis=1) >= 1e-8
        logs[open_] = moved
        open_ = open_[still]
        if not open_.size:
            break
    settled = np.ones(count, dtype=bool)
    settled[open_] = False
    return logs, settled


def _scoring_step(logs: Numbers, correlations: Numbers) -> Numbers:
    k = logs.shape[1]
    scale = np.exp(-logs / 2)
    values, vectors = np.linalg.eigh(correlations * scale[:, :, None] * scale[:, None, :])
    rest = vectors[:, :, :-1]
    slope = np.einsum("sim,sm->si", rest**2, 1 - values[:, :-1])
    curve = (rest @ np.swapaxes(rest, 1, 2)) ** 2 + 1e-10 * np.eye(k)
    # A share at either end that wants to go further stays there and leaves the step of the others alone.
    stuck = ((logs <= np.log(EDGE)) & (slope > 0)) | ((logs >= 0) & (slope < 0))
    curve = np.where(stuck[:, :, None] | stuck[:, None, :], np.eye(k), curve)
    step: Numbers = np.linalg.solve(curve, np.where(stuck, 0.0, slope)[:, :, None])[:, :, 0]
    return step


def _loadings(logs: Numbers, correlations: Numbers) -> Numbers:
    """The best loadings of standardised items for given own shares, mostly positive."""
    scale = np.exp(-logs / 2)
    values, vectors = np.linalg.eigh(correlations * scale[:, :, None] * scale[:, None, :])
    found = vectors[:, :, -1] * np.sqrt(np.maximum(values[:, -1] - 1, 0))[:, None] / scale
    turned: Numbers = np.where(found.sum(axis=1, keepdims=True) < 0, -found, found)
    return turned


def _bootstrap(rows: Numbers, *, seed: int, resamples: int, denominator: Denominator, standardised: bool) -> Numbers:
    """Omega of people drawn again with replacement; draws without an answer are left out."""
    dice = np.random.default_rng(seed)
    n, found = rows.shape[0], []
    at_once = max(1, CHUNK // rows.size)
    for start in range(0, resamples, at_once):
        drawn = rows[dice.integers(0, n, (min(at_once, resamples - start), n))]
        drawn = drawn[(drawn != drawn[:, :1]).any(axis=1).all(axis=1)]
        if len(drawn):
            found += [
                omega_of(sample, fitted, denominator=denominator, standardised=standardised)
                for sample, fitted in zip(drawn, _fitted(drawn), strict=True)
                if fitted is not None
            ]
    return np.array(found)


def _why_no_factor(rows: Numbers) -> Note | None:
    if rows.shape[0] <= rows.shape[1]:
        return note("too_few_for_estimate", n=rows.shape[0], needed=rows.shape[1] + 1)
    constant = any(is_constant(column) for column in rows.T)
    return note("not_defined", why="all people gave one of the items the same answer") if constant else None


def _notes(fitted: OneFactor, names: list[str], n: int, lost: int, resamples: int) -> tuple[Note, ...]:
    notes: tuple[Note, ...] = (note("few", n=n, needed=FEW),) if n < FEW else ()
    if len(names) == 3:
        notes += (note("just_identified"),)
    if fitted.at_edge:
        notes += (note("improper"),)
    for name, loading in zip(names, fitted.loadings, strict=True):
        if loading < 0:
            notes += (note("negative_item", item=name),)
    if lost:
        notes += (note("bootstrap_lost", lost=lost, resamples=resamples),)
    return notes
