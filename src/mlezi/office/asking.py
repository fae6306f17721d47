"""From a request to what is asked about: the place within somebody's scope, and the period."""

from __future__ import annotations

from datetime import date, timedelta

from mlezi.office import period, problems
from mlezi.office.pictures.asked import Asked
from mlezi.places import queries as places
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.plumbing import clock
from mlezi.programmes.doors import Request


def today_of(request: Request) -> date:
    return clock.today(request.programme.time_zone)


def about(request: Request, code: str = "", *, default: str = "30d") -> Asked:
    """What the address asks: the place of that code or the top of the person's own part. Raises `NoSuchPlace`."""
    where = places.one(request.scope, code) if code else top(request.scope, request.programme.place)
    when = period.chosen(request.GET, today=today_of(request), default=default)
    return Asked(request.programme, request.person, where, request.scope, when)


def everything(request: Request) -> Asked:
    """The whole programme, now: for a page about one thing, wherever it is. Raises `NoPlace`."""
    where = request.programme.place or places_root()
    if where is None:
        raise problems.NoPlace
    return Asked(request.programme, request.person, where, request.scope, period.recent(today_of(request)))


def oneself(request: Request) -> Asked:
    """What is asked on somebody's own screen, where the door gave no scope of places."""
    request.scope = Scope(programmes=frozenset({request.programme.pk}), persons=frozenset({request.person.pk}))
    return everything(request)


def places_root() -> Place | None:
    return Place.objects.filter(parent=None).order_by("pk").first()


def top(scope: Scope, fallback: Place | None = None) -> Place:
    """The highest place of a scope. Raises `NoPlace` when it names none."""
    found = places.visible_to(scope).order_by("level__rank", "name").first()
    whole = scope.ranges == (("/", "0"),)
    if whole and fallback:
        return fallback
    if found is None:
        raise problems.NoPlace
    return found


def filters(request: Request, asked: Asked, *more: dict[str, object], only: str = "") -> list[dict[str, object]]:
    """The filter bar of a page: the period (only quarters with "Q"), and whatever else the page offers."""
    since = request.programme.starts_on
    return [*more, period.filter_of(asked.period, today_of(request), since, only=only)]


def last_month(today: date) -> str:
    """The key of the last full month."""
    return period.month_of(today.replace(day=1) - timedelta(days=1), today=today).key


def last_quarter(today: date) -> str:
    """The key of the last quarter that has ended: what is reported next."""
    return period.quarter_of(period.quarter_of(today, today=today).start - timedelta(days=1), today=today).key
