"""Lists that phones carry: facilities, mentees, mentors, open actions. Rooms above register theirs here.

A list is CSV as the entity clients of ODK read it: `name` (a uid), `label`, `__version`, then its own
columns. One row without one of the three makes a phone drop the whole list without a word, so rows are
completed or left out here.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from io import StringIO

from mlezi.people.models import Person
from mlezi.programmes.models import Programme

Rows = Callable[[Programme, Person], Iterable[Mapping[str, object]]]
Known = Callable[[Programme, Collection[str]], Collection[str]]
FIRST = ("name", "label", "__version")


@dataclass(frozen=True)
class List:
    """`rows` gives what one person's phone carries; `known` says which uids this server ever had.

    `columns` are its own, there also when it is empty, so that forms can be checked against them.
    """

    name: str
    rows: Rows
    columns: tuple[str, ...] = ()
    known: Known | None = None


_LISTS: dict[str, List] = {}


def register(name: str, rows: Rows, *, columns: Iterable[str] = (), known: Known | None = None) -> None:
    """Offer a list under a file name such as "mentees.csv". The same name again replaces it."""
    _LISTS[name] = List(name, rows, tuple(columns), known)


def names() -> frozenset[str]:
    return frozenset(_LISTS)


def columns() -> dict[str, frozenset[str]]:
    """What each list says of its rows, by the list's name."""
    return {name: frozenset({*FIRST, *found.columns}) for name, found in _LISTS.items()}


def offered(name: str) -> bool:
    return name in _LISTS


def written(name: str, programme: Programme, person: Person) -> bytes:
    """The list as CSV for one person. Raises KeyError when nobody registered it."""
    rows = [_complete(row) for row in _LISTS[name].rows(programme, person)]
    kept = [row for row in rows if row["name"]]
    out = StringIO()
    writer = csv.DictWriter(out, [*FIRST, *_LISTS[name].columns], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    return out.getvalue().encode()


def md5(content: bytes) -> str:
    """The hash phones compare, written as they expect it."""
    return "md5:" + hashlib.md5(content, usedforsecurity=False).hexdigest()


def gone(name: str, ids: Collection[str], programme: Programme, person: Person) -> dict[str, bool]:
    """For each uid, whether it left the list. A uid never heard of is not gone: its record may be on its way."""
    here = {str(row.get("name", "")) for row in _LISTS[name].rows(programme, person)}
    known = _LISTS[name].known
    had = set(known(programme, ids)) if known else set()
    return {uid: uid in had and uid not in here for uid in ids}


def _complete(row: Mapping[str, object]) -> dict[str, str]:
    text = {key: "" if value is None else str(value) for key, value in row.items()}
    text["name"] = text.get("name", "").strip()
    text["label"] = text.get("label", "").strip() or text["name"]
    text["__version"] = text.get("__version", "").strip() or "1"
    return text
