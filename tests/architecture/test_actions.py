"""Every write is a verb with keyword-only arguments, an actor, and one transaction."""

import ast
from pathlib import Path

import pytest

import mlezi

PACKAGE = Path(mlezi.__file__).parent
# Actions the derivation calls: the actor is the record, and the transaction is the batch's.
WITHOUT_ACTOR = {"note_met", "note_contact", "receive", "refuse", "keep", "put", "attach", "build", "give", "take_back"}


def modules():
    return [*sorted(PACKAGE.glob("*/actions.py")), *sorted(PACKAGE.glob("*/actions/*.py"))]


def public_functions(path):
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def is_atomic(node):
    return any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list) or any(
        isinstance(inner, ast.With) and "atomic" in ast.unparse(inner.items[0]) for inner in ast.walk(node)
    )


def writes(node):
    return any(argument.arg in {"by", "at"} for argument in node.args.kwonlyargs)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_actions_are_keyword_only_atomic_and_name_the_actor(path):
    for node in public_functions(path):
        if not writes(node) or path.parent.name == "audit":
            continue
        names = {argument.arg for argument in node.args.kwonlyargs}
        assert len(node.args.args) <= 1, f"{node.name}: arguments after the first are keyword-only"
        if node.name not in WITHOUT_ACTOR:
            assert "by" in names, f"{node.name} does not say who"
            assert is_atomic(node), f"{node.name} is not one transaction"


def test_migrations_have_names():
    vague = [path.name for path in PACKAGE.glob("*/migrations/*.py") if "auto_" in path.name]

    assert not vague


def test_migrations_are_one_line_of_history():
    for folder in PACKAGE.glob("*/migrations"):
        numbers = [path.name[:4] for path in folder.glob("0*.py")]
        assert len(numbers) == len(set(numbers)), folder
