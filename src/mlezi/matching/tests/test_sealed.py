"""Every role tries the pages about people and pairs, the manager every page: what somebody said of themselves is on
none of them. That no row holds it in readable form makes the other pages sure."""

import re
from uuid import UUID

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from mlezi.matching.actions import identity
from mlezi.matching.settings import Settings
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import rounds as make

SECRET = "Zqxwvmarker"
NEAR = re.compile(r"/mwanza/(matching|people|me|mine|desk|studies|national|search)\b")
ROLES = ("amina", "chiku", "eliya", "farida", "neema", "daudi")


def routes(resolver, before=""):
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, address)
        elif isinstance(entry, URLPattern) and entry.callback.__module__.startswith("mlezi."):
            yield address


def addresses(values):
    """Every route under the programme whose parts we can name."""
    for address in routes(get_resolver()):
        if address.startswith("<slug:programme>/"):
            filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(values.get(part[1], UUID(int=0))), address)
            yield f"/{filled}"


@pytest.mark.one_database
@pytest.mark.parametrize("name", ROLES)
def test_nobody_else_reads_it_on_any_page(world, sign_in, name):
    make.signed(world, "where-asked", question={"title": "Gender?", "answers": ["woman", "man"]}, wording="I agree.")
    identity.answer(
        person=world.baraka, programme=world.programme, says=SECRET, asks=SECRET, by=world.baraka, at=MORNING
    )
    scenario = make.worked_out(world, make.round_of(world, [world.baraka], [world.amina]))
    values = {"programme": "mwanza", "uid": scenario.round.uid, "number": 1, "who": world.baraka.uid}
    client, opened = sign_in(name), 0

    for address in addresses(values):
        if name != "farida" and not NEAR.match(address):
            continue
        for query in ("", "?format=csv"):
            answer = client.get(address + query)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert SECRET.encode() not in body, address
            opened += answer.status_code == 200
            if answer.status_code != 200:
                break
    assert (opened == 0) == (name == "daudi")


def test_no_row_of_any_table_says_it(world):
    """What the record of who did what, a copy, an export, a snapshot or a command could read is in a row."""
    make.signed(world, "where-asked", question={"title": "Gender?", "answers": ["woman", "man"]}, wording="I agree.")
    identity.answer(
        person=world.baraka, programme=world.programme, says=SECRET, asks=SECRET, by=world.baraka, at=MORNING
    )
    asks = Settings(weights={"asked_identity": 1.0}, use_identity=True)
    make.worked_out(world, make.round_of(world, [world.baraka], [world.amina]), asks)

    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            assert SECRET not in "".join(map(str, cursor.fetchall())), table
    assert "matching_identityanswer" in tables
