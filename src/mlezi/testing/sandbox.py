"""Loaded before the settings: tests never touch the data of an installation."""

import os
import tempfile
from pathlib import Path

if "MLEZI_DATA" not in os.environ:
    folder = Path(tempfile.mkdtemp(prefix="mlezi-test-"))
    (folder / "static").mkdir()
    os.environ["MLEZI_DATA"] = str(folder)
