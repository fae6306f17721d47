"""How verbs speak: sentences for people, JSON for scripts."""

from __future__ import annotations

import json
from typing import Any

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")


def give(facts: Any) -> None:
    """Print plain data as JSON."""
    click.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))


def sign(word: str, colour: str) -> str:
    return click.style(word, fg=colour, bold=True)
