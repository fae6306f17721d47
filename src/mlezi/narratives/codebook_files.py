"""Reads a codebook from a YAML file: a tree of codes, each with what it means. Every fault says its line.

code: experiences
title: {en: …, sw: …}
source: …            # as one cites it
licence: …           # under which its words may be passed on
codes:
  - code: benefits
    title: {en: Benefits}
    description, when_to_use, when_not, example: {en: …}
    qualified_by: individuals.characteristics   # the other half of a pair comes from under there
    maps_to: [{codebook: cfir-2022, path: innovation.source}]
    codes: […]
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from mlezi.formats import located_yaml
from mlezi.formats.located_yaml import Located, Path

WORDS = ("title", "description", "when_to_use", "when_not", "example")
TOP = {"code", "title", "source", "licence", "codes"}
KEYS = {"code", *WORDS, "qualified_by", "maps_to", "codes", "inductive", "colour", "retired"}
CODE = re.compile(r"^[a-z][a-z0-9_-]{0,59}$")


@dataclass(frozen=True)
class Fault:
    line: int
    where: str
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.reason} {self.remedy}".strip()


@dataclass(frozen=True)
class WantedCode:
    """A code as a file has it. `path` is its identity."""

    path: str
    code: str
    parent: str
    title: dict[str, str]
    words: dict[str, dict[str, str]]
    qualified_by: str = ""
    maps_to: tuple[dict[str, str], ...] = ()
    is_inductive: bool = False
    colour: int | None = None
    retired: bool = False


@dataclass
class CodebookFile:
    """What a file holds; usable when `faults` is empty."""

    code: str = ""
    title: dict[str, str] = field(default_factory=dict)
    source: str = ""
    licence: str = ""
    codes: list[WantedCode] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    hash: str = ""


def read(content: bytes) -> CodebookFile:
    """Never raises for what is in the file."""
    found = CodebookFile(hash=hashlib.sha256(content).hexdigest())
    try:
        located = located_yaml.read(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        found.faults.append(Fault(1, "", f"The file is not UTF-8 text (byte {error.start}).", "Save it as UTF-8."))
        return found
    found.faults += [Fault(one.line, "", f"{one.message}.") for one in located.faults]
    if found.faults:
        return found
    if not isinstance(located.value, dict):
        found.faults.append(Fault(1, "", "This is not a codebook.", "Start with `code:` and `title:`."))
        return found
    _Reader(located, found).read()
    return found


class _Reader:
    def __init__(self, located: Located, found: CodebookFile) -> None:
        self.located, self.found = located, found

    def read(self) -> None:
        top: dict[str, Any] = self.located.value
        self._unknown(top, TOP, ())
        self.found.code = self._code(top, ())
        self.found.title = self._words(top, "title", (), needed=True)
        self.found.source, self.found.licence = str(top.get("source") or ""), str(top.get("licence") or "")
        self.found.codes = list(self._codes(top, (), ""))
        if not self.found.codes and not self.found.faults:
            self._say((), "It holds no codes.", "Write them under `codes:`.")
        paths = [one.path for one in self.found.codes]
        for one in self.found.codes:
            if one.qualified_by and one.qualified_by not in paths:
                self._say((), f"{one.path} is qualified by {one.qualified_by!r}, which is not here.",
                          _nearest(one.qualified_by, paths))  # fmt: skip

    def _codes(self, holder: dict[str, Any], path: Path, parent: str) -> Iterator[WantedCode]:
        given = holder.get("codes", [])
        if not isinstance(given, list):
            self._say((*path, "codes"), "`codes` is a list.", "Begin each code with a dash.")
            return
        seen: set[str] = set()
        for number, raw in enumerate(given):
            here = (*path, "codes", number)
            if not isinstance(raw, dict):
                self._say(here, "A code is a list of keys and values.", "Write `code:` and `title:`.")
                continue
            self._unknown(raw, KEYS, here)
            code = self._code(raw, here)
            if code in seen:
                self._say(here, f"The code {code!r} stands twice here.", "Rename one; the title may repeat.")
            seen.add(code)
            made = self._one(raw, here, code, parent)
            yield made
            yield from self._codes(raw, here, made.path)

    def _one(self, raw: dict[str, Any], here: Path, code: str, parent: str) -> WantedCode:
        maps = raw.get("maps_to") or []
        good = isinstance(maps, list) and all(
            isinstance(one, dict) and {"codebook", "path"} <= set(one) for one in maps
        )
        if not good:
            self._say((*here, "maps_to"), "`maps_to` is a list of {codebook: …, path: …}.", "")
        return WantedCode(
            path=f"{parent}.{code}" if parent else code,
            code=code,
            parent=parent,
            title=self._words(raw, "title", here, needed=True),
            words={name: self._words(raw, name, here) for name in WORDS[1:]},
            qualified_by=str(raw.get("qualified_by") or ""),
            maps_to=tuple(maps) if good else (),
            is_inductive=bool(raw.get("inductive")),
            colour=raw["colour"] if isinstance(raw.get("colour"), int) else None,
            retired=bool(raw.get("retired")),
        )

    def _code(self, raw: dict[str, Any], path: Path) -> str:
        code = raw.get("code")
        if not isinstance(code, str) or not CODE.match(code):
            said = f"{code!r} is no code." if code else "`code` is missing."
            remedy = "Use small letters, digits, - and _, starting with a letter."
            self._say((*path, "code") if "code" in raw else path, said, remedy)
            return ""
        return code

    def _words(self, raw: dict[str, Any], name: str, path: Path, *, needed: bool = False) -> dict[str, str]:
        value = raw.get(name)
        if isinstance(value, str) and value.strip():
            return {"en": value.strip()}
        if isinstance(value, dict) and value and all(isinstance(words, str) for words in value.values()):
            return {str(language): words.strip() for language, words in value.items()}
        if needed or value is not None:
            at = (*path, name) if name in raw else path
            self._say(at, f"{name!r} has no text." if value is not None else f"{name!r} is missing.",
                      "Write one, or one per language: {en: …, sw: …}.")  # fmt: skip
        return {}

    def _unknown(self, raw: dict[str, Any], known: set[str], path: Path) -> None:
        for key in raw:
            if key not in known:
                self._say((*path, key), f"There is no key {key!r} here.", _nearest(key, known))

    def _say(self, path: Path, reason: str, remedy: str) -> None:
        where = ".".join(str(part) for part in path)
        self.found.faults.append(Fault(self.located.line_of(path), where, reason, remedy))


def _nearest(word: str, known: Any) -> str:
    close = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"Did you mean {close[0]}?" if close else ""
