"""Every blueprint that ships applies to an empty installation, and a second time changes nothing."""

import pytest

from mlezi.audit.actions import COMMAND_LINE
from mlezi.blueprints import actions
from mlezi.blueprints.tests.folders import LIBRARY
from mlezi.instruments.models import FormVersion
from mlezi.testing.cast import MORNING

SHIPPED = sorted(folder.name for folder in LIBRARY.iterdir() if (folder / "blueprint.yaml").exists())


@pytest.mark.parametrize("name", SHIPPED)
def test_it_applies_and_a_second_time_does_nothing(db, name):
    first, again = (actions.apply(folder=LIBRARY / name, by=COMMAND_LINE, at=MORNING) for _ in range(2))

    assert not first.is_empty
    assert again.is_empty
    assert FormVersion.objects.filter(form__programme__code=name).exists()
