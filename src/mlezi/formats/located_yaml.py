"""YAML that remembers where each value stands, so that a mistake can be shown with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """Something that cannot be read as YAML, with the line (from 1) where it stands."""

    line: int
    message: str


@dataclass(frozen=True)
class Located:
    """`value` is plain data; `lines` gives the line of each key and item by its path."""

    value: Any
    lines: dict[Path, int]
    faults: tuple[Fault, ...] = ()

    def line_of(self, path: Path) -> int:
        """The line of the value at `path`, or of its nearest ancestor that stands in the file."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1


# A programme is a few thousand nodes; more is a mistake or an attack (nested anchors).
MAX_NODES = 200_000
MAX_DEPTH = 60


def read(text: str) -> Located:
    """Parse one document. Never raises: what cannot be read is in `faults`.

    Only plain data is built (no tags that make objects). A key that stands twice is a fault,
    because YAML would silently keep the last.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return Located(None, {}, (Fault(line, f"{error.problem or 'not readable'} ({error.context or 'YAML'})"),))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return Located(None, {}, (Fault(1, str(error).splitlines()[0]),))
    if node is None:
        return Located(None, {}, (Fault(1, "the file is empty"),))
    reading = _Reading()
    try:
        value = reading.build(node, ())
    except _TooMuch as error:
        return Located(None, {}, (Fault(1, str(error)),))
    return Located(value, reading.lines, tuple(reading.faults))


class _TooMuch(Exception):
    pass


class _Reading:
    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.faults: list[Fault] = []
        self.count = 0
        self.maker = yaml.SafeLoader("")

    def build(self, node: yaml.Node, path: Path) -> Any:
        self.count += 1
        if self.count > MAX_NODES or len(path) > MAX_DEPTH:
            raise _TooMuch("the file is nested too deeply or is far too large for a blueprint")
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, number)) for number, child in enumerate(node.value)]
        return self._scalar(node)

    def _pairs(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key_node, child in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            line = key_node.start_mark.line + 1
            if key in seen:
                self.faults.append(Fault(line, f"the key {key!r} stands twice here; keep one of them"))
            seen.add(key)
            self.lines[(*path, key)] = line
            yield key, self.build(child, (*path, key))

    def _scalar(self, node: yaml.Node) -> Any:
        try:
            return self.maker.construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            said = str(error).splitlines()[0]
            if node.tag.endswith(":timestamp"):
                said = f"{node.value!r} is written as a day, but there is no such day in the calendar"
            self.faults.append(Fault(node.start_mark.line + 1, said))
            return None
