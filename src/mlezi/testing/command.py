"""The `mlezi` command in a process of its own, forked from one that has loaded the libraries already.

It is the command's own code with its own arguments, environment, folder and exit code; only the seconds in which
Python reads other people's libraries are spent once instead of a hundred times.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LIBRARIES = (
    "django.core.management", "django.db.models", "django.forms", "django.test", "click", "lxml.etree",
    "ibis.backends.sql.compilers.duckdb", "ibis.backends.sql.compilers.postgres", "ibis.backends.sql.compilers.sqlite",
    "numpy", "scipy.special", "scipy.optimize", "duckdb", "pydantic", "openpyxl", "docx", "pyxform.xls2xform", "yaml",
    "requests", "vl_convert", "typst", "psycopg", "polib", "jsonschema",
)  # fmt: skip


@dataclass(frozen=True)
class Ended:
    """What a command left behind."""

    code: int
    out: str
    err: str


def run(words: Sequence[object], *, env: Mapping[str, str], folder: Path) -> Ended:
    """Run `mlezi WORDS` and wait for its end."""
    with tempfile.TemporaryDirectory() as place:
        out, err = Path(place) / "out", Path(place) / "err"
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(LIBRARIES))
        told = ([str(word) for word in words], dict(env), str(folder), str(out), str(err))
        process = context.Process(target=_child, args=told)
        process.start()
        process.join()
        return Ended(process.exitcode or 0, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))


def _child(words: list[str], env: dict[str, str], folder: str, out: str, err: str) -> None:
    for stream, path in ((sys.stdout, out), (sys.stderr, err)):
        stream.flush()
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream.fileno())
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    sys.argv = ["mlezi", *words]
    from mlezi.cli import run as command  # noqa: PLC0415 - with this environment, not its parent's

    command()
