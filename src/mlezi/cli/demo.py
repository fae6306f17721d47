"""mlezi demo"""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import click
from django.conf import settings

from mlezi.audit.actions import COMMAND_LINE
from mlezi.cli import _serving
from mlezi.demo import loading, progress, stage
from mlezi.people.actions import accounts
from mlezi.plumbing import clock, installation
from mlezi.plumbing.problems import Problem
from mlezi.programmes.models import Programme


class HoldsRealProgramme(Problem):
    status = 409
    code = "cli.holds_real_programme"
    message = "{data} holds a programme that is not made up. Give the demo a folder of its own: --data another-folder"


ROLES = (
    ("overseer", "District Medical Officer of Nyamagana"),
    ("national", "National officer"),
    ("mentor", "Mentor (Amina)"),
    ("mentee", "Mentee (Baraka)"),
    ("coordinator", "Coordinator (Chiku)"),
    ("manager", "Programme manager (Farida)"),
)


TRIES = (5, 30, 120)  # seconds before the next


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--data", default="mlezi-demo", show_default=True, help="Folder for the demo's data.")
@click.option("--load-rest", is_flag=True, hidden=True)
@click.option("--no-serve", is_flag=True, help="Load the whole demo and stop.")
def command(host: str, port: int, data: str, load_rest: bool, no_serve: bool) -> None:
    """Look around in a made-up year of clinical mentorship over real facilities of Mwanza.

    The first start makes the programme and its newest weeks; the older months arrive while you look.
    Prints one-time links that sign you in as different people; nobody has a password.
    """
    now = clock.now()
    if load_rest:
        loading.the_rest(stage.found(clock.today()), now=now, progress=progress.note)
        return
    started = time.monotonic()
    _serving.ensure_free(host, port)
    installation.update_tables()
    refuse_what_is_real(data)
    if not no_serve:  # squeezing scripts and styles takes another core while the demo is made
        threading.Thread(target=_serving.collect_static, daemon=True).start()
    if not Programme.objects.exists():
        click.echo("Making the demo: places, people and forms …")
        made = stage.build(today=clock.today(), at=now)
        with click.progressbar(length=100, label="The newest weeks arrive") as bar:
            loading.first_part(made, now=now, progress=lambda done, all_: bar.update(99 * done // all_ - bar.pos))
            bar.update(100 - bar.pos)
        progress.note(0, progress.UNCOUNTED)
    if no_serve:
        loading.the_rest(stage.found(clock.today()), now=now, progress=progress.note)
        return

    def open_doors() -> None:
        click.echo(f"\nMlezi on http://{host}:{port}   ready after {time.monotonic() - started:.0f} s\n")
        click.echo("Open it, and the tour on the start page takes you through five roles.\n")
        _print_links(f"http://{host}:{port}")
        if progress.state().is_running:
            _load_rest()

    _serving.serve(host=host, port=port, workers=1, when_ready=open_doors)


def refuse_what_is_real(data: str) -> None:
    """A demonstration lets everybody in, so it never runs over real people. Raises `HoldsRealProgramme`."""
    if Programme.objects.filter(is_made_up=False).exists():
        raise HoldsRealProgramme(data=data)


def _load_rest() -> None:
    """In a process of its own: the web server stays quick. What stopped half-way goes on where it stopped."""
    command = [sys.executable, "-m", "mlezi.cli", "demo", "--load-rest", "--data", str(settings.DATA)]
    for pause in TRIES:
        if subprocess.run(command, check=False).returncode == 0:  # noqa: S603 - ourselves
            return
        time.sleep(pause)


def _print_links(address: str) -> None:
    click.echo("Sign in with one of these links; each works once and for a day:")
    for role, title in ROLES:
        person = stage.somebody(role)
        parts = accounts.sign_in_link(person=person, by=COMMAND_LINE, at=clock.now())
        click.echo(f"  {title:40} {address}/enter/{'/'.join(parts)}/")
    click.echo("")
