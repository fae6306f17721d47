"""A slip in any statistic is seen by a test: the tool that shows it, and (in long runs) the score itself."""

import ast
import json
import subprocess
import sys

import pytest

from tests.verification import mutation


@pytest.mark.parametrize("module", mutation.modules())
def test_every_slip_changes_the_module(module):
    good = ast.dump(ast.parse(mutation.source_of(module).read_text()))
    found = mutation.slips(module)
    for slip in found[:: max(1, len(found) // 5)]:
        assert ast.dump(mutation.broken(slip)) != good, slip


def test_every_module_has_tests():
    for module in mutation.modules():
        assert all(mutation.Path(test).exists() for test in mutation.tests_of(module)), module


@pytest.mark.long
def test_nearly_every_slip_is_seen(tmp_path):
    """Four minutes of slips drawn by seed. What is missed should be slips that change no result."""
    result = tmp_path / "score.json"
    command = [sys.executable, "-m", "tests.verification.mutation", "--minutes", "4", "--json", str(result)]
    done = subprocess.run(command, cwd=mutation.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

    score = json.loads(result.read_text())
    assert score["tried"] >= 50, "too slow a machine to tell"
    assert score["score"] >= 0.9, score["missed"]
