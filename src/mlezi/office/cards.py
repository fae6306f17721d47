"""From an indicator's figure to what a card says: value, unit, n of N, interval, tone, the way to its records."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from mlezi.evaluation.arithmetic import Numbers
from mlezi.evaluation.figures import Figure as Answer
from mlezi.evaluation.indicator import Indicator, Measure
from mlezi.plumbing.figures import Figure, Interval
from mlezi.plumbing.words import number, percent


def card(answer: Answer, url: str = "", *, target: float | None = None, note: str = "", opens: bool = True) -> Figure:
    """One figure with everything a reader needs to judge it. `opens`: whether the reader may open its records."""
    indicator, numbers = answer.indicator, answer.numbers
    return Figure(
        name=gettext(indicator.title),
        value=shown(indicator, numbers) if numbers.value is not None or numbers.is_hidden else "",
        unit=unit(indicator, numbers),
        note=" ".join(part for part in (why(indicator, numbers, target), note) if part),
        tone=tone(indicator, numbers.value, target),
        open_url=url,
        open_text=gettext("Open the records") if numbers.value and opens else gettext("How it is counted"),
        interval=interval(indicator, numbers, target),
    )


def later(indicator: Indicator, url: str, fetch_url: str) -> Figure:
    """A card without its number: it is still being counted, and the page fetches it."""
    return Figure(
        name=gettext(indicator.title),
        value="",
        open_url=url,
        open_text=gettext("How it is counted"),
        fetch_url=fetch_url,
    )


def shown(indicator: Indicator, numbers: Numbers) -> str:
    """The value as a person reads it; hidden and missing are words, never 0."""
    if numbers.is_hidden:
        return gettext("hidden")
    if is_part(indicator):
        return percent(numbers.value)
    return number(numbers.value, 0 if indicator.measure is Measure.COUNT else 1)


def is_part(indicator: Indicator) -> bool:
    """Whether the value is a part of a whole, read as per cent: a share, or hours of hours."""
    return indicator.measure is Measure.SHARE or indicator.in_units == "%"


def unit(indicator: Indicator, numbers: Numbers) -> str:
    """What is counted, in the plural: beside a single one the figure's name says it."""
    alone = indicator.measure is Measure.COUNT and numbers.value == 1
    return "" if is_part(indicator) or numbers.value is None or alone else gettext(indicator.in_units)


def why(indicator: Indicator, numbers: Numbers, target: float | None = None) -> str:
    """n of N, how sure, and what is missing; or why there is nothing."""
    if numbers.is_hidden:
        return gettext("Hidden: so few people could be recognised.")
    if numbers.value is None:
        return gettext("Nothing to count in this period.")
    said = [_of(indicator, numbers)]
    if indicator.adds_up and numbers.total is not None:
        total = {"total": number(numbers.total, 1), "unit": gettext(indicator.in_units)}
        said.append(gettext("{total} {unit} in all.").format(**total))
    if indicator.measure is Measure.SHARE and numbers.low is not None and numbers.high is not None:
        ends = {"low": percent(numbers.low), "high": percent(numbers.high), "sure": percent(0.95)}
        said.append(gettext("{sure} interval {low} to {high}.").format(**ends))
    if target is not None:
        words = percent(target) if is_part(indicator) else number(target, 1)
        said.append(gettext("Target {value}.").format(value=words))
    if numbers.missing:
        said.append(ngettext("{n} unknown.", "{n} unknown.", numbers.missing).format(n=number(numbers.missing)))
    return " ".join(said)


def _of(indicator: Indicator, numbers: Numbers) -> str:
    if indicator.measure is Measure.SHARE:
        return gettext("{n} of {of}.").format(n=number(numbers.n), of=number(numbers.of))
    if indicator.measure is Measure.SPREAD:
        if numbers.q1 is None or numbers.q3 is None:
            return gettext("Median of {n}.").format(n=number(numbers.of))
        return gettext("Median of {n}; the middle half from {q1} to {q3}.").format(
            n=number(numbers.of), q1=number(numbers.q1, 1), q3=number(numbers.q3, 1)
        )
    if numbers.of is not None and numbers.n is not None and numbers.of != numbers.n:
        return gettext("Of {of} in all.").format(of=number(numbers.of))
    return ""


def tone(indicator: Indicator, value: float | None, target: float | None) -> str:
    """Late below a target by a tenth of it or more, wait below it; without a target no judgement."""
    if value is None or target is None or indicator.better == "neither":
        return ""
    short = (target - value) if indicator.better == "higher" else (value - target)
    if short <= 0:
        return "good"
    return "late" if short > 0.1 * abs(target) else "wait"


def interval(indicator: Indicator, numbers: Numbers, target: float | None) -> Interval | None:
    if indicator.measure is not Measure.SHARE or numbers.value is None or numbers.low is None or numbers.high is None:
        return None
    return Interval(
        numbers.low * 100, numbers.high * 100, numbers.value * 100, None if target is None else target * 100,
        gettext("{low} to {high}").format(low=percent(numbers.low), high=percent(numbers.high)),
    )  # fmt: skip
