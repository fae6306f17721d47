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

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # one of several at work, each with data of its own
if WORKER or "MLEZI_DATA" not in os.environ:
    folder = Path(tempfile.mkdtemp(prefix=f"mlezi-test-{WORKER}"))
    (folder / "static").mkdir()
    os.environ["MLEZI_DATA"] = str(folder)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked long wait for `dev.py test --long`."""
    if os.environ.get("MLEZI_LONG") == "1":
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="long; run with --long"))
