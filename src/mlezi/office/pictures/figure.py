"""One figure opened: what it means, its parts, and the records that made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from mlezi.evaluation import queries as evaluation
from mlezi.evaluation.arithmetic import Numbers
from mlezi.evaluation.figures import Figure as Answer
from mlezi.evaluation.indicator import BREAKDOWNS, Measure, Unit
from mlezi.office import cards, links, names
from mlezi.office.pictures import records
from mlezi.office.pictures.asked import Asked
from mlezi.places.models import Place
from mlezi.plumbing.tables import Column, Table

PLACES = ("region", "district", "facility")
SORTED = 2000  # records; more are read page by page, in their own order
BY = {"region": _("Region"), "district": _("District"), "facility": _("Facility"), "cadre": _("Cadre"),
      "topic": _("Topic"), "mode": _("Mode"), "kind": _("Kind"), "item": _("Item"), "part": _("Part")}  # fmt: skip


def parts(asked: Asked, answer: Answer) -> list[dict[str, Any]]:
    """The breakdown, named and sorted as people read it; hidden parts say so."""
    if answer.by is None:
        return []
    titles = _titles(asked, answer)
    rows = [
        {
            "title": titles.get(key) or gettext("not known"),
            "value": cards.shown(answer.indicator, numbers),
            "numbers": numbers,
            "share": round(numbers.value * 100, 1) if _is_share(answer) and numbers.value is not None else None,
            "n": numbers.n,
            "of": numbers.of,
        }
        for key, numbers in answer.parts.items()
    ]
    return sorted(rows, key=lambda row: str(row["title"]))


def _is_share(answer: Answer) -> bool:
    return answer.indicator.measure is Measure.SHARE


def _titles(asked: Asked, answer: Answer) -> Mapping[Any, str]:
    by = answer.by or ""
    known = {"cadre": names.cadres, "item": names.items, "topic": names.topics}
    if by in known:
        return {key: known[by](asked.programme).get(key, names.plain(key)) for key in answer.parts}
    if by in ("kind", "mode"):
        return {key: _named(asked, by, key) for key in answer.parts if key}
    language = get_language() or "en"
    return evaluation.labels(by, answer.parts, programme=asked.programme.pk, language=language)


def behind(asked: Asked, answer: Answer, only: Mapping[str, str]) -> Sequence[dict[str, Any]]:
    """The records behind that the viewer may open, narrowed to one part where the address says so."""
    known = (*answer.indicator.breakdowns, "item", "kind", "topic", "cadre", "mode")
    narrow = {column: only[key] for key, column in BREAKDOWNS.items() if key in known and only.get(key)}
    found = answer.records(scope=asked.record_scope(answer.indicator), only=narrow)
    named = records.Named(asked.programme, answer.indicator, found)
    return list(named) if len(found) <= SORTED else named


def table_of(answer: Answer) -> Table:
    """The records as a table that can be sorted and downloaded."""
    columns = [
        Column("record", _("Record"), value=lambda row: row["title"], link=lambda row: row["url"]),
    ]
    if answer.indicator.unit is not Unit.PLACE:
        columns.append(Column("place", _("Place"), value=lambda row: row["place"]))
    if "topic" in answer.indicator.breakdowns:
        columns.append(Column("topic", _("Topic"), value=lambda row: row["topic"]))
    if answer.indicator.measure in (Measure.SHARE, Measure.COUNT):
        columns.append(Column("counts", _("Counts in the figure"), value=lambda row: row["met"]))
    else:
        in_units = "hours" if answer.indicator.measure is Measure.RATIO else answer.indicator.in_units
        amount = gettext(in_units).capitalize()
        columns.append(Column("amount", amount, value=lambda row: _rounded(row["amount"]), numeric=True))
    empty = _("There are no records behind this figure that you may open.")
    return Table(f"figure-{answer.indicator.code}", tuple(columns), empty=empty)


def _rounded(amount: float | None) -> float | None:
    return None if amount is None else round(float(amount), 2)


def hides_any(numbers: Numbers, parts: Mapping[Any, Numbers]) -> bool:
    return numbers.is_hidden or any(part.is_hidden for part in parts.values())


def opened(asked: Asked, answer: Answer, address: Mapping[str, str]) -> dict[str, Any]:
    """Definition, parts and what is said about hidden groups."""
    told = answer.indicator
    words = {"question": told.question, "numerator": told.numerator, "denominator": told.denominator,
             "missing": told.missing}  # fmt: skip
    return {
        "definition": {key: gettext(text) for key, text in words.items()},
        "back_url": links.place(asked.programme, asked.place, period=asked.period.key),
        "parts": parts(asked, answer),
        "by": BY.get(answer.by or "", ""),
        "is_hidden": hides_any(answer.numbers, answer.parts),
        "only": _only(asked, address),
        "may_open": asked.opens(answer.indicator.code),
    }


def _only(asked: Asked, address: Mapping[str, str]) -> list[tuple[Any, str]]:
    """To what the address narrows the records, by name."""
    given = {key: address[key] for key in BREAKDOWNS if key in BY and address.get(key)}
    places = {key: int(value) for key, value in given.items() if key in PLACES and value.isdecimal()}
    seen = Place.objects.filter(asked.here.where(path="path", programme=None), pk__in=places.values())
    named = dict(seen.values_list("pk", "name"))
    return [(BY[key], named.get(places.get(key, 0)) or _named(asked, key, value)) for key, value in given.items()]


def _named(asked: Asked, by: str, key: str) -> str:
    """What a part of a breakdown is called, other than a place."""
    if by in ("kind", "mode"):
        return names.kind(key) if by == "kind" else names.mode(key)
    known = {"cadre": names.cadres, "item": names.items, "topic": names.topics}
    return (known[by](asked.programme) if by in known else {}).get(key, names.plain(key))


def part_of(asked: Asked, answer: Answer, address: Mapping[str, str]) -> Numbers | None:
    """The numbers of the one part to which the address narrows the records, so that both tell of the same."""
    given = [key for key in answer.indicator.breakdowns if address.get(key)]
    if len(given) != 1:
        return None
    value = address[given[0]]
    found = asked.ask(answer.indicator.code, by=given[0]).parts
    return next((numbers for key, numbers in found.items() if str(key) == value), None)


def by_choice(answer: Answer) -> dict[str, object]:
    """By what the figure may be broken down."""
    choices = [("", gettext("not broken down")), *((key, BY[key]) for key in answer.indicator.breakdowns)]
    return {"key": "by", "title": gettext("Broken down by"), "choices": choices, "chosen": answer.by or ""}
