"""The methods paragraph, written from what was really run: methods, variants and options of the results themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from mlezi.studies import naming, sentences, spoken

if TYPE_CHECKING:
    from mlezi.reports.study.telling import Told


def paragraphs(told: Told) -> Iterator[str]:
    """One paragraph about design and data, one for each analysis, one about tests and hiding."""
    plan = told.plan
    design = gettext(sentences.DESIGNS[plan.design])
    text = gettext(
        "Design: {design}. {claim} Data were frozen as of the last record used; dates were kept by the {unit}."
    )
    yield text.format(
        design=design, claim=gettext(sentences.CLAIMS[plan.design]), unit=gettext(sentences.ROUNDED[plan.dates])
    )
    for spec in plan.analyses:
        used = _used(told, told.results["analyses"][spec.code]["figures"])
        if used:
            yield f"{told.speaker.analysis(spec.code)}: {'; '.join(used)}."
    tests = len(told.results["adjusted"])
    if tests:
        kind = gettext(sentences.ADJUSTED[plan.multiplicity])
        yield gettext("{n} tests were made; their p-values were adjusted within each question: {kind}.").format(
            n=spoken.number(tests, 0), kind=kind
        )
    yield gettext(
        "Intervals are at {level} %. Groups of fewer than {n} people are hidden, with others where subtraction would "
        "tell. What was drawn at random was drawn with the seed {seed}."
    ).format(level=spoken.number(plan.level * 100, 0), n=plan.minimum_group, seed=plan.seed)
    if plan.registered or plan.approved:
        yield gettext("Registered: {where}. Approved: {who}.").format(
            where=plan.registered or "–", who=plan.approved or "–"
        )


def _used(told: Told, figures: list[dict[str, Any]]) -> list[str]:
    """Each method with its variant, once, in the order they were used."""
    found: dict[str, None] = {}
    for figure in figures:
        estimate = figure["estimate"]
        if not estimate["empty_because"]:
            found[naming.named(estimate, told.speaker.side)] = None
    return list(found)
