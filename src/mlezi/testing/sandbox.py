"""Loaded before the settings: tests never touch the data of an installation."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples every time, so that a red run means a change; `--long` looks for new ones.
# No deadline: how long an example takes says how busy the machine is.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("new", deadline=None)
settings.load_profile("new" if os.environ.get("MLEZI_LONG") == "1" else "same")

if "MLEZI_DATA" not in os.environ:
    folder = Path(tempfile.mkdtemp(prefix="mlezi-test-"))
    (folder / "static").mkdir()
    os.environ["MLEZI_DATA"] = str(folder)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked long wait for `dev.py test --long`."""
    if os.environ.get("MLEZI_LONG") == "1":
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="long; run with --long"))
