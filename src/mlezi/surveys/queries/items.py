"""The questions of an instrument as its form asks them, and how each counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from mlezi.instruments.models import FormVersion
from mlezi.instruments.queries import forms
from mlezi.surveys.declared import Instrument


@dataclass(frozen=True)
class Item:
    """One question. `counts_in` are codes of scales; `is_reverse` where any of them turns it round."""

    name: str
    label: str
    counts_in: tuple[str, ...]
    is_reverse: bool
    has_key: bool


def items_of(version: FormVersion, instrument: Instrument) -> list[Item]:
    """Every question that is kept for analysis, in the order of the form."""
    found = []
    for question in forms.read(version).questions():
        term, _, name = question.meaning.partition(":")
        if term != "answer":
            continue
        scales = [scale for scale in instrument.scales if name in scale.items]
        tests = [test for test in instrument.tests if any(key.question == name for key in test.keys)]
        found.append(
            Item(
                name,
                label_of(question.labels) or name,
                (*(one.code for one in scales), *(one.code for one in tests)),
                any(name in scale.reverse for scale in scales),
                bool(tests),
            )
        )
    return found


def label_of(labels: Mapping[str, str]) -> str:
    """In the reader's language where the form has it: its languages are called as in "Kiswahili (sw)"."""
    wanted = f"({(get_language() or 'en').split('-')[0]})"
    return next((text for name, text in labels.items() if wanted in name), "") or next(iter(labels.values()), "")
