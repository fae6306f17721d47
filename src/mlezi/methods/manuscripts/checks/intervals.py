"""Which method gives the interval that is printed beside a share.

Packages differ in what they give without being asked: R's `prop.test` corrects Wilson for continuity, Stata's
`proportion` goes by the logit, SAS and SPSS by Wald. All are recognised; only one that none of them gives is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import exp, log, sqrt

from scipy.special import betaincinv, ndtri

from mlezi.methods.manuscripts.checks.writing import Share
from mlezi.methods.manuscripts.finding import Finding, Verdict
from mlezi.methods.manuscripts.reading import Manuscript
from mlezi.methods.statistics.proportions import bounds

CHECK = "interval"
Bounds = tuple[float, float]
# Words of a text whose intervals need not be those of plain counts.
_ADJUSTED = re.compile(
    r"\b(?:cluster\w*|weighted|design effect|survey weights?|gee|generali[sz]ed estimating|mixed[- ]effects?|robust|"
    r"bootstrap\w*|multilevel|hierarchical|bayes\w*|imput\w*|grappes?|pond[ée]r\w*)\b",
    re.IGNORECASE,
)


def check(manuscript: Manuscript, share: Share, of: int) -> Finding:
    assert share.interval
    low, high = share.interval
    scale = 1 if high.value <= 1 and share.percent.value > 1 else 100
    quote = manuscript.quote(share.start, share.end)
    values: dict[str, str | int | float] = {"count": share.count, "of": of, "low": low.text, "high": high.text}

    def says(verdict: Verdict, code: str, would_be: str = "") -> Finding:
        return Finding(CHECK, verdict, share.start, share.end, quote, code, values, would_be)

    for name, (lower, upper) in methods(share.count, of, share.level):
        if low.fits(scale * lower) and high.fits(scale * upper):
            values["method"] = name
            return says(Verdict.HOLDS, "wald_interval" if name == "Wald" else "interval_holds")
    lower, upper = bounds(share.count, of, level=share.level, method="wilson")
    right = f"{low.as_printed(scale * lower)}–{high.as_printed(scale * upper)}"
    is_wider = high.value - low.value > scale * (upper - lower) and low.value <= scale * share.count / of <= high.value
    if is_wider and _ADJUSTED.search(manuscript.text):
        return says(Verdict.OPEN, "interval_adjusted", right)
    return says(Verdict.FAILS, "interval_wrong", right)


def methods(count: int, of: int, level: float) -> Iterator[tuple[str, Bounds]]:
    """Each method by name, the best first."""
    yield "Wilson", bounds(count, of, level=level, method="wilson")
    yield "Clopper-Pearson", bounds(count, of, level=level, method="exact")
    yield "Wald", _wald(count, of, level)
    yield "Wilson with a continuity correction", _corrected(count, of, level)
    yield "Agresti-Coull", _agresti_coull(count, of, level)
    yield "Jeffreys", _jeffreys(count, of, level)
    if 0 < count < of:
        yield "the logit", _logit(count, of, level)


def _z(level: float) -> float:
    return float(ndtri(0.5 + level / 2))


def _wald(count: float, of: float, level: float) -> Bounds:
    """The simple interval, only to recognise it: it is too narrow near 0 and 1."""
    share = count / of
    half = _z(level) * sqrt(share * (1 - share) / of)
    return max(share - half, 0.0), min(share + half, 1.0)


def _corrected(count: int, of: int, level: float) -> Bounds:
    """Newcombe 1998, method 4."""
    if count == of:
        return 1 - _corrected(0, of, level)[1], 1.0
    z, share = _z(level), count / of
    wide = 2 * (of + z * z)
    upper = 2 * of * share + z * z + 1 + z * sqrt(z * z + 2 - 1 / of + 4 * share * (of * (1 - share) - 1))
    lower = 2 * of * share + z * z - 1 - z * sqrt(max(z * z - 2 - 1 / of + 4 * share * (of * (1 - share) + 1), 0.0))
    return (max(lower / wide, 0.0) if count else 0.0), min(upper / wide, 1.0)


def _agresti_coull(count: int, of: int, level: float) -> Bounds:
    z = _z(level)
    return _wald(count + z * z / 2, of + z * z, level)


def _jeffreys(count: int, of: int, level: float) -> Bounds:
    tail = (1 - level) / 2
    low = float(betaincinv(count + 0.5, of - count + 0.5, tail)) if count else 0.0
    high = float(betaincinv(count + 0.5, of - count + 0.5, 1 - tail)) if count < of else 1.0
    return low, high


def _logit(count: int, of: int, level: float) -> Bounds:
    middle, half = log(count / (of - count)), _z(level) * sqrt(1 / count + 1 / (of - count))
    return 1 / (1 + exp(half - middle)), 1 / (1 + exp(-half - middle))
