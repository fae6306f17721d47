"""Reads what a submission says, question by question, as facts with a meaning. Pure and quick.

A form's `meanings` (made when it is published) say which question means what. They are compiled once
into a tree of names, so that reading a submission looks only at branches that mean something.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lxml import etree

_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,  # either would split the answer it stands in
)


class Unreadable(ValueError):
    """The bytes are not the XML of this form. The text says why, in plain words."""


class Fact(NamedTuple):
    """One answered question. Empty answers are no facts.

    `path` is the question's path without positions; `key` the repeat key ("" outside repeats, parts
    joined by "/" when repeats are nested); `group` the enclosing group *with* positions, as in
    "/data/mentee[2]/skills", whose beginnings are the groups around it.
    """

    term: str
    argument: str
    value: str
    path: str
    key: str
    group: str


@dataclass(slots=True)
class _Branch:
    path: str
    term: str = ""
    argument: str = ""
    is_repeat: bool = False
    key_trail: tuple[str, ...] = ()  # names from here down to the repeat's `key` question
    children: dict[str, _Branch] = field(default_factory=dict)


class Facts:
    """The facts of one submission, with the two questions derivers ask: which, and which nearby."""

    __slots__ = ("_around", "_by_group", "_by_term", "all")

    def __init__(self, facts: list[Fact]) -> None:
        self.all = facts
        by_term: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.term in by_term:
                by_term[fact.term].append(fact)
            else:
                by_term[fact.term] = [fact]
        self._by_term = by_term
        self._by_group: dict[tuple[str, str], list[Fact]] | None = None
        self._around: dict[tuple[str, tuple[str, ...]], Fact | None] = {}

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.all)

    def having(self, *terms: str) -> list[Fact]:
        """Facts with one of these terms, in the order of `terms`, then of the form."""
        if len(terms) == 1:
            return self._by_term.get(terms[0], [])
        return [fact for term in terms for fact in self._by_term.get(term, ())]

    def first(self, term: str) -> Fact | None:
        found = self._by_term.get(term)
        return found[0] if found else None

    def near(self, fact: Fact, *terms: str) -> Fact | None:
        """The partner of `fact`: the first of `terms` in the nearest enclosing group.

        A partner with the same argument is preferred to one without. The search goes outward, and stops
        at a group that holds another fact of this fact's own term: partners there belong to that one. A
        fact that is the only one of its term in its row of a repeat (or in the form outside of repeats)
        finds its partner in any group of it: forms lay questions out in pages.
        """
        for term in terms:
            if term in self._by_term:
                partner = self._partner(fact, term)
                if partner:
                    return partner
        return None

    def _partner(self, fact: Fact, term: str) -> Fact | None:
        fitting = [other for other in self._by_term[term] if other.argument in (fact.argument, "")]
        if not fitting:
            return None
        fitting.sort(key=lambda other: other.argument == "")  # stable: the same argument first
        index = self._groups()
        group = fact.group
        while group:
            if group != fact.group and (group, fact.term) in index:
                return None
            for other in fitting:
                if other.group == group:
                    return other
            group = group.rpartition("/")[0]
        row = _row(fact.group)
        alike = sum(one.argument == fact.argument and _row(one.group) == row for one in self._by_term[fact.term])
        return next((other for other in fitting if _row(other.group) == row), None) if alike == 1 else None

    def around(self, fact: Fact, *terms: str) -> Fact | None:
        """Whom or what `fact` is about: the first of `terms` in the nearest enclosing group, to the very top.

        When no enclosing group holds one, what the same row of a repeat says once is meant, then the rows
        around it, then the form outside of repeats: forms ask who it is about on one page and rate on the
        next.
        """
        asked = (fact.group, terms)
        if asked not in self._around:
            self._around[asked] = self._search_around(fact.group, terms)
        return self._around[asked]

    def _search_around(self, start: str, terms: tuple[str, ...]) -> Fact | None:
        if not any(term in self._by_term for term in terms):
            return None
        index = self._groups()
        group = start
        while group:
            for term in terms:
                found = index.get((group, term))
                if found:
                    return found[0]
            group = group.rpartition("/")[0]
        row = _row(start)
        while True:
            for term in terms:
                alone = [other for other in self._by_term.get(term, ()) if _row(other.group) == row]
                if alone:
                    return alone[0] if len(alone) == 1 else None
            if not row:
                return None
            row = _row(row.rpartition("/")[0])

    def _groups(self) -> dict[tuple[str, str], list[Fact]]:
        if self._by_group is None:
            index: dict[tuple[str, str], list[Fact]] = {}
            for fact in self.all:
                place = (fact.group, fact.term)
                if place in index:
                    index[place].append(fact)
                else:
                    index[place] = [fact]
            self._by_group = index
        return self._by_group


def _row(group: str) -> str:
    """The innermost row of a repeat that a group stands in; "" outside of repeats."""
    return group[: group.rfind("]") + 1]


class Reader:
    """Reads submissions of one form version."""

    def __init__(self, meanings: Mapping[str, Any], *, only: Collection[str] = ()) -> None:
        """`meanings` as in `FormVersion.meanings`: questions by path, and the paths of repeats.

        `only` some terms are read when they are given, which is quicker.
        """
        self._top = _Branch("")
        repeats = set(meanings.get("repeats", ()))
        for path, meaning in sorted(meanings.get("questions", {}).items()):
            said = str(meaning.get("as", "")) if isinstance(meaning, Mapping) else str(meaning)
            if said and (not only or said.partition(":")[0].strip() in only):
                self._plant(path, said, repeats)

    def _plant(self, path: str, said: str, repeats: set[str]) -> None:
        names = path.strip("/").split("/")
        trail = [self._top]
        for name in names:
            here = trail[-1].children.setdefault(name, _Branch(f"{trail[-1].path}/{name}"))
            here.is_repeat = here.path in repeats
            trail.append(here)
        term, _, argument = said.strip().partition(":")
        trail[-1].term, trail[-1].argument = term, argument
        if term == "key":
            for depth in range(len(trail) - 1, 0, -1):
                if trail[depth].is_repeat:
                    trail[depth].key_trail = tuple(names[depth:])
                    break

    def read(self, xml: bytes) -> Facts:
        """The facts in document order. Raises `Unreadable`."""
        try:
            root = etree.fromstring(xml, _PARSER)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Unreadable(f"The record is not well-formed XML ({error}).") from error
        branch = self._top.children.get(_local(root.tag))
        if branch is None:
            if not self._top.children:
                return Facts([])
            known = ", ".join(self._top.children)
            raise Unreadable(f"The record is a '{_local(root.tag)}', but this form makes '{known}'.")
        facts: list[Fact] = []
        _walk(root, branch, branch.path, "", facts)
        return Facts(facts)


def _local(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _walk(element: Any, branch: _Branch, group: str, key: str, facts: list[Fact]) -> None:
    positions: dict[str, int] = {}
    keys: set[str] = set()
    children = branch.children
    for child in element:
        name = child.tag
        below = children.get(name)
        if below is None:
            if type(name) is not str or name[0] != "{":
                continue
            name = _local(name)
            below = children.get(name)
            if below is None:
                continue
        if below.term and not len(child):
            value = (child.text or "").strip()
            if value:
                facts.append(Fact(below.term, below.argument, value, below.path, key, group))
        elif below.is_repeat:
            position = positions[name] = positions.get(name, 0) + 1
            own = _repeat_key(child, below, position, keys)
            _walk(child, below, f"{group}/{name}[{position}]", f"{key}/{own}" if key else own, facts)
        elif below.children:
            _walk(child, below, f"{group}/{name}", key, facts)


def _repeat_key(element: Any, branch: _Branch, position: int, taken: set[str]) -> str:
    """The row's own key; its position when it has none or a copied row has the same."""
    here = element
    for name in branch.key_trail:
        here = next((child for child in here if _local(child.tag) == name), None)
        if here is None:
            break
    own = (here.text or "").strip() if branch.key_trail and here is not None else ""
    if not own:
        return str(position)
    marked = f"{branch.path}={own}"
    if marked in taken:
        return f"{own}#{position}"
    taken.add(marked)
    return own
