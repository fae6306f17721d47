"""mlezi serve"""

from __future__ import annotations

import click
from django.conf import settings

from mlezi.cli import _serving
from mlezi.plumbing import installation


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", type=click.IntRange(1), help="Web processes. By default one for each core, and at most two.")
def command(host: str, port: int, workers: int | None) -> None:
    """Serve Mlezi: the web pages, the phone's door and the worker, until Ctrl-C.

    Keeps everything in the data folder (MLEZI_DATA, default ./mlezi-data) on embedded SQLite, or in
    PostgreSQL when DATABASE_URL is set. The tables are made or updated first.
    """
    _serving.ensure_free(host, port)
    installation.update_tables()
    kind = "PostgreSQL" if settings.DATABASE_URL else f"SQLite in {settings.DATA}"
    click.echo(f"Mlezi on http://{host}:{port}  ({kind})")
    _serving.serve(host=host, port=port, workers=workers or _serving.usual_workers())
