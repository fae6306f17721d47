"""Scores of a filled instrument, by the rules its blueprint declares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from mlezi.formats import answers
from mlezi.formats.facts import Fact
from mlezi.instruments.derivation.identity import derived_id
from mlezi.instruments.derivation.unit import Source, Unit
from mlezi.methods.scoring import Scored, mark, score
from mlezi.plumbing.bulk import Table
from mlezi.surveys.declared import Instrument

OUTSIDE = "outside_scale"


class Kept(NamedTuple):
    """Where scores go, and of which filled instrument they are."""

    table: Table
    namespace: UUID
    filled_id: UUID


def put(unit: Unit, source: Source, instrument: Instrument, kept: Kept, facts: Sequence[Fact]) -> None:
    """One row a scale and a test. An answer that is not on its scale is flagged, and counts as not given."""
    by_question = {fact.argument: fact for fact in facts}
    numbers = {question: answers.number(fact.value) for question, fact in by_question.items()}
    chosen = {question: answers.choices(fact.value) for question, fact in by_question.items()}
    found: dict[str, Scored] = {scale.code: score(scale, numbers) for scale in instrument.scales}
    found |= {test.code: mark(test, chosen) for test in instrument.tests}
    for one in found.values():
        for item in one.outside:
            unit.flag(source, by_question[item], OUTSIDE)
    for code, one in found.items():
        unit.put(
            kept.table,
            id=derived_id(kept.namespace, kept.filled_id, "scale", code),
            submission_id=source.id,
            filled_id=kept.filled_id,
            scale=code,
            score=one.score,
            n_items=one.n_items,
            n_answered=one.n_answered,
            band=one.band,
        )
