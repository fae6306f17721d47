"""What the schema's library says of a value that does not fit, in words an author can act on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

DAY = "{given!r} is not a day.", "Write year-month-day, as in 2026-01-05."
WHOLE = "{given!r} is not a whole number.", "Write digits only, as in 30."
NUMBER = "{given!r} is not a number.", "Write digits, with a point before decimals, as in 0.8."
YES_NO = "{given!r} is neither true nor false.", "Write one of the two."
TEXT = "{given!r} is not read as text.", "Put it between quotation marks."
LIST = "{given} is not a list.", "Write each item on a line of its own after a hyphen, or all between [ and ]."
KEYS = "{given} is not a set of keys and values.", "Write `key: value` on lines of their own, indented below it."
RANGE = "{given!r} is outside what fits here.", "It must be {rule} {bound}."

SAID = {
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "date_parsing": DAY,
    "date_type": DAY,
    "int_parsing": WHOLE,
    "int_type": WHOLE,
    "int_from_float": WHOLE,
    "float_parsing": NUMBER,
    "float_type": NUMBER,
    "bool_parsing": YES_NO,
    "bool_type": YES_NO,
    "string_type": TEXT,
    "list_type": LIST,
    "tuple_type": LIST,
    "dict_type": KEYS,
    "model_type": KEYS,
    "model_attributes_type": KEYS,
    "greater_than_equal": RANGE,
    "greater_than": RANGE,
    "less_than_equal": RANGE,
    "less_than": RANGE,
    "number_too_large": ("{given!r} is larger than anything that is counted here.", "Write a smaller number."),
    "too_short": ("There is too little here.", "Write at least {min_length}."),
    "too_long": ("There is too much here.", "Write at most {max_length}."),
}
RULES = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}


def say(kind: str, given: Any, context: Mapping[str, Any]) -> tuple[str, str] | None:
    """What is wrong and what to write instead; None for a fault that has no words of its own here."""
    if kind not in SAID:
        return None
    shown = _shown(given) if SAID[kind] in (LIST, KEYS) else str(given) if isinstance(given, date) else given
    rule = next((name for name in RULES if name in context), "")
    bound = f"{context[rule]:g}" if rule else ""
    facts = {**context, "given": shown, "rule": RULES.get(rule, ""), "bound": bound}
    message, remedy = SAID[kind]
    return message.format(**facts), remedy.format(**facts)


def _shown(given: Any) -> str:
    if isinstance(given, dict):
        return "A set of keys and values"
    if isinstance(given, list):
        return "A list"
    return "Nothing" if given is None else repr(given)
