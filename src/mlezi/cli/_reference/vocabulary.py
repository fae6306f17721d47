"""What a question may mean, from the vocabulary that publishing checks."""

from __future__ import annotations

from itertools import groupby

from mlezi.blueprints.schema.words import nested_code
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
        "What stands in capitals behind a colon is a code of yours. A COMPETENCY is written `domain.competency`, with "
        f"the codes of the blueprint's framework, as in `rating:{nested_code('newborn', 'bag_mask')}`; every other "
        "code stands alone.",
        "",
    ]
    for about, terms in groupby(TERMS.values(), key=lambda term: term.about):
        lines += [f"## {about.capitalize()}", "", "| term | means | types |", "| --- | --- | --- |"]
        for term in terms:
            name = f"{term.name}:{term.argument.upper()}" if term.argument else term.name
            lines.append(f"| `{name}` | {term.meaning} | {', '.join(term.kinds)} |")
        lines.append("")
    return "\n".join(lines)
