"""Every route of ours names who may come in."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from mlezi.programmes.permissions import ABOUT_ONESELF, Permission
from mlezi.programmes.queries import permissions_of


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, address)
        else:
            yield address, entry


def test_every_route_names_its_permission():
    ours = [(address, route) for address, route in routes(get_resolver()) if is_ours(route)]
    silent = [address for address, route in ours if not getattr(route.callback, "door", "")]

    assert not silent, "use a decorator of mlezi.programmes.doors on: " + ", ".join(silent)


def is_ours(route: URLPattern) -> bool:
    return route.callback.__module__.startswith("mlezi.")


VALUES = {"int": 1, "uuid": UUID("6d6c657a-6900-4000-8000-000000000001"), "slug": "x", "str": "x", "path": "x"}


def of_programmes() -> list[tuple[str, str]]:
    """An address in Mwanza's programme for every route of ours under a programme, and its door."""
    found = []
    for address, route in routes(get_resolver()):
        if is_ours(route) and address.startswith("<slug:programme>/"):
            filled = address.replace("<slug:programme>", "/mwanza")
            filled = re.sub(r"<(?:(\w+):)?\w+>", lambda match: str(VALUES[match[1] or "str"]), filled)
            found.append((filled, route.callback.door))
    return found


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_of_a_programme_is_there_for_daudi(world, sign_in, method):
    daudi = sign_in("daudi")
    answers = {address: getattr(daudi, method)(address).status_code for address, _ in of_programmes()}

    assert {address: status for address, status in answers.items() if status not in (404, 405)} == {}


@pytest.mark.one_database
def test_pages_turn_away_those_whose_role_lacks_what_the_door_names(world, sign_in):
    """Every page that needs nothing but the programme; those who may enter are mostly left to the pages' own tests."""
    plain = [(address, door) for address, door in of_programmes() if not re.search(r"/(x|1|6d6c\S*)/", address + "/")]
    wrong = []
    for name in ("amina", "baraka", "chiku", "eliya", "farida", "neema"):
        client = sign_in(name)
        for address, door in plain:
            held = permissions_of(world.people[name], world.programme)
            may_enter = door not in set(Permission) or Permission(door) in held | ABOUT_ONESELF
            if may_enter and name != "farida":
                continue
            status = client.get(address).status_code
            if (status == 403) == may_enter and status != 405:
                wrong.append((name, address, door, status))

    assert not wrong
