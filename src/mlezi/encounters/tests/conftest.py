"""A programme with visits, for the tests of this room."""

import pytest

from mlezi.testing.makers import meetings


@pytest.fixture
def visits(world):
    return meetings.programme(world)
