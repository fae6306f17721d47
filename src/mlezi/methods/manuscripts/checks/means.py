"""A mean with its SD and interval: does the interval follow, and from how many values?

A t-interval is mean ± t(n-1) · SD / √n, so mean, SD and interval together say what n was. Where the n that fits is
not the n that the reader expects (topics instead of respondents, say), that is worth knowing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from scipy.special import stdtrit

from mlezi.methods.manuscripts.checks.writing import closed
from mlezi.methods.manuscripts.finding import Finding, Verdict
from mlezi.methods.manuscripts.printed import NUMBER, SLACK, Printed
from mlezi.methods.manuscripts.reading import Manuscript

CHECK = "mean"
LARGEST = 1_000_000
NEARBY = 1_500  # signs within which a number may be the n of a mean
_SIGNED = rf"-?{NUMBER}"
_SD = (
    rf"(?:\s*(?:±|\+/-|\+-)\s*(?:SD\s*=?\s*)?(?P<sd>{NUMBER})"
    rf"|\s*\((?P<sd3>{NUMBER})\)(?=[\s,;:.]*[(\[]?\s*(?:\d\d|CI|IC))"
    rf"|[\s,;(\[]*\b(?:SD|s\.d\.|standard deviation|ET|écart[- ]type)\s*[=:,]?\s*(?P<sd2>{NUMBER})\s*[)\]]?)"
)
_CI = (
    r"[\s,;:.)(\[]*"
    r"(?:(?P<level>\d\d(?:\.\d)?)\s?%\s*(?:CI|confidence interval|IC)?\b\s*[=:,]?"
    r"|\b(?:CI|IC)\s*(?:à|a|ya)?\s*(?:(?P<level2>\d\d(?:\.\d)?)\s?%)?\s*[=:,]?)[\s(\[]*"
    rf"(?P<low>{_SIGNED})\s*(?:-|to|,|;|à|hadi)\s*(?P<high>{_SIGNED})"
)
_N = r"(?:[\s,;()\[\]]*[nN]\s*=\s*(?P<n>\d[\d, ]*))?"
_UNIT = r"(?:\s?(?:years|yrs|months|points|ans|mois|miaka|miezi|pointi|mm ?Hg|kg|cm|°C|%))?"
_BRACKETED = re.compile(r"\b(?:mean|M|moyenne|wastani)\s*[(,±]\s*(?:SD|ET)\b", re.IGNORECASE)  # mean (SD) … 12.4 (3.1)
_MEAN = re.compile(
    rf"(?<![\d.,])(?P<mean>{_SIGNED}){_UNIT}{_SD}{_UNIT}{_N}{_CI}{_N.replace('<n>', '<n2>')}", re.IGNORECASE
)


@dataclass(frozen=True)
class Mean:
    mean: Printed
    sd: Printed
    low: Printed
    high: Printed
    level: float
    n: int | None
    start: int
    end: int


def found(manuscript: Manuscript) -> Iterator[Mean]:
    for match in _MEAN.finditer(manuscript.text):
        if match["sd3"] and not _BRACKETED.search(manuscript.text, max(match.start() - 120, 0), match.start()):
            continue
        n = match["n"] or match["n2"]
        numbers = {name: signed(match[name]) for name in ("mean", "low", "high")}
        level = match["level"] or match["level2"]
        yield Mean(
            **numbers,
            sd=Printed.of(match["sd"] or match["sd2"] or match["sd3"]),
            level=float(level) / 100 if level else 0.95,
            n=int(re.sub(r"\D", "", n)) if n else None,
            start=match.start(),
            end=closed(manuscript.text, match),
        )


def signed(text: str) -> Printed:
    number = Printed.of(text.lstrip("-"))
    return Printed(text, -number.value, number.decimals) if text.startswith("-") else number


def check(manuscript: Manuscript) -> Iterator[Finding]:
    for one in found(manuscript):
        yield _judged(manuscript, one)


def _judged(manuscript: Manuscript, one: Mean) -> Finding:
    fitting = sizes(one)
    values: dict[str, str | int | float] = {"level": f"{100 * one.level:g}", "fits": spelled(fitting)}
    values |= {"mean": one.mean.text, "sd": one.sd.text, "low": one.low.text, "high": one.high.text}
    quote = manuscript.quote(one.start, one.end)

    def says(verdict: Verdict, code: str, would_be: str = "") -> Finding:
        return Finding(CHECK, verdict, one.start, one.end, quote, code, values, would_be)

    if one.low.low > one.high.high:
        return says(Verdict.FAILS, "upside_down")
    if not is_centred(one):
        return says(Verdict.OPEN, "not_centred")
    if one.n is not None:
        values["n"] = one.n
        if one.n in fitting:
            return says(Verdict.HOLDS, "mean_holds")
        return says(Verdict.FAILS, "mean_other_n" if fitting else "mean_wrong", _interval(one, one.n))
    if not fitting:
        return says(Verdict.FAILS, "no_n_fits")
    is_named = any(number in fitting and abs(place - one.start) < NEARBY for number, place in manuscript.counts)
    return says(*((Verdict.HOLDS, "mean_fits_n") if is_named else (Verdict.OPEN, "mean_fits_unnamed_n")),
                would_be=f"n = {spelled(fitting)}")  # fmt: skip


def is_centred(one: Mean) -> bool:
    """Whether the mean can be the middle of the interval; those of skewed scales and models are not."""
    middle = (one.low.value + one.high.value) / 2
    return abs(middle - one.mean.value) <= one.mean.half + (one.low.half + one.high.half) / 2 + SLACK


def sizes(one: Mean) -> range:
    """Every n from 2 on whose t-interval prints as the one in the text. They are neighbours."""
    widest = (one.high.high - one.low.low) / 2 + SLACK
    narrowest = (one.high.low - one.low.high) / 2 - SLACK
    if narrowest <= 0 and one.sd.low <= 0:
        return range(0)
    first = _first(lambda n: half_width(n, one.sd.low, one.level) <= widest)
    last = _first(lambda n: half_width(n, one.sd.high, one.level) < narrowest)
    return range(first, last)


def half_width(n: int, sd: float, level: float) -> float:
    return quantile(n - 1, level) * sd / sqrt(n)


@lru_cache(maxsize=4096)
def quantile(df: int, level: float) -> float:
    return float(stdtrit(df, 0.5 + level / 2))


def _first(holds: Callable[[int], bool]) -> int:
    """The smallest n from 2 on for which `holds` (true from some n on), or one beyond the largest."""
    low, high = 2, LARGEST
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def spelled(fitting: range) -> str:
    if not fitting:
        return "–"
    return str(fitting[0]) if len(fitting) == 1 else f"{fitting[0]}–{fitting[-1]}"


def _interval(one: Mean, n: int) -> str:
    if n < 2:
        return ""
    half = half_width(n, one.sd.value, one.level)
    return f"{one.low.as_printed(one.mean.value - half)}–{one.high.as_printed(one.mean.value + half)}"
