"""Breaks the ground floor of statistics on purpose, one small slip at a time, and counts how many slips a test sees.

    .venv/bin/python -m tests.verification.mutation [--minutes 5] [--seed 1] [--jobs 1] [--all] [MODULE ...]

A slip is a comparison turned (< to <=, == to !=), arithmetic exchanged (+ and -, * and /), a whole number one off, a
decimal doubled, `and` for `or`, a lost minus. Slips are drawn at random by seed until the time is over; --all takes
every one. Each is tried in a child process that loads the broken module in place of the good one and runs the tests
of that module until the first failure. Prints the slips that nobody saw; a slip that changes nothing a caller could
see (an exact tie, a size of portion) is listed too, so 100 % is not to be expected.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
METHODS = ROOT / "src" / "mlezi" / "methods"
PATIENCE = 90  # Seconds before a slip that never ends counts as seen.

# Tests that are not named after their module.
TESTS = {
    "statistics.rmst": ["statistics/tests/test_survival.py"],
    "statistics.log_rank": ["statistics/tests/test_survival.py"],
    "statistics.means": ["statistics/tests/test_means.py", "statistics/tests/test_paired.py"],
    "statistics.notes": ["statistics/tests/test_estimate.py"],
    "agreement.coefficients": ["agreement/tests/test_two_coders.py", "agreement/tests/test_many_coders.py"],
}
# How much is done at a time and how long a search may take: not part of any result.
PORTIONS = {"CHUNK", "DIRECT", "STEPS", "EXACT_LIMIT", "ROUNDING", "SAME", "CERTAIN"}

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.MatMult: ast.Add,
}  # fmt: skip


@dataclass(frozen=True)
class Slip:
    """One place in one module and what is done to it."""

    module: str
    line: int
    place: int
    what: str


def modules() -> list[str]:
    """The modules that hold arithmetic, as "room.module"."""
    rooms = ("statistics", "agreement", "sampling")
    return [f"{room}.{path.stem}" for room in rooms for path in sorted((METHODS / room).glob("[!_]*.py"))]


def source_of(module: str) -> Path:
    return METHODS / (module.replace(".", "/") + ".py")


def tests_of(module: str) -> list[str]:
    room, name = module.split(".")
    return [str(METHODS / test) for test in TESTS.get(module, [f"{room}/tests/test_{name}.py"])]


def slips(module: str) -> list[Slip]:
    """Every slip of a module, in order of the text."""
    tree = ast.parse(source_of(module).read_text())
    return [
        Slip(module, line, place, what) for place, (line, what) in enumerate((n.lineno, w) for n, w, _ in _sites(tree))
    ]


def broken(slip: Slip) -> ast.Module:
    """The module with this slip in it."""
    tree = ast.parse(source_of(slip.module).read_text())
    _, _, change = list(_sites(tree))[slip.place]
    change()
    return ast.fix_missing_locations(tree)


def _sites(tree: ast.Module) -> Iterator[tuple]:
    """Places that can slip: the node, the slip in words, and a function that makes it."""
    for node in _figures(tree):
        if isinstance(node, ast.Compare):
            for at, operator in enumerate(node.ops):
                other = COMPARED[type(operator)]
                yield node, f"{_name(operator)} to {other.__name__}", _setter(node.ops, at, other())
        elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in COUNTED:
            if not _is_text(node):
                other = COUNTED[type(node.op)]
                yield node, f"{_name(node.op)} to {other.__name__}", _attribute(node, "op", other())
        elif isinstance(node, ast.BoolOp):
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield node, f"{_name(node.op)} to {_name(other)}", _attribute(node, "op", other)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            yield node, "minus lost", _attribute(node, "op", ast.UAdd())
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
            small = abs(node.value) < 1e-4 and node.value != 0  # only guards against rounding
            if not small:
                slipped = node.value + 1 if isinstance(node.value, int) else node.value * 2 or 0.5
                yield node, f"{node.value} to {slipped}", _attribute(node, "value", slipped)


def _figures(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes that compute: no annotations, no default sizes of portions, no text."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "type_comment"):
            continue
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id in PORTIONS for t in node.targets):
            continue
        if isinstance(node, ast.Assign) and "Literal" in ast.dump(node.value)[:80]:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield child
                yield from _figures(child)


def _is_text(node: ast.AST) -> bool:
    return any(isinstance(part, ast.JoinedStr) for part in ast.walk(node)) or any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) for part in (node, *ast.iter_child_nodes(node))
    )


def _name(operator: ast.AST) -> str:
    return type(operator).__name__


def _setter(items: list, at: int, value: object):
    return lambda: items.__setitem__(at, value)


def _attribute(node: ast.AST, name: str, value: object):
    return lambda: setattr(node, name, value)


class _Broken:
    """Gives one module from a changed tree instead of its file, so nothing on the disk is touched."""

    def __init__(self, name: str, tree: ast.Module):
        self.name, self.tree = name, tree

    def find_spec(self, name, path=None, target=None):
        if name != self.name:
            return None
        from importlib.util import spec_from_loader

        return spec_from_loader(name, self)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(compile(self.tree, f"<slip in {self.name}>", "exec"), module.__dict__)


def run_tests(module: str, tree: ast.Module | None) -> int:
    """Run a module's tests in this process; 0 when all pass. Meant for a child process, which then ends."""
    import pytest
    from hypothesis import HealthCheck, settings

    settings.register_profile(
        "slips", max_examples=40, deadline=None, database=None, derandomize=True, suppress_health_check=HealthCheck
    )
    settings.load_profile("slips")
    if tree is not None:
        sys.meta_path.insert(0, _Broken(f"mlezi.methods.{module}", tree))
    plain = ["-x", "-q", "--noconftest", "-c", os.devnull, "--rootdir", str(ROOT), "-p", "no:cacheprovider"]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # no plugin is needed, and each would be loaded by every child
    return int(pytest.main([*plain, "-W", "error", *tests_of(module)]))


