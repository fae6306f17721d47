"""The records behind a figure, each with a name and the way to its own page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, overload
from uuid import UUID

from django.utils.formats import date_format

from mlezi.competencies.models import Rating
from mlezi.encounters.models import Encounter, PlannedEncounter, SampleCheck
from mlezi.evaluation.indicator import Indicator, Unit
from mlezi.goals.models import AgreedAction
from mlezi.office import links, names
from mlezi.people.models import Device, Person
from mlezi.places.models import Place
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Programme
from mlezi.resources.models import Need

AT_ONCE = 1000  # records named by one query
Row = Mapping[str, Any]
Titled = tuple[str, str]  # what it is called and where it opens
Finder = Callable[[Programme, Sequence[Any]], dict[str, Titled]]


class Named(Sequence[dict[str, Any]]):
    """Rows as the page lists them, named as far as somebody looks."""

    def __init__(self, programme: Programme, indicator: Indicator, rows: Sequence[Row]) -> None:
        self._programme, self._indicator, self._rows = programme, indicator, rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, key: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, key: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, key: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(key, int):
            return _named(self._programme, self._indicator, [self._rows[key]])[0]
        return _named(self._programme, self._indicator, self._rows[key])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        rows = iter(self._rows)
        while some := list(islice(rows, AT_ONCE)):
            yield from _named(self._programme, self._indicator, some)


def _named(programme: Programme, indicator: Indicator, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Title, address, place, whether it counts, amount."""
    titles = FINDERS[indicator.unit](programme, [row["record"] for row in rows])
    places = {row["place_id"] for row in rows if row.get("place_id")}
    where = dict(Place.objects.filter(pk__in=places).values_list("pk", "name"))
    topics = names.topics(programme) if any("topic" in row for row in rows) else {}
    return [
        {
            "title": titles.get(_key(row["record"]), ("", ""))[0] or str(row["record"]),
            "url": titles.get(_key(row["record"]), ("", ""))[1],
            "place": where.get(row.get("place_id") or 0, ""),
            "topic": topics.get(row.get("topic", ""), row.get("topic", "")),
            "met": row.get("met"),
            "amount": row.get("amount"),
            "of": row.get("of"),
        }
        for row in rows
    ]


def _key(record: object) -> str:
    """Records come as numbers, as UUIDs or as 32 hexadecimal signs, by the database."""
    text = str(record)
    return UUID(text).hex if len(text) in (32, 36) and not text.isdigit() else text


def _uids(records: Iterable[object]) -> list[UUID]:
    return [UUID(str(record)) for record in records]


def _places(programme: Programme, records: Sequence[Any]) -> dict[str, Titled]:
    found = Place.objects.filter(pk__in=[_place_id(record) for record in records])
    by_id = {str(one.pk): (one.name, links.page("facility", programme, one.code)) for one in found}
    return {_key(record): by_id.get(str(_place_id(record)), ("", "")) for record in records}


def _place_id(record: object) -> int:
    """A topic at a facility is recorded as "204:newborn"."""
    digits = "".join(sign for sign in str(record).split(":")[0].split("-")[0] if sign.isdigit())
    return int(digits or 0)


def _people(programme: Programme, records: Sequence[Any]) -> dict[str, Titled]:
    return {
        str(one.pk): (one.name, links.person(programme, one)) for one in Person.objects.filter(pk__in=list(records))
    }


def _encounters(programme: Programme, records: Sequence[Any]) -> dict[str, Titled]:
    found = Encounter.objects.filter(pk__in=_uids(records)).select_related("type")
    return {
        one.uid.hex: (
            f"{worded(one.type.title) or one.type.code}, {date_format(one.held_on, 'j M Y') if one.held_on else '–'}",
            links.encounter(programme, one),
        )
        for one in found
    }


def _planned(programme: Programme, records: Sequence[Any]) -> dict[str, Titled]:
    found = PlannedEncounter.objects.filter(pk__in=_uids(records)).select_related("type")
    held = set(Encounter.objects.filter(pk__in=[one.uid for one in found]).values_list("pk", flat=True))
    return {
        one.uid.hex: (
            f"{worded(one.type.title) or one.type.code}, {date_format(one.planned_on, 'j M Y')}",
            links.encounter(programme, one.uid) if one.uid in held else "",
        )
        for one in found
    }


def _ratings(programme: Programme, records: Sequence[Any]) -> dict[str, Titled]:
    found = Rating.objects.filter(pk__in=_uids(records)).select_related("person", "competency")
    return {
        one.pk.hex: (
            f"{one.person.name}: {worded(one.competency.title)}",
            links.page("competency", programme, one.person.uid, one.competency_id),
        )
        for one in found
    }


def _needs(programme: Programme, records: Sequence[Any]) -> dict[str, Titled]:
    found = Need.objects.filter(pk__in=_uids(records))
    titles = names.items(programme)
    return {
        one.pk.hex: (titles.get(one.item, names.plain(one.item)), links.page("need", programme, one.pk))
        for one in found
    }


def _actions(programme: Programme, records: Sequence[Any]) -> dict[str, Titled]:
    found = AgreedAction.objects.filter(pk__in=_uids(records))
    return {one.pk.hex: (one.text, links.action(programme, one)) for one in found}


def _checks(programme: Programme, records: Sequence[Any]) -> dict[str, Titled]:
    found = SampleCheck.objects.filter(pk__in=list(records))
    return {str(one.pk): (one.period, links.encounter(programme, one.encounter_uid)) for one in found}


def _devices(programme: Programme, records: Sequence[Any]) -> dict[str, Titled]:
    found = Device.objects.filter(pk__in=_uids(records)).select_related("person")
    return {one.pk.hex: (f"{one.name}, {one.person.name}", links.person(programme, one.person)) for one in found}


FINDERS: dict[Unit, Finder] = {
    Unit.PLACE: _places,
    Unit.PLACE_TOPIC: _places,
    Unit.PERSON: _people,
    Unit.ENCOUNTER: _encounters,
    Unit.PLANNED: _planned,
    Unit.RATING: _ratings,
    Unit.NEED: _needs,
    Unit.ACTION: _actions,
    Unit.CHECK: _checks,
    Unit.DEVICE: _devices,
}
