"""Which row of the survey sheet a question stands in, so that a remark can say where to look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def rows(survey: Iterable[Mapping[str, str]], root: str) -> dict[str, int]:
    """Path → row. `root` is the path of the record's root, as in /data."""
    found: dict[str, int] = {}
    open_groups = [root]
    for number, row in enumerate(survey, start=2):
        kind, name = (str(row.get(key) or "").strip() for key in ("type", "name"))
        verb, _, what = kind.replace("_", " ").partition(" ")
        if verb == "begin" and name:
            open_groups.append(f"{open_groups[-1]}/{name}")
            found[open_groups[-1]] = number
        elif verb == "end" and what.split(" ")[0] in ("group", "repeat", "loop"):
            if len(open_groups) > 1:
                open_groups.pop()
        elif name:
            found[f"{open_groups[-1]}/{name}"] = number
    return found
