"""The tables of actions, needs and encounters: declared once for page, CSV and workbook."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mlezi.encounters import queries as encounters
from mlezi.encounters.models import EncounterType
from mlezi.goals import queries as goals
from mlezi.office import links, names
from mlezi.places import queries as places_seen
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.plumbing.tables import Column, Filter, Table, Words
from mlezi.plumbing.templatetags.furniture import day
from mlezi.plumbing.words import badge, worded
from mlezi.programmes.models import Programme
from mlezi.resources import queries as resources
from mlezi.resources.models import Need, NeedDecision

ANY = ("", _("All"))
OVERDUE = pgettext_lazy("an action", "overdue")


def _within(code: str) -> Q:
    """At the place of that code or below it; everywhere for an empty one."""
    where = Place.objects.filter(code=code).first() if code else None
    if code and where is None:
        return Q(pk__in=[])
    return Q(place__path__gte=where.path, place__path__lt=where.path_to) if where else Q()


def actions_of(programme: Programme, scope: Scope, place: str) -> QuerySet[Any]:
    rows = goals.visible_to(scope, by_day=_is_of_all(programme, scope, place))
    return rows.filter(_within(place), programme=programme).order_by("due_on", "pk")


def needs_of(programme: Programme, scope: Scope, place: str) -> QuerySet[Any]:
    rows = resources.needs_visible_to(scope, by_day=_is_of_all(programme, scope, place))
    return rows.filter(_within(place), programme=programme).order_by("found_on", "pk")


def encounters_of(programme: Programme, scope: Scope, place: str) -> QuerySet[Any]:
    rows = encounters.visible_to(scope, by_day=_is_of_all(programme, scope, place))
    return rows.filter(_within(place), programme=programme).order_by("-held_on", "-pk")


def place_filter(scope: Scope, chosen: str) -> tuple[Filter, ...]:
    """District by district, and the place the address names, so that it is seen and can be left; the rows come narrowed
    already. Nothing where there is nothing to choose."""
    places = {row.code: row.name for row in places_seen.districts(scope)}
    if len(places) == 1:
        places = {}
    if chosen and chosen not in places:
        places |= {row.code: row.name for row in places_seen.visible_to(scope).filter(code=chosen)}
    choices: list[tuple[str, Words]] = [ANY, *places.items()]
    return (Filter("place", _("Place"), lambda request: choices, lambda rows, value: rows),) if places else ()


def _is_of_all(programme: Programme, scope: Scope, place: str) -> bool:
    """Whether next to every row of the programme is meant: then a page of them is soon found in order of days."""
    root = programme.place
    return not place and root is not None and scope.covers(root.path, root.path_to)


def action_table(programme: Programme, today: date, places: tuple[Filter, ...] = ()) -> Table:
    topics = names.topics(programme)

    def state(row: Any) -> str:
        late = row.outcome not in goals.CLOSED and row.due_on and row.due_on < today
        return str(OVERDUE) if late else names.outcome(row.outcome)

    def shown(row: Any) -> object:
        words = state(row)
        tone = {"done": "good", "dropped": ""}.get(row.outcome or "", "note")
        return badge(words, "late" if words == str(OVERDUE) else tone)

    def only(rows: Any, value: str) -> Any:
        if value == "overdue":
            return goals.overdue(rows, on=today)
        return goals.still_open(rows) if value == "open" else rows.filter(outcome__in=goals.CLOSED)

    return Table(
        "actions",
        (
            Column(
                "text",
                _("What was agreed"),
                value=lambda row: row.text,
                link=lambda row: links.action(programme, row),
                sort=("text",),
            ),
            Column(
                "owner",
                _("Who"),
                value=lambda row: row.owner.name if row.owner else row.owner_text,
                sort=("owner__name",),
            ),
            Column("place", _("Place"), value=lambda row: row.place.name if row.place else "", sort=("place__name",)),
            Column(
                "topic", _("Topic"), value=lambda row: topics.get(row.topic, names.plain(row.topic)), sort=("topic",)
            ),
            Column("due", _("Due"), value=lambda row: row.due_on, show=lambda row: day(row.due_on), sort=("due_on",)),
            Column("state", _("State"), value=state, show=shown),
        ),
        filters=(
            Filter(
                "state",
                _("State"),
                lambda request: [("open", _("open")), ("overdue", OVERDUE), ("closed", _("closed")), ANY],
                only,
                default="open",
            ),
            Filter(
                "topic",
                _("Topic"),
                lambda request: [ANY, *topics.items()],
                lambda rows, value: rows.filter(topic=value),
            ),
            *places,
        ),
        search=("text", "owner__name", "place__name"),
        empty=_("Nothing was agreed here yet."),
    )


def need_table(programme: Programme, places: tuple[Filter, ...] = ()) -> Table:
    titles = names.items(programme)

    def state(row: Any) -> str:
        if row.outcome in (NeedDecision.Outcome.MET, NeedDecision.Outcome.WRONG):
            return names.outcome(row.outcome)
        return names.outcome("met") if row.seen_met_on else names.outcome("")

    def shown(row: Any) -> object:
        words = state(row)
        return badge(words, "good" if words == names.outcome("met") else "wait")

    def only(rows: Any, value: str) -> Any:
        return resources.still_open(rows) if value == "open" else rows

    return Table(
        "needs",
        (
            Column(
                "item",
                _("What is lacking"),
                value=lambda row: titles.get(row.item, names.plain(row.item)),
                link=lambda row: links.page("need", programme, row.pk),
                sort=("item",),
            ),
            Column("kind", _("Kind"), value=lambda row: names.kind(row.kind), sort=("kind",)),
            Column("place", _("Facility"), value=lambda row: row.place.name, sort=("place__name",)),
            Column(
                "found",
                _("Found on"),
                value=lambda row: row.found_on,
                show=lambda row: day(row.found_on),
                sort=("found_on",),
            ),
            Column("state", _("State"), value=state, show=shown),
        ),
        filters=(
            Filter("state", _("State"), lambda request: [("open", _("open")), ANY], only, default="open"),
            Filter(
                "kind",
                _("Kind"),
                lambda request: [ANY, *((k, names.kind(k)) for k in Need.Kind.values)],
                lambda rows, value: rows.filter(kind=value),
            ),
            Filter(
                "item", _("Item"), lambda request: [ANY, *titles.items()], lambda rows, value: rows.filter(item=value)
            ),
            *places,
        ),
        search=("item", "place__name"),
        empty=_("No need was recorded here."),
    )


def encounter_table(programme: Programme, places: tuple[Filter, ...] = ()) -> Table:
    types = {row.code: worded(row.title) or row.code for row in EncounterType.objects.filter(programme=programme)}
    return Table(
        "encounters",
        (
            Column(
                "day",
                _("Day"),
                value=lambda row: row.held_on,
                show=lambda row: day(row.held_on),
                link=lambda row: links.encounter(programme, row),
                sort=("held_on",),
            ),
            Column("type", _("Kind"), value=lambda row: types.get(row.type.code, row.type.code), sort=("type",)),
            Column("place", _("Place"), value=lambda row: row.place.name if row.place else "", sort=("place__name",)),
            Column("lead", _("Led by"), value=lambda row: row.lead.name if row.lead else "", sort=("lead__name",)),
            Column("people", _("People"), value=lambda row: row.n_participants, numeric=True, sort=("n_participants",)),
            Column("minutes", _("Minutes"), value=lambda row: row.minutes, numeric=True, sort=("minutes",)),
            Column("state", _("Did not happen"), value=lambda row: names.not_held(programme, row.cancelled_because)),
        ),
        filters=(
            Filter(
                "type",
                _("Kind"),
                lambda request: [ANY, *types.items()],
                lambda rows, value: rows.filter(type__code=value),
            ),
            *places,
        ),
        search=("place__name", "lead__name"),
        empty=_("No encounter that you may open has arrived yet."),
    )
