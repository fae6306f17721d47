"""An indicator is defined once: one file, one code, nowhere else."""

import ast
from pathlib import Path

import mlezi
from mlezi.evaluation import indicators
from mlezi.evaluation.indicator import BREAKDOWNS
from mlezi.evaluation.indicators import INDICATORS

PACKAGE = Path(mlezi.__file__).parent
FOLDER = Path(indicators.__file__).parent


def test_every_file_holds_one_indicator_named_like_it():
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}

    assert [indicator.code for indicator in INDICATORS] == list(dict.fromkeys(one.code for one in INDICATORS))
    assert {indicator.code for indicator in INDICATORS} == files
    assert len({indicator.title for indicator in INDICATORS}) == len(INDICATORS)


def test_nobody_makes_an_indicator_anywhere_else():
    elsewhere = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if FOLDER not in path.parents and "tests" not in path.parts and _calls(path, "Indicator")
    ]
    assert elsewhere == []


def _calls(path, name):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(isinstance(func, ast.Name) and func.id == name for func in calls)


def test_every_definition_says_all_that_a_reader_needs():
    for indicator in INDICATORS:
        for text in (indicator.question, indicator.numerator, indicator.denominator, indicator.missing):
            assert text.endswith((".", "?")), indicator.code
        assert set(indicator.breakdowns) <= set(BREAKDOWNS), indicator.code
        assert indicator.in_units
