"""What journeys on a phone share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mlezi.testing.cast import World
from tests.journeys import a_phone
from tests.journeys.a_phone import Phone


@pytest.fixture
def new_phone(world: World, live_server: Any, chromium: Any, built: None) -> Iterator[Callable[..., Phone]]:
    """`new_phone(width=…)` is an empty phone. A script that fails fails the test."""
    contexts, complaints = [], []

    def made(*, width: int = 390) -> Phone:
        context = chromium.new_context(
            viewport={"width": width, "height": 844}, locale="en-GB", geolocation={"latitude": -2.5, "longitude": 32.9},
            permissions=["geolocation"],
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return Phone(context, page, live_server.url.replace("127.0.0.1", "localhost"))

    yield made
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def phone(world: World, new_phone: Callable[..., Phone]) -> Phone:
    """Amina's, enrolled, with what it needs for the day; it speaks English."""
    a_phone.told(world)
    world.amina.languages = ["en", "sw"]
    world.amina.save()
    found = new_phone()
    found.enrol(a_phone.link_for(world))
    return found
