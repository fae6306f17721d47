"""mlezi worker"""

from __future__ import annotations

import os

import click

from mlezi.audit import worker


@click.command()
@click.option("--until-empty", is_flag=True, help="Stop when nothing waits any more.")
@click.option("--parent", type=int, hidden=True, help="Stop when this process is gone.")
def command(until_empty: bool, parent: int | None) -> None:
    """Do what waits: derive what new records mean, and whatever follows from events.

    `mlezi serve` starts one by itself; start more on other machines when one cannot keep up.
    """
    if until_empty:
        worker.drain()
    else:
        worker.run_forever(keep_going=lambda: parent is None or os.getppid() == parent)
