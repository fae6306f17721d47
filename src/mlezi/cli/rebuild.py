"""mlezi rebuild"""

from __future__ import annotations

import os
import time

import click
from django.db import connection

from mlezi.audit.actions import COMMAND_LINE
from mlezi.cli import _output
from mlezi.instruments.actions import deriving
from mlezi.plumbing import clock
from mlezi.plumbing.problems import Problem
from mlezi.programmes.models import Programme


class NoSuchProgramme(Problem):
    status = 404
    code = "cli.no_such_programme"
    message = "There is no programme {code}. There are: {known}."


@click.command()
@click.argument("programme", required=False)
@click.option("--processes", type=click.IntRange(1), default=None, help="Processes to use; one a core unless said.")
@_output.as_json
def command(programme: str | None, processes: int | None, as_json: bool) -> None:
    """Derive encounters, ratings, needs and actions again from the stored records.

    Of one PROGRAMME (its code), or of all. Nothing is lost or counted twice, what people decided is
    kept, and only what differs is written. Stopped half-way, the next call goes on where this one was.
    """
    results = [_rebuild(one, processes or os.cpu_count() or 1, quiet=as_json) for one in _chosen(programme)]
    if as_json:
        _output.give(results)
        return
    for result in results:
        click.echo(
            f"{result['programme']}: {result['units']} derived in {result['seconds']} s, "
            f"{result['rows_written']} rows written, {result['parked']} records parked."
        )


def _chosen(code: str | None) -> list[Programme]:
    found = list(Programme.objects.order_by("code") if code is None else Programme.objects.filter(code=code))
    if code and not found:
        raise NoSuchProgramme(code=code, known=", ".join(Programme.objects.values_list("code", flat=True)) or "none")
    return found


def _rebuild(programme: Programme, processes: int, *, quiet: bool) -> dict[str, object]:
    begun = time.perf_counter()
    can_fork = hasattr(os, "fork") and not connection.in_atomic_block
    with _output.progress(programme.code, quiet=quiet) as show:
        done = deriving.rebuild(
            programme=programme,
            by=COMMAND_LINE,
            at=clock.now(),
            processes=processes if can_fork else 0,
            tell=lambda run: show(run.get_phase_display(), run.n_done, run.n_total),
            since_then=deriving.derive_since,
        )
    return {
        "programme": programme.code,
        "units": done.n_units,
        "rows_written": done.n_written,
        "parked": done.n_parked,
        "seconds": round(time.perf_counter() - begun, 1),
    }
