"""mlezi doctor"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import islice

import click
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from mlezi.audit.models import Event
from mlezi.audit.queries import failures
from mlezi.cli import _output
from mlezi.evaluation import standing
from mlezi.evaluation.models import RollupState
from mlezi.instruments.models import Quarantined, Submission
from mlezi.instruments.queries import few
from mlezi.instruments.queries.kept_files import kept_files
from mlezi.people import openid
from mlezi.plumbing import clock, installation, schema

NOT_WELL = 3  # exit code
DAMAGED = "Stop Mlezi, keep a copy of the file, and restore the newest backup into an empty folder."
REACHING = {"dbname", "user", "password", "host", "port"}
REGISTER = "docs/how-to/connect-your-organisation.md tells how."
STORE = (
    "Check MLEZI_S3_BUCKET, MLEZI_S3_ENDPOINT and the store's keys (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, "
    "AWS_DEFAULT_REGION). The bucket has to be there; Mlezi has to be installed as mlezi[s3]."
)
A_FEW = 200  # files looked for in a store that answers over the network


@dataclass(frozen=True)
class Finding:
    """`state` is well, look or broken."""

    subject: str
    state: str
    says: str
    remedy: str = ""


@click.command()
@_output.as_json
def command(as_json: bool) -> None:
    """Say what is wrong with this installation, and how to mend it.

    Looks at the data folder, disk space, database and its tables, worker, attachments, the organisation's
    sign-in, built styles and settings. Exit code 3 when something is broken.
    """
    findings = list(examine())
    if as_json:
        _output.give([asdict(finding) for finding in findings])
    else:
        colours = {"well": "green", "look": "yellow", "broken": "red"}
        for finding in findings:
            click.echo(
                f"{_output.sign(finding.state.ljust(6), colours[finding.state])}  {finding.subject}: {finding.says}"
            )
            if finding.remedy:
                click.echo(f"        {finding.remedy}")
    sys.exit(NOT_WELL if any(finding.state == "broken" for finding in findings) else 0)


def examine() -> Iterator[Finding]:
    yield from _folder()
    refused = _refused()
    if refused:
        yield Finding("database", "broken", refused, "Check DATABASE_URL, and that PostgreSQL runs there.")
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        yield Finding("database", "broken", str(error).strip(), _remedy(error))
        return
    try:
        yield from _database()
    except DatabaseError as error:
        yield Finding("database", "broken", str(error).strip(), _remedy(error))
        return
    executor = MigrationExecutor(connection)
    newer = schema.beyond(executor.loader)
    if newer:
        told = installation.TablesAreNewer(change=newer)
        yield Finding("tables", "broken", *str(told).split(". ", 1))
        return
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding(
            "tables", "broken", "They are older than this version.", "Start `mlezi serve`, which updates them."
        )
        return
    yield from _worker()
    yield from _rollups()
    yield from _records()
    yield from _surroundings()


def _remedy(error: DatabaseError) -> str:
    if connection.vendor == "sqlite":
        is_damaged = any(word in str(error) for word in ("malformed", "not a database"))
        return DAMAGED if is_damaged else "Give Mlezi the right to read and write the data folder and what is in it."
    return "Check DATABASE_URL, and that PostgreSQL runs there."


def _refused() -> str:
    """Why PostgreSQL lets nobody in, in its own words; the pool would only say that it waited."""
    if connection.vendor != "postgresql":
        return ""
    import psycopg  # noqa: PLC0415 - only where it is used

    facts = {key: value for key, value in connection.get_connection_params().items() if key in REACHING}
    try:
        psycopg.connect(**facts, connect_timeout=5).close()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return ""


def _folder() -> Iterator[Finding]:
    if not os.access(settings.DATA, os.W_OK):
        yield Finding(
            "data folder", "broken", f"{settings.DATA} cannot be written.", "Give Mlezi the right to write there."
        )
        return
    free = shutil.disk_usage(settings.DATA).free
    state = "broken" if free < 200_000_000 else "look" if free < 2_000_000_000 else "well"
    remedy = (
        "" if state == "well" else "Make room: phones get a clear answer and keep their records until there is some."
    )
    yield Finding("disk", state, f"{free / 1e9:.1f} GB free in {settings.DATA}", remedy)
    try:
        name = default_storage.save("doctor.txt", ContentFile(b"well"))
        default_storage.delete(name)
        yield Finding("attachments", "well", "The store takes files and gives them back.")
    except Exception as error:  # a store fails in as many ways as there are stores
        yield Finding("attachments", "broken", f"The store does not take files: {error}", _store_remedy())
    if settings.S3_ENDPOINT and not settings.S3_BUCKET:
        yield Finding(
            "MLEZI_S3_BUCKET", "look", "MLEZI_S3_ENDPOINT names a store, but no bucket: files go to the data folder.",
            "Set MLEZI_S3_BUCKET too, or neither.",
        )  # fmt: skip


def _store_remedy() -> str:
    return STORE if settings.S3_BUCKET else "Make room, and give Mlezi the right to read and write there."


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check(1)")
            answer = cursor.fetchone()[0]
            state = "well" if answer == "ok" else "broken"
            remedy = "" if answer == "ok" else DAMAGED
            yield Finding("database", state, f"SQLite, {answer}", remedy)
            cursor.execute("PRAGMA synchronous")
            if cursor.fetchone()[0] < 2:
                yield Finding(
                    "durability", "look", "A power cut can lose the last records.", "Leave `synchronous` at FULL."
                )
        else:
            cursor.execute("SHOW server_version")
            yield Finding("database", "well", f"PostgreSQL {cursor.fetchone()[0]}")


def _worker() -> Iterator[Finding]:
    waiting = Event.objects.filter(waits=True)
    oldest = waiting.order_by("run_after").values_list("run_after", flat=True).first()
    late = oldest is not None and clock.now() - oldest > timedelta(minutes=10)
    remedy = "Is `mlezi serve` running, or a `mlezi worker`? Its messages say why it stopped." if late else ""
    yield Finding("worker", "broken" if late else "well", f"{waiting.count()} events wait", remedy)
    failed = failures().count()
    if failed:
        yield Finding("reactions", "look", f"{failed} events failed and were put back.", "`mlezi worker` says why.")


def _rollups() -> Iterator[Finding]:
    late = standing.outdated()
    if not late:
        yield Finding("rollups", "well", "Large pages read them.")
        return
    states = {row.programme_id: row for row in RollupState.objects.filter(programme__in=late, making__gt="")}
    names = ", ".join(
        f"{one.code} ({states[one.pk].n_done} of {states[one.pk].n_total} portions made)"
        if one.pk in states
        else one.code
        for one in late
    )
    yield Finding(
        "rollups", "look", f"To be made again after an update: {names}. Figures are right meanwhile, but slower.",
        "The worker makes them by itself while `mlezi serve` runs; `mlezi rebuild` makes them now.",
    )  # fmt: skip


def _records() -> Iterator[Finding]:
    parked = few.parked().filter(state=Submission.State.PARKED).count()
    open_ones = Quarantined.objects.filter(outcome=Quarantined.Outcome.OPEN).count()
    state = "look" if parked or open_ones else "well"
    remedy = "Somebody with the right to should look at the quarantine page." if state == "look" else ""
    yield Finding("records", state, f"{parked} parked, {open_ones} in quarantine", remedy)
    try:
        yield from _files()
    except Exception as error:  # a store fails in as many ways as there are stores
        yield Finding("attachments", "broken", f"The files cannot be looked for: {error}", _store_remedy())


def _files() -> Iterator[Finding]:
    """Every file a record brought, where looking is cheap: is it there, and as long as it was?"""
    is_near = isinstance(default_storage, FileSystemStorage)
    gone, damaged, first = 0, 0, ""
    for key, size, what in kept_files() if is_near else islice(kept_files(), A_FEW):
        found = _size(key)
        if found != size:
            gone, damaged = gone + (found is None), damaged + (found is not None)
            first = first or what
    if first:
        says = f"{gone} files are gone and {damaged} have another length than they came with, as {first}."
        yield Finding("attachments", "broken", says, "Copy them from the folder `files` of a backup that has them.")


def _size(key: str) -> int | None:
    try:
        return default_storage.size(key)
    except FileNotFoundError:
        return None


def _organisation() -> Iterator[Finding]:
    """Signing in through the organisation's own server: is it there, and is everything said that it needs?"""
    server = settings.OIDC_SERVER
    if not server:
        return
    lacking = [name for name in ("OIDC_CLIENT", "OIDC_SECRET") if not getattr(settings, name)]
    if lacking:
        names = " and ".join(f"MLEZI_{name}" for name in lacking)
        yield Finding("MLEZI_OIDC_SERVER", "broken", f"{names} not set.", "That server gives them; " + REGISTER)
        return
    try:
        lacks = openid.lacking(server)
    except openid.FAULTS as error:
        yield Finding(
            "MLEZI_OIDC_SERVER", "broken", f"{server} does not describe itself: {error}",
            "It is the address to which /.well-known/openid-configuration is added, with https:// before it.",
        )  # fmt: skip
        return
    back = f"{settings.PUBLIC_URL.rstrip('/')}/account/oidc/organisation/login/callback/"
    says = f"it has no {', '.join(lacks)}." if lacks else f"People are sent back to {back}"
    yield Finding("MLEZI_OIDC_SERVER", "broken" if lacks else "well", says)


def _surroundings() -> Iterator[Finding]:
    yield from _organisation()
    built = settings.PACKAGE / "plumbing" / "static" / "built" / "manifest.json"
    if not built.exists() and not (built.parent / ".vite" / "manifest.json").exists():
        yield Finding("styles", "broken", "The styles were never built.", "In a checkout: `python3 dev.py build`.")
    if settings.DEBUG:
        yield Finding("MLEZI_DEBUG", "look", "Technical error pages are on.", "Set MLEZI_DEBUG=no where people work.")
    if not settings.BEHIND_TLS and not settings.PUBLIC_URL.startswith(("http://localhost", "http://127.")):
        yield Finding(
            "MLEZI_URL", "broken", "People reach it without encryption.", "Put it behind https and say so in MLEZI_URL."
        )
