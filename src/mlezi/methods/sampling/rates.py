"""The rate at which checked records agree with the source, estimated for all records from a drawn sample.

Sources: Cochran 1977, Sampling Techniques, 5.4 and 5.6 (stratified shares, finite population); Korn and Graubard
1998, Survey Methodology 24:193 (interval from an effective sample size), here with the Wilson interval.
"""

from __future__ import annotations

from collections.abc import Mapping

from mlezi.methods.sampling.records import Sample
from mlezi.methods.statistics.estimate import Estimate, check_level, empty
from mlezi.methods.statistics.notes import Note, note
from mlezi.methods.statistics.proportions import bounds, missing_note
from mlezi.methods.statistics.values import BadValue

METHOD = "Stratified share with finite population correction"
VARIANT = "Wilson interval on the effective sample size"


def match_rate(
    sample: Sample,
    matched: Mapping[str, bool | None],
    *,
    level: float = 0.95,
    estimand: str = "Share of all records that agree with the source",
) -> Estimate:
    """The share of the whole population that matches, from the records of `sample` that were checked.

    `matched` holds True or False for each checked record; a gap or None means not found or not yet checked.
    Empty when a stratum with records has none checked: nothing is then known of it.
    Raises BadValue for a checked record that was not drawn. `numbers`: matched, population, effective_n.
    """
    check_level(level)
    strangers = sorted(set(matched) - set(sample.records))
    if strangers:
        raise BadValue(f"record {strangers[0]!r} was checked but not drawn, so its probability is not known")
    results: dict[str, list[bool]] = {stratum: [] for stratum in sample.sizes}
    for one in sample.drawn:
        answer = matched.get(one.record)
        if answer is not None:
            results[one.stratum].append(bool(answer))
    checked, population = sum(map(len, results.values())), sum(sample.sizes.values())
    reason = _why_not(results, checked=checked, drawn=len(sample.drawn))
    if reason is not None:
        return empty(
            reason,
            estimand=estimand,
            method=METHOD,
            variant=VARIANT,
            n_used=checked,
            n_eligible=len(sample.drawn),
            level=level,
        )
    point, variance = _stratified(results, sample.sizes)
    effective = _effective_n(point, variance, checked, population)
    if effective is None:
        low = high = point  # Every record was checked: nothing is left to chance.
    else:
        low, high = bounds(point * effective, effective, level=level)
    return Estimate(
        estimand=estimand,
        method=METHOD,
        variant=VARIANT,
        n_used=checked,
        n_eligible=len(sample.drawn),
        point=point,
        low=low,
        high=high,
        level=level,
        warnings=(note("extrapolated", n=population), *missing_note(checked, len(sample.drawn))),
        numbers={
            "matched": sum(map(sum, results.values())),
            "population": population,
            "effective_n": checked if effective is None else effective,
        },
    )


def _why_not(results: Mapping[str, list[bool]], *, checked: int, drawn: int) -> Note | None:
    if checked == 0:
        return note("all_missing", n_eligible=drawn) if drawn else note("nobody")
    for stratum, answers in results.items():
        if not answers:
            return note("group_empty", group=stratum)
    return None


def _stratified(results: Mapping[str, list[bool]], sizes: Mapping[str, int]) -> tuple[float, float]:
    """Weighted share and its variance. One checked record shows no spread: its stratum borrows the overall one."""
    population = sum(sizes.values())
    shares = {stratum: sum(answers) / len(answers) for stratum, answers in results.items()}
    point = min(1.0, sum(sizes[stratum] / population * here for stratum, here in shares.items()))
    variance = 0.0
    for stratum, answers in results.items():
        n, size, here = len(answers), sizes[stratum], shares[stratum]
        spread = here * (1 - here) / (n - 1) if n > 1 else point * (1 - point)
        variance += (size / population) ** 2 * (1 - n / size) * spread
    return point, variance


def _effective_n(point: float, variance: float, checked: int, population: int) -> float | None:
    """The size of a plain sample as exact as this one; None when everybody was checked."""
    if checked == population:
        return None
    if variance > 0:
        return point * (1 - point) / variance
    # All or none match: no spread to measure, so only the finite population sharpens the figure.
    return checked * (population - 1) / (population - checked)
