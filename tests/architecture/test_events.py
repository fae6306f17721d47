"""Every event that an action records is known where events are judged by name."""

import ast
from pathlib import Path

import mlezi
from mlezi.config.reactions import REACTIONS
from mlezi.evaluation import versions
from mlezi.office.pictures.failures import TITLES

HERE = Path(mlezi.__file__).parent
RECORDING = {"record", "_record", "unwritten"}


def recorded() -> set[str]:
    """Names of events in the calls that record them; of one put together, what is known of its beginning."""
    found = set()
    for path in HERE.rglob("*.py"):
        if "tests" in path.parts or "testing" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and _called(node) in RECORDING:
                found |= {name for name in _said(node.args[0]) if "." in name}
    return found


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _said(name: ast.expr) -> set[str]:
    if isinstance(name, ast.IfExp):
        return _said(name.body) | _said(name.orelse)
    if isinstance(name, ast.JoinedStr):
        return _said(name.values[0])
    return {name.value} if isinstance(name, ast.Constant) and isinstance(name.value, str) else set()


def test_it_is_known_of_every_event_which_kept_figures_it_concerns():
    known = (*versions.QUIET, *versions.OF_ROLES, *versions.IN_ONE_PLACE, *versions.OF_ONE_PERSON, *versions.EVERYWHERE)

    assert sorted(name for name in recorded() if not name.startswith(known)) == []


def test_every_event_that_something_follows_from_has_a_title_for_people():
    assert sorted({name.partition(".")[0] for name in REACTIONS} - set(TITLES)) == []


def test_the_search_for_events_finds_them():
    assert {"submission.received", "person.left", "quarantine.", "study.declared"} <= recorded()
