"""What the tests of blueprints share."""

import shutil
from pathlib import Path

import pytest

from mlezi.blueprints.tests.folders import LIBRARY


@pytest.fixture
def folder(tmp_path):
    """A copy of the flagship that a test may spoil."""
    return Path(shutil.copytree(LIBRARY / "clinical-mentorship", tmp_path / "clinical-mentorship"))
