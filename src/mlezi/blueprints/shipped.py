"""The blueprints that come with Mlezi: which there are, and a copy of one to make one's own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml

from mlezi.blueprints import problems

LIBRARY = Path(__file__).parent / "library"
NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")


def titles() -> Mapping[str, str]:
    """Name of the folder → what the programme is called in English, by name."""
    found = {}
    for file in sorted(LIBRARY.glob("*/blueprint.yaml")):
        title = yaml.safe_load(file.read_text(encoding="utf-8"))["title"]
        found[file.parent.name] = str(title["en"] if isinstance(title, dict) else title)
    return found


def copy(*, name: str, folder: Path) -> list[str]:
    """Copy a shipped blueprint into `folder`, which is new or empty; the files that it has now.

    Raises `NotShipped` for a name that there is not, `FolderInUse` rather than write over somebody's work.
    """
    if name not in titles():
        raise problems.NotShipped(name=name, names=", ".join(titles()))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise problems.FolderInUse(folder=folder)
    shutil.copytree(LIBRARY / name, folder, dirs_exist_ok=True, ignore=NOT_COPIED)
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
