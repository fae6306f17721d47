"""Problems, from every subclass of `Problem`."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import mlezi
from mlezi.plumbing.problems import Problem


def page() -> str:
    for module in pkgutil.walk_packages(mlezi.__path__, "mlezi."):
        if module.name.endswith(("problems", "refusals", "_serving", "installation", "reading")):
            import_module(module.name)
    lines = [
        "# Problems",
        "",
        "Everything Mlezi may refuse, with its code, its HTTP status and what it says. Facts stand in braces.",
        "",
        "| code | status | what it says |",
        "| --- | --- | --- |",
    ]
    for kind in sorted(set(_all(Problem)), key=lambda kind: kind.code):
        lines.append(f"| `{kind.code}` | {kind.status} | {kind.message} |")
    return "\n".join(lines) + "\n"


def _all(kind: type[Problem]) -> Iterator[type[Problem]]:
    for child in kind.__subclasses__():
        if "tests" not in child.__module__:
            yield child
            yield from _all(child)
