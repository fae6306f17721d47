"""Fixtures every test may ask for; loaded by the repository's conftest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation

from mlezi.plumbing import schema
from mlezi.testing import cast


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Whatever asks for the database, or plays from outside against a server, is marked so.

    The plays come first: they are the longest, and at the end no core shall wait for another.
    """
    for item in items:
        asks = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        if asks or item.get_closest_marker("django_db") or "systems" in item.path.parts:
            item.add_marker("database")
    yield
    items.sort(key=lambda item: "systems" not in item.path.parts)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The tables of a new installation (`--nomigrations`, in pyproject.toml), with what migrations do besides.

    At the end a browser may still hold a session of its own, and PostgreSQL would not drop the database.
    """
    with django_db_blocker.unblock():
        schema.finish()
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def _no_kept_answers(settings: Any) -> None:
    """Makers write rows past the actions that tell kept answers; the tests of those turn them on."""
    settings.KEEP_ANSWERS = False


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """A password is made slow to guess; nobody guesses those of tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _no_counted_tries() -> None:
    """All tests come from one address: what one guesses wrong must not lock out the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def _english() -> None:
    """A request leaves its reader's language behind; the next test starts without."""
    translation.deactivate()


@pytest.fixture
def world(db: None) -> cast.World:
    """The cast in its two programmes."""
    return cast.assemble()


@pytest.fixture
def sign_in(world: cast.World) -> Callable[[str], Client]:
    """`sign_in("chiku")` gives a test client signed in as that person."""

    def as_(name: str) -> Client:
        client = Client()
        client.force_login(world.people[name].account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_