def start(module: str, tree: ast.Module | None) -> int:
    """Start a child that runs the tests; its end tells the answer. Returns its process id."""
    child = os.fork()
    if child:
        return child
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    signal.alarm(PATIENCE)
    code = 1
    try:
        code = run_tests(module, tree)
    finally:
        os._exit(code)


def try_all(chosen: list[Slip], *, seconds: float, jobs: int, tell=print) -> tuple[list[Slip], list[Slip]]:
    """Try slips until they or the time run out; returns those seen and those not seen by a test."""
    end = time.monotonic() + seconds
    waiting, running = list(reversed(chosen)), {}
    seen: list[Slip] = []
    missed: list[Slip] = []
    while running or (waiting and time.monotonic() < end):
        while waiting and len(running) < jobs and time.monotonic() < end:
            slip = waiting.pop()
            running[start(slip.module, broken(slip))] = slip
        if not running:
            break
        child, status = os.wait()
        slip = running.pop(child)
        if os.waitstatus_to_exitcode(status) == 0:
            missed.append(slip)
            tell(f"not seen: {slip.module}:{slip.line}  {slip.what}")
        else:
            seen.append(slip)
    return seen, missed


def unbroken(names: list[str]) -> list[str]:
    """Modules whose tests fail even without a slip: their score would mean nothing."""
    failing = []
    for name in names:
        _, status = os.waitpid(start(name, None), 0)
        if os.waitstatus_to_exitcode(status) != 0:
            failing.append(name)
    return failing


def warm_up() -> None:
    """Import what every child needs, once; never a module of ours, which a child must load broken."""
    import hypothesis
    import numpy
    import pytest
    import scipy.optimize
    import scipy.stats

    assert all((hypothesis, numpy, pytest, scipy))
    assert not any(name.startswith("mlezi.methods") for name in sys.modules), "a module of ours is loaded already"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="room.module, for example statistics.proportions")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="every slip, however long it takes")
    parser.add_argument("--json", type=Path, help="write the result here")
    given = parser.parse_args()
    warm_up()
    names = given.modules or modules()
    failing = unbroken(names)
    if failing:
        print(f"tests fail before any slip: {', '.join(failing)}")
        return 2
    chosen = [slip for name in names for slip in slips(name)]
    total = len(chosen)
    if not given.all:
        random.Random(given.seed).shuffle(chosen)
    seconds = 1e9 if given.all else 60 * given.minutes
    seen, missed = try_all(chosen, seconds=seconds, jobs=given.jobs)
    tried = len(seen) + len(missed)
    score = len(seen) / tried if tried else 0.0
    print(f"{tried} of {total} slips tried, {len(seen)} seen: {100 * score:.1f} %")
    if given.json:
        rows = [{"module": s.module, "line": s.line, "what": s.what} for s in missed]
        given.json.write_text(json.dumps({"slips": total, "tried": tried, "score": score, "missed": rows}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
