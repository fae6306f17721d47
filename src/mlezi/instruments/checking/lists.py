"""Do the lists people choose from exist, and have they the columns by which they are filtered?

A filter on a column that its list lacks is no mistake to any client: it leaves nothing to choose from.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from io import StringIO
from pathlib import PurePath

from mlezi.formats.trouble import Trouble
from mlezi.formats.trouble import gettext_noop as say
from mlezi.formats.xform import Question, XForm

Supplied = Mapping[str, Collection[str]]
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
INNER = re.compile(r"\[[^\[\]]*\]")  # what filters another list, within an expression
STEP = re.compile(r"(?<![\w.$@:/-])(?<!/ )[A-Za-z_][\w.-]*(?!\s*[\w.:-]*\s*(?:\(|::))(?![\w.:-])")
OPERATORS = frozenset({"and", "or", "div", "mod"})
KEPT_BY_PHONES = frozenset({"__version", "__trunkVersion", "__branchId"})  # columns that clients add of themselves
TABLES = (".csv", ".geojson", ".xml")


def check(form: XForm, supplied: Supplied | None) -> Iterator[Trouble]:
    """`supplied` is None where nobody knows what comes with the form."""
    if supplied is not None:
        yield from _nobody_gives(form, supplied)
    for question in form.asked():
        columns = question.choices_columns or (supplied or {}).get(question.choices_file, ())
        if columns and question.choices_filter:
            yield from _lacking(question, columns)


def beside(files: Mapping[str, bytes]) -> dict[str, frozenset[str]]:
    """The columns of each list among the files that are published with a form; none where they cannot be told."""
    return {name: _header(content) if name.endswith(".csv") else frozenset() for name, content in files.items()}


def filtered_by(expression: str) -> list[str]:
    """The columns of the list itself that a filter compares, in order."""
    plain = QUOTED.sub("''", expression)
    while (outer := INNER.sub("", plain)) != plain:
        plain = outer
    return list(dict.fromkeys(name for name in STEP.findall(plain) if name not in OPERATORS))


def _nobody_gives(form: XForm, supplied: Supplied) -> Iterator[Trouble]:
    for name in dict.fromkeys(form.files):
        if name in supplied or PurePath(name).suffix not in TABLES:
            continue
        asking = next((question for question in form.asked() if question.choices_file == name), None)
        near = get_close_matches(name, supplied, n=1, cutoff=0.6)
        yield Trouble(
            "check.no_list",
            say("Nobody supplies the list {list}, so there would be nothing to choose from."),
            say("Did you mean {near}? Otherwise publish the file together with the form.")
            if near
            else say("Publish the file together with the form, or use one of: {lists}."),
            column="type" if asking else "",
            facts={
                "path": asking.path if asking else "",
                "list": name,
                "near": "".join(near),
                "lists": ", ".join(sorted(supplied)),
            },
        )


def _lacking(question: Question, columns: Collection[str]) -> Iterator[Trouble]:
    known = {*columns, *KEPT_BY_PHONES}
    for name in filtered_by(question.choices_filter):
        if name in known:
            continue
        near = get_close_matches(name, columns, n=1, cutoff=0.6)
        yield Trouble(
            "check.no_column",
            say("{name} is filtered by {column}, a column that its list lacks: it would offer nothing to choose."),
            say("Did you mean {near}? The list has: {columns}.")
            if near
            else say("Add that column to the list, or filter by one of: {columns}."),
            column="choice_filter",
            facts={
                "path": question.path,
                "name": question.name,
                "column": name,
                "near": "".join(near),
                "columns": ", ".join(sorted(known - KEPT_BY_PHONES)),
            },
        )


def _header(content: bytes) -> frozenset[str]:
    first = next(csv.reader(StringIO(content.decode("utf-8-sig", "replace"))), [])
    return frozenset(cell.strip() for cell in first if cell.strip())
