"""Copies of the flagship that a test may spoil."""

from pathlib import Path

from mlezi.blueprints import actions

LIBRARY = Path(actions.__file__).parent / "library"


def change(folder: Path, old: str, new: str, file: str = "blueprint.yaml") -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
