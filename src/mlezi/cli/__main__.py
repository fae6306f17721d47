"""`python -m mlezi.cli` is the `mlezi` command."""

from mlezi.cli import run

run()
