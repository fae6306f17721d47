"""How verbs speak: sentences for people, JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")


def give(facts: Any) -> None:
    """Print plain data as JSON."""
    click.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))


def sign(word: str, colour: str) -> str:
    return click.style(word, fg=colour, bold=True)


@contextmanager
def progress(label: str, *, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """A bar for long work; the function it yields takes what is being done, how far, and of how many."""
    if quiet:
        yield lambda name, done, total: None
        return
    with click.progressbar(length=100, label=label, item_show_func=lambda name: name) as bar:

        def show(name: str, done: int, total: int) -> None:
            bar.update(max(0, 100 * done // max(total, 1) - bar.pos), name)

        yield show
        bar.update(100 - bar.pos)
