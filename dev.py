#!/usr/bin/env python3
"""One door for everybody who works on Mlezi: `python3 dev.py VERB`.

Standard library only, so that it runs on a machine that has Python and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
UV_VERSION = "0.13.9"


def say(text: str) -> None:
    print(f"dev: {text}", flush=True)


def run(*command: str | Path, env: dict[str, str] | None = None, **options: object) -> int:
    return subprocess.call([str(part) for part in command], cwd=ROOT, env=env, **options)  # type: ignore[arg-type]


def must(*command: str | Path, env: dict[str, str] | None = None) -> None:
    code = run(*command, env=env)
    if code:
        sys.exit(code)


def python(*arguments: str | Path) -> list[str]:
    return [str(VENV / "bin" / "python"), *map(str, arguments)]


def ensure_uv() -> Path:
    """A pinned uv in a folder of our own; the system's Python is never touched."""
    uv = TOOLS / "bin" / "uv"
    stamp = TOOLS / "uv-version"
    if uv.exists() and stamp.exists() and stamp.read_text() == UV_VERSION:
        return uv
    say("setting up the installer (first time only)")
    try:
        import ensurepip  # noqa: F401, PLC0415 - absent on a bare Debian
    except ImportError:
        install_packages("python3-venv")
    must(sys.executable, "-m", "venv", "--clear", TOOLS)
    must(TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", f"uv=={UV_VERSION}")
    stamp.write_text(UV_VERSION)
    return uv


def install_packages(*names: str) -> None:
    """Debian packages: installed as root, otherwise the line to type."""
    line = "apt-get install -y --no-install-recommends " + " ".join(names)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"dev: this machine lacks {', '.join(names)}. Please type:  sudo {line}")
    say(f"installing {', '.join(names)} with apt-get")
    must("apt-get", "update", "-qq")
    must("env", "DEBIAN_FRONTEND=noninteractive", *line.split(), "-qq")


def ensure_python(*groups: str, extras: bool = False) -> None:
    """The locked packages in .venv; a stamp of the lock makes the second time instant."""
    lock = hashlib.sha256((ROOT / "uv.lock").read_bytes() + (ROOT / "pyproject.toml").read_bytes())
    wanted = f"{lock.hexdigest()} {sorted(groups)} {extras}"
    stamp = VENV / "stamp"
    have = stamp.read_text().splitlines() if stamp.exists() else []
    if wanted in have:
        return
    uv = ensure_uv()
    say("installing Python packages from the lock")
    env = dict(os.environ, UV_PYTHON_DOWNLOADS="never", UV_PROJECT_ENVIRONMENT=str(VENV))
    flags = [flag for group in groups for flag in ("--group", group)] + (["--all-extras"] if extras else [])
    must(uv, "sync", "--frozen", "--inexact", "--quiet", "--python", sys.executable, *flags, env=env)
    kept = [line for line in have if line.startswith(lock.hexdigest())]
    stamp.write_text("\n".join([*kept, wanted]))


def verb_run(arguments: list[str]) -> None:
    """run [--port N] [--data DIR]   set everything up and serve the demo programme"""
    ensure_python()
    sys.exit(run(VENV / "bin" / "mlezi", "demo", *arguments))


def verb_test(arguments: list[str]) -> None:
    """test [pytest arguments]        every test: SQLite, PostgreSQL and browser"""
    started = time.monotonic()
    ensure_python("test", extras=True)
    code = run(*python("-m", "pytest", *arguments))
    say(f"tests took {time.monotonic() - started:.0f} s")
    sys.exit(code)


def verb_check(arguments: list[str]) -> None:
    """check                          format, lint, types, the architecture, stale pages"""
    ensure_python("check", "test", extras=True)
    bin_ = VENV / "bin"
    steps: list[tuple[str, list[str | Path]]] = [
        ("format", [bin_ / "ruff", "format", "--check", "."]),
        ("lint", [bin_ / "ruff", "check", "."]),
        ("architecture", [bin_ / "lint-imports"]),
        ("types", [bin_ / "mypy"]),
        ("migrations", [bin_ / "python", "-m", "django", "makemigrations", "--check", "--dry-run"]),
    ]
    env = dict(os.environ, DJANGO_SETTINGS_MODULE="mlezi.config.settings")
    failed = []
    for name, command in steps:
        say(name)
        if run(*command, env=env):
            failed.append(name)
    if failed:
        sys.exit(f"dev: not clean: {', '.join(failed)}")
    say("all clean")


VERBS = {"run": verb_run, "test": verb_test, "check": verb_check}


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in VERBS:
        print("python3 dev.py VERB\n")
        for verb in VERBS.values():
            print("  " + (verb.__doc__ or ""))
        sys.exit(0 if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help", "help") else 2)
    VERBS[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    main()
