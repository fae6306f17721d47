"""Whether words look like they name or number a patient. A hint for people to check, never proof.

Looks for telephone numbers, long numbers as on identity cards and registers, a name right after a word for
patient, and what people say their name is, in English and Swahili. Source of the number shapes: national
numbering plans of Tanzania and Zambia (ITU E.129), and the 20 digits of Tanzania's national identity number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = r"[A-ZÀ-Þ][a-zß-ÿ]{2,}"
_SOMEBODY = r"(?:patient|client|mgonjwa|mteja|card|kadi)"
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("phone", re.compile(r"(?<![\d.])(?:\+?2(?:55|60)[ -]?|0)[679]\d(?:[ -]?\d){7}(?!\d)")),
    ("number", re.compile(r"(?<![\d.,/-])\d(?:[ -]?\d){7,}(?![\d/])")),
    (
        "register",
        re.compile(r"\b(?:MRN|RCH|CTC|PMTCT|NHIF|reg(?:ister)?|file|namba)\W{0,3}(?:no\W{0,2})?\d{2}[\d/-]{1,}", re.I),
    ),
    (  # not 120/80, which is a blood pressure
        "register",
        re.compile(
            rf"\b{_SOMEBODY}\W{{0,3}}(?:(?:no|number|namba)\W{{0,2}}(?P<it>\d{{2}}[\d/-]*)"
            rf"|(?P<it2>\d+(?:[/-]\d+){{2,}}|\d{{4,}}/\d+))",
            re.I,
        ),
    ),
    (
        "name",
        re.compile(
            rf"(?i:\b(?:my name is|i am called|jina langu(?: ni)?|anaitwa|naitwa)) (?P<it>{_NAME}(?: {_NAME})?)"
        ),
    ),
    (
        "name",
        re.compile(
            rf"\b(?:[Pp]atient|[Cc]lient|[Bb]aby of|[Mm]gonjwa|[Mm]teja|[Mm]ama|[Mm]totowa|[Mm]toto wa|[Mm]rs\.?)"
            rf"(?: (?:called|named|aitwaye|jina))? (?P<it>{_NAME})"
        ),
    ),
)
_NO_NAMES = frozenset(
    {"Mama Mjamzito", "Mama Wajawazito", "Patient Care", "Patient Safety", "Client Card", "Client Service"}
)


def looks_like_a_patient(text: str) -> str:
    """Which kind of trace was found: phone, number, register or name; "" for none."""
    return next((kind for _, _, kind in traces(text)), "")


def traces(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each trace begins and ends, without the words that gave it away, and its kind; kind by kind."""
    for kind, shape in _SHAPES:
        for found in shape.finditer(text):
            if kind == "name" and found.group().title() in _NO_NAMES:
                continue
            if kind == "number" and _is_a_day(found.group()):
                continue
            named = next((name for name, words in found.groupdict().items() if words), 0)
            yield found.start(named), found.end(named), kind


def _is_a_day(text: str) -> bool:
    """2026-03-31 and 31 03 2026 are days."""
    digits = re.sub(r"\D", "", text)
    return len(digits) == 8 and (digits[:2] in {"19", "20"} or digits[4:6] in {"19", "20"})
