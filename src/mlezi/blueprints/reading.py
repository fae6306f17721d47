"""Reads a blueprint folder: files in, a `Blueprint` and findings out. Touches no database."""

from __future__ import annotations

import hashlib
import types
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from mlezi.blueprints import sayings
from mlezi.blueprints.findings import Finding, nearest
from mlezi.blueprints.schema import Blueprint
from mlezi.formats import located_yaml
from mlezi.formats.located_yaml import Located

MAIN = "blueprint.yaml"
INCLUDED = ("framework", "study", "instruments")  # parts that may stand in a file of their own
MAX_FILE = 5_000_000


@dataclass
class Reading:
    """A folder as read. `blueprint` is None when its shape is wrong; the findings say where."""

    folder: Path
    blueprint: Blueprint | None = None
    findings: list[Finding] = field(default_factory=list)
    files: dict[str, Located] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # of the files that parts stand in
    materials: dict[str, bytes] = field(default_factory=dict)  # guidance, by its file's name

    @property
    def hash(self) -> str:
        """One hash over every file of the folder, by name, so that a change anywhere shows."""
        digest = hashlib.sha256()
        for path in sorted(p for p in self.folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
            digest.update(path.relative_to(self.folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def locate(self, path: located_yaml.Path) -> tuple[str, int]:
        """The file and line where a value of the blueprint stands."""
        if path and path[0] in INCLUDED and str(path[0]) in self.files:
            name = str(path[0])
            return self.names[name], self.files[name].line_of(path[1:])
        return MAIN, self.files["main"].line_of(path)

    def add(self, path: located_yaml.Path, message: str, remedy: str = "", **more: str) -> None:
        file, line = self.locate(path)
        self.findings.append(Finding(file, line, dotted(path), message, remedy, **more))


def dotted(path: located_yaml.Path) -> str:
    return ".".join(str(part) for part in path)


def read(folder: Path) -> Reading:
    """Read `folder`. Never raises for what is in it: every fault becomes a finding."""
    reading = Reading(folder)
    main = _load(reading, MAIN)
    if main is None:
        return reading
    reading.files["main"] = main
    if not isinstance(main.value, dict) and not main.faults:
        reading.findings.append(
            Finding(MAIN, 1, "", "This is not a list of keys and values.", "Start with `mlezi: 1`.")
        )
        return reading
    if reading.findings:
        return reading
    whole: dict[str, Any] = dict(main.value)
    for name in INCLUDED:
        if isinstance(whole.get(name), str):
            part = _load(reading, whole[name], asked_at=main.line_of((name,)))
            if part is None:
                del whole[name]  # told; the other parts are looked at all the same
                continue
            reading.files[name], reading.names[name] = part, str(main.value[name])
            whole[name] = part.value
    try:
        reading.blueprint = Blueprint.model_validate(whole)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            _explain(reading, dict(fault))
    return reading


def _load(reading: Reading, name: str, asked_at: int = 1) -> Located | None:
    path = (reading.folder / name).resolve()
    if not path.is_relative_to(reading.folder.resolve()):
        reading.findings.append(
            Finding(MAIN, asked_at, "", f"{name} is outside the blueprint's folder.", "Move it in.")
        )
        return None
    try:
        if path.stat().st_size > MAX_FILE:
            reading.findings.append(Finding(name, 1, "", "The file is larger than 5 MB.", "Is it the right one?"))
            return None
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reading.findings.append(
            Finding(name, 1, "", f"The file is not UTF-8 text (byte {error.start}).", "Save it as UTF-8.")
        )
        return None
    except OSError:
        files = [p.name for p in reading.folder.glob("*.y*ml")] if reading.folder.is_dir() else []
        reading.findings.append(Finding(MAIN, asked_at, "", f"There is no readable {name} here.", nearest(name, files)))
        return None
    located = located_yaml.read(text)
    reading.findings += [
        Finding(name, fault.line, "", f"{fault.message}.", "Mend the YAML here.") for fault in located.faults
    ]
    return located


def _explain(reading: Reading, fault: dict[str, Any]) -> None:
    """Turn one of pydantic's errors into a sentence an author can act on."""
    path = tuple(part for part in fault["loc"] if part != "function-before")
    kind, given = fault["type"], fault.get("input")
    if kind == "extra_forbidden":
        model = _model_at(path[:-1])
        known = list(model.model_fields) if model else []
        reading.add(path, f"There is no key {path[-1]!r} here.", nearest(str(path[-1]), known))
    elif kind == "missing":
        reading.add(path, f"{path[-1]!r} is missing.", f"Add `{path[-1]}:` here.")
    elif kind == "literal_error":
        choices = str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        reading.add(path, f"{given!r} is not one of the values known here.", nearest(str(given), choices))
    elif kind == "string_pattern_mismatch":
        hint = "Use small letters, digits, - and _, starting with a letter." if _is_code(fault) else ""
        reading.add(path, f"{given!r} has a form that does not fit.", hint or f"Expected {fault['ctx']['pattern']}.")
    elif kind == "string_type" and given is None:
        reading.add(
            path, f"{path[-1]!r} has no text.", "Write one; a text with a comma or a colon needs quotation marks."
        )
    elif said := sayings.say(kind, given, fault.get("ctx") or {}):
        reading.add(path, *said)
    else:
        message = str(fault["msg"]).removeprefix("Value error, ")
        if message.split(" ", 1)[0] in (given if isinstance(given, dict) else ()):
            path = (*path, message.split(" ", 1)[0])  # the sentence names the key it is about
        shown = f" (found {given!r})" if isinstance(given, str | int | float) else ""
        reading.add(path, f"{message}{shown}.")


def _is_code(fault: dict[str, Any]) -> bool:
    return str(fault["ctx"]["pattern"]).startswith("^[a-z][a-z0-9_-]")


def _model_at(path: located_yaml.Path) -> type[BaseModel] | None:
    """The part of the schema that stands at `path`."""
    here: Any = Blueprint
    for step in path:
        if isinstance(step, int):
            here = _inside(here, list)
        elif isinstance(here, type) and issubclass(here, BaseModel) and step in here.model_fields:
            here = here.model_fields[step].annotation
        else:
            return None
        here = _bare(here)
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _bare(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, types.UnionType):
        return next((arg for arg in get_args(annotation) if arg is not type(None)), annotation)
    return annotation


def _inside(annotation: Any, container: type) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is container else None
