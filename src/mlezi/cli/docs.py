"""mlezi docs"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mlezi.cli._reference import PAGES


@click.command()
@click.option("--check", is_flag=True, help="Only say whether a page is stale.")
@click.option("--to", type=click.Path(path_type=Path), default=Path("docs/reference"), help="Folder of the pages.")
def command(check: bool, to: Path) -> None:
    """Write the reference pages from the code."""
    stale = []
    for name, page in PAGES.items():
        path, text = to / name, page()
        if path.exists() and path.read_text() == text:
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            click.echo(f"written {path}")
    if check and stale:
        click.echo(f"Stale: {', '.join(stale)}. Run `python3 dev.py docs`.")
        sys.exit(1)
