"""Are questions calculated from each other in a circle? No client opens such a form.

Source: JavaRosa, which ODK Collect runs forms with, refuses cycles among calculations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mlezi.formats.trouble import Trouble
from mlezi.formats.trouble import gettext_noop as say
from mlezi.formats.xform import Question, XForm

QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
STEPS = re.compile(r"(?:(?:\.\./)+|/)[\w.-]+(?:/[\w.-]+)*")  # /data/group/name, or ../name within a repeat


def check(form: XForm) -> Iterator[Trouble]:
    asked = (question for question in form.questions() if question.calculate)
    # A running sum may look at an earlier row of its repeat: no circle, though it names itself.
    calculated = {question.path: question for question in asked if "indexed-repeat" not in question.calculate}
    uses = {path: _used(question) & calculated.keys() - {path} for path, question in calculated.items()}
    found = _circle(uses)
    if found:
        names = " → ".join(calculated[path].name for path in [*found, found[0]])
        yield Trouble(
            "check.circle",
            say("Questions are calculated from each other in a circle: {names}. No client could open the form."),
            say("Break the circle: one of them must not use the other."),
            column="calculation",
            facts={"path": found[0], "names": names},
            blocks=True,
        )


def _used(question: Question) -> set[str]:
    """The paths that a calculation names, absolute ones and those relative to the question."""
    return {_absolute(step, question.path) for step in STEPS.findall(QUOTED.sub("''", question.calculate))}


def _absolute(step: str, at: str) -> str:
    if step.startswith("/"):
        return step
    up = step.count("../")
    return "/".join([*at.split("/")[:-up], step.replace("../", "")])


def _circle(uses: Mapping[str, set[str]]) -> list[str]:
    """The paths of one circle, in the order they use each other; empty when there is none."""
    done: set[str] = set()
    for start in uses:
        trail, todo = [start], [iter(sorted(uses[start]))]
        while todo:
            following = next((path for path in todo[-1] if path not in done), None)
            if following is None:
                done.add(trail.pop())
                todo.pop()
            elif following in trail:
                return trail[trail.index(following) :]
            else:
                trail.append(following)
                todo.append(iter(sorted(uses[following])))
    return []
