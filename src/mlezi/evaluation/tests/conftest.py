"""What the tests of figures share: a programme's records, a year to ask about, and everybody's eyes."""

from datetime import date

import pytest

from mlezi.evaluation import figures
from mlezi.places.scope import Scope
from mlezi.testing.makers.records import Records

QUARTER = (date(2026, 1, 1), date(2026, 4, 1))


@pytest.fixture
def records(world):
    return Records(world.programme)


@pytest.fixture
def ask(world):
    """`ask("needs_open", world.nyamagana)` for the first quarter, as somebody who may see records."""

    def one(code, place=None, *, start=QUARTER[0], end=QUARTER[1], **more):
        place = place or world.mwanza
        scope = Scope(ranges=((place.path, place.path_to),), programmes=frozenset({world.programme.pk}))
        more.setdefault("reveal", True)
        return figures.ask(code, programme=world.programme.pk, start=start, end=end, scope=scope, **more)

    return one
