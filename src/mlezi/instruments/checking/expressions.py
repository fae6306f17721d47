"""Are the form's expressions written rightly? Syntax by an XPath compiler, names of functions by a list.

Nothing is evaluated. What an expression means with real answers shows in the web form, which runs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from lxml import etree

from mlezi.formats.trouble import Trouble
from mlezi.formats.trouble import gettext_noop as say
from mlezi.formats.xform import Group, Question, XForm

# ODK XForms specification, section XPath functions, and those of XPath 1.0 that it keeps.
NAMES = """
abs acos area asin atan atan2 base64-decode boolean boolean-from-string ceiling checklist coalesce concat contains
cos count count-non-empty count-selected current date date-time decimal-date decimal-date-time decimal-time digest
distance ends-with enclosed-area exp exp10 extract-signed false floor format-date format-date-time geofence id if
indexed-repeat instance int intersects join jr:choice-name jr:itext last local-name log log10 max min name
namespace-uri node normalize-space not now number once pi position pow pulldata random randomize regex round
selected selected-at sin sqrt starts-with string string-length substr substring substring-after substring-before
sum tan text thousands-sep time today translate true uuid version weighted-checklist
"""
FUNCTIONS = frozenset(NAMES.split())
CALL = re.compile(r"(?<![\w$-])([A-Za-z][\w:.-]*)\s*\(")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
KINDS = {"relevant": "relevant", "constraint": "constraint", "calculate": "calculation", "required": "required"}


def check(form: XForm) -> Iterator[Trouble]:
    for part in [*form.parts(), *form.hidden]:
        for field, column in KINDS.items():
            yield from _expression(part, column, str(getattr(part, field, "")))
        yield from _expression(part, "choice_filter", getattr(part, "choices_filter", ""))


def _expression(part: Group | Question, column: str, expression: str) -> Iterator[Trouble]:
    if not expression:
        return
    facts = {"path": part.path, "name": part.name, "expression": " ".join(expression.split())[:120]}
    try:
        etree.XPath(expression, namespaces={"jr": "http://openrosa.org/javarosa"})
    except etree.XPathSyntaxError:
        yield Trouble(
            "check.expression",
            say("The expression of {name} cannot be understood: {expression}"),
            say("Look for a missing quote or bracket, two signs in a row, or a sign such as ≥ that must be >=."),
            column=column,
            facts=facts,
            blocks=True,
        )
        return
    for name in CALL.findall(QUOTED.sub("''", expression)):
        if name not in FUNCTIONS and name not in ("and", "or", "div", "mod"):
            near = get_close_matches(name, FUNCTIONS, n=1, cutoff=0.6)
            yield Trouble(
                "check.function",
                say("{name} uses {function}(), which no client knows."),
                say("Did you mean {near}()?") if near else say("Use a function of the XLSForm documentation."),
                column=column,
                facts={**facts, "function": name, "near": "".join(near)},
                blocks=True,
            )
