"""What the tests of pages share."""

import pytest

from mlezi.testing.makers import month as months


@pytest.fixture
def month(world):
    """Amina visited Baraka at Igoma ten days ago; Kisesa was never visited. What was made, by name."""
    return months.told(world)
