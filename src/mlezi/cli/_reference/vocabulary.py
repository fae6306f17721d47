"""What a question may mean, from the vocabulary that publishing checks."""

from __future__ import annotations

from itertools import groupby

from mlezi.formats.xform import NAMESPACE
from mlezi.instruments.vocabulary import TERMS


def page() -> str:
    lines = [
        "# What a question may mean",
        "",
        "Written in the column `bind::mlezi:as` of a form's survey sheet. Terms that belong together (a participant "
        "and their minutes) find each other in the nearest enclosing group; what is asked once, outside repeats, "
        f"holds for the whole form. Namespace: `{NAMESPACE}`, added when the settings sheet does not name it.",
        "",
    ]
    for about, terms in groupby(TERMS.values(), key=lambda term: term.about):
        lines += [f"## {about.capitalize()}", "", "| term | means | types |", "| --- | --- | --- |"]
        for term in terms:
            name = f"{term.name}:{term.argument.upper()}" if term.argument else term.name
            lines.append(f"| `{name}` | {term.meaning} | {', '.join(term.kinds)} |")
        lines.append("")
    return "\n".join(lines)
