#!/usr/bin/env python3
"""One door for everybody who works on Mlezi: `python3 dev.py VERB`.

Standard library only, so that it runs on a machine that has Python 3.11 and nothing else. Everything
it installs goes to .tools, .venv and frontend/node_modules here; the system's Python is never touched.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS, VENV, FRONTEND = ROOT / ".tools", ROOT / ".venv", ROOT / "frontend"
BUILT = ROOT / "src" / "mlezi" / "plumbing" / "static" / "built"
UV_VERSION = "0.13.9"
OLDEST_NODE = 20


# --- small things ---
def say(text: str) -> None:
    print(f"dev: {text}", flush=True)


def run(*command: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT) -> int:
    return subprocess.call([str(part) for part in command], cwd=cwd, env=env)


def must(*command: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT) -> None:
    code = run(*command, env=env, cwd=cwd)
    if code:
        sys.exit(code)


def in_venv(name: str) -> Path:
    return VENV / "bin" / name


def environment(**more: str) -> dict[str, str]:
    """The environment as it is: certificates and proxies of the machine must reach every tool.

    But for one wish: without kept byte code, each of the hundreds of processes of a test run compiles all libraries.
    """
    env = dict(os.environ, DJANGO_SETTINGS_MODULE="mlezi.config.settings", **more)
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


def digest(paths: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


# --- setting up, each step with a stamp so that the second time is instant ---
def install_packages(*names: str) -> None:
    """Debian packages: installed as root, otherwise the line to type."""
    line = "apt-get install -y --no-install-recommends " + " ".join(names)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"dev: this machine lacks {', '.join(names)}. Please type:  sudo {line}")
    say(f"installing {', '.join(names)} with apt-get")
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    must("apt-get", "update", "-qq", env=quiet)
    must(*line.split(), "-qq", "-o", "Dpkg::Use-Pty=0", env=quiet)


def ensure_uv() -> Path:
    """A pinned uv in a folder of our own."""
    uv, stamp = TOOLS / "bin" / "uv", TOOLS / "uv-version"
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


def ensure_python(*groups: str, extras: bool = False) -> None:
    """The locked packages in .venv."""
    lock = digest([ROOT / "uv.lock", ROOT / "pyproject.toml"])
    wanted = f"{lock} {','.join(sorted(groups))} {extras}"
    stamp = VENV / "stamp"
    have = [line for line in stamp.read_text().splitlines() if line.startswith(lock)] if stamp.exists() else []
    if wanted in have:
        return
    uv = ensure_uv()
    say("installing Python packages from the lock")
    env = dict(os.environ, UV_PYTHON_DOWNLOADS="never", UV_PROJECT_ENVIRONMENT=str(VENV))
    flags = [flag for group in groups for flag in ("--group", group)] + (["--all-extras"] if extras else [])
    must(uv, "sync", "--frozen", "--inexact", "--quiet", "--python", sys.executable, *flags, env=env)
    stamp.write_text("\n".join([*have, wanted]))


def node_tools() -> dict[str, str]:
    """An environment whose PATH has a Node that is new enough: the machine's, or one from PyPI."""
    node = shutil.which("node")
    if node and shutil.which("npm"):
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if version.startswith("v") and int(version[1:].split(".")[0]) >= OLDEST_NODE:
            return dict(os.environ)
    ensure_python("build")
    return dict(os.environ, PATH=f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}")


def ensure_frontend() -> None:
    """Styles and scripts, built into the package. Rebuilt when a source or the lock changes."""
    sources = [
        path
        for path in FRONTEND.rglob("*")
        if path.is_file() and "node_modules" not in path.parts and "dist" not in path.parts
    ]
    if not (FRONTEND / "package.json").exists():
        return
    wanted, stamp = digest(sources), BUILT / ".stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    env = node_tools()
    lock, installed = digest([FRONTEND / "package-lock.json"]), FRONTEND / "node_modules" / ".stamp"
    if not installed.exists() or installed.read_text() != lock:
        say("installing front-end packages from the lock")
        must("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", env=env, cwd=FRONTEND)
        installed.write_text(lock)
    say("building styles and scripts")
    must("npm", "run", "--silent", "build", env=env, cwd=FRONTEND)
    stamp.write_text(wanted)


def ensure_translations() -> None:
    """Compiled .mo files beside the .po files."""
    stale = [
        po
        for po in (ROOT / "src").rglob("*.po")
        if not po.with_suffix(".mo").exists() or po.stat().st_mtime > po.with_suffix(".mo").stat().st_mtime
    ]
    if stale:
        must(in_venv("python"), "-m", "mlezi.plumbing.translations", "compile")


def ensure_browser() -> dict[str, str]:
    """Debian's Chromium, best the one without windows; no tool may download a browser of its own."""
    libatomic = any(Path("/usr/lib").glob("*/libatomic.so.1")) or any(Path("/usr/lib64").glob("libatomic.so.1"))
    if not libatomic:
        install_packages("libatomic1")
    chosen = os.environ.get("MLEZI_CHROMIUM") or shell_of_chromium()
    if not chosen:
        names = ("chromium", "chromium-browser", "google-chrome")
        chosen = next((path for name in names if (path := shutil.which(name))), "")
    if not chosen:
        install_packages("chromium", "fonts-noto-core")
    return environment(MLEZI_CHROMIUM=chosen or shutil.which("chromium") or "chromium")


def shell_of_chromium() -> str:
    """The same engine without windows and menus, for a quarter of the work. Empty where it cannot be had."""
    name, tried = "chromium-headless-shell", TOOLS / "no-shell-of-chromium"
    system = Path("/etc/os-release")
    is_debian = system.exists() and "ID=debian" in system.read_text().split()
    if shutil.which(name) or tried.exists() or not is_debian or os.geteuid() != 0:
        return shutil.which(name) or ""
    say(f"installing {name} with apt-get")
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    hurry = ("-qq", "-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=15", "-o", "Dpkg::Use-Pty=0")
    run("apt-get", "update", *hurry, env=quiet)
    if run("apt-get", "install", "-y", "--no-install-recommends", *hurry, name, "fonts-noto-core", env=quiet):
        say(f"{name} cannot be had here; the whole browser does as well")
        tried.touch()
    return shutil.which(name) or ""


def ensure_all(*groups: str, extras: bool = False) -> None:
    ensure_python(*groups, extras=extras)
    ensure_frontend()
    ensure_translations()


@contextmanager
def quick_folder() -> Iterator[dict[str, str]]:
    """Temporary files in memory where there is plenty: tests wait for thousands of small writes to reach a disk."""
    shared = Path("/dev/shm")
    if not shared.is_dir() or shutil.disk_usage(shared).free < 8e9:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="mlezi-test-", dir=shared, ignore_cleanup_errors=True) as folder:
        yield {"TMPDIR": folder}


# --- verbs ---
def verb_run(arguments: list[str]) -> None:
    """run [--port N] [--data DIR]    set everything up and serve the demo programme"""
    started = time.monotonic()
    ensure_all()
    if time.monotonic() - started > 1:
        say(f"everything is set up ({time.monotonic() - started:.0f} s)")
    data = [] if "--data" in arguments else ["--data", str(ROOT / "data" / "demo")]
    try:
        sys.exit(run(in_venv("mlezi"), "demo", *data, *arguments))
    except KeyboardInterrupt:
        sys.exit(0)


def verb_test(arguments: list[str]) -> None:
    """test [--long] [pytest arguments]  every test: SQLite, PostgreSQL and browser"""
    started = time.monotonic()
    ensure_all("test", extras=True)
    env = ensure_browser()
    if "--long" in arguments:
        arguments = [argument for argument in arguments if argument != "--long"]
        env["MLEZI_LONG"] = "1"
    cores = ["-n", str(os.cpu_count() or 1), "--dist", "loadfile", "--no-loadscope-reorder"]
    if any(a in ("-n", "-p", "--pdb", "-s") or a.startswith("-n") for a in arguments):
        cores = []
    pytest = [in_venv("python"), "-m", "pytest", "--durations=12", "--durations-min=5"]
    again = "database and (not browser or both_databases)"
    on_postgres = [in_venv("python"), "-m", "mlezi.testing.postgres", *pytest, *cores]
    on_postgres += ["-m", again if "MLEZI_LONG" in env else f"{again} and not one_database"]
    say("on SQLite, with the browser")
    with quick_folder() as folder:
        codes = [run(*pytest, *cores, *arguments, env=env | folder)]
    say("on PostgreSQL")  # which waits for no disk here, and whose programs may not run from a folder in memory
    codes.append(run(*on_postgres, *arguments, env=env))
    say(f"tests took {time.monotonic() - started:.0f} s")
    nothing_selected = 5  # a -k that fits no test of one of the runs is not a failure of that run
    sys.exit(max((code for code in codes if code != nothing_selected), default=nothing_selected))


def verb_check(arguments: list[str]) -> None:
    """check                           format, lint, types, architecture, stale pages, locks"""
    ensure_all("check", "test", extras=True)
    python = in_venv("python")
    steps: list[tuple[str, list[str | Path]]] = [
        ("format", [in_venv("ruff"), "format", "--check", "--quiet", "."]),
        ("lint", [in_venv("ruff"), "check", "--quiet", "."]),
        ("architecture", [in_venv("lint-imports"), "--no-cache"]),
        ("types", [in_venv("mypy"), "--no-error-summary"]),
        ("migrations", [python, "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"]),
        ("translations", [python, "-m", "mlezi.plumbing.translations", "check"]),
        ("reference pages", [python, "-m", "mlezi.cli", "docs", "--check"]),
    ]
    failed = [name for name, command in steps if say(name) or run(*command, env=environment(MLEZI_DATA="/nonexistent"))]
    failed += [] if (say("locks") or locks_are_clean()) else ["locks"]
    if failed:
        sys.exit(f"dev: not clean: {', '.join(failed)}")
    say("all clean")


def locks_are_clean() -> bool:
    """Locks name only the public indexes, no folder of anybody's machine, and no registry for npm."""
    strange = []
    for line in (ROOT / "uv.lock").read_text().splitlines():
        known = ("https://pypi.org/", "https://files.pythonhosted.org/")
        if "://" in line and not any(host in line for host in known):
            strange.append(line.strip())
    lock = FRONTEND / "package-lock.json"
    if lock.exists():
        packages = json.loads(lock.read_text())["packages"]
        strange += [name for name, facts in packages.items() if "resolved" in facts]
    for line in strange:
        say(f"a lock names a place it should not: {line[:120]}")
    return not strange


def verb_bench(arguments: list[str]) -> None:
    """bench [NAME …]                  measure; writes bench/results/NAME.json"""
    ensure_all("test", "bench", extras=True)
    names = arguments or sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))
    for name in names:
        say(f"bench {name}")
        must(in_venv("python"), "-m", f"bench.{name}", env=environment())


def verb_docs(arguments: list[str]) -> None:
    """docs                            write the reference pages again from the code"""
    ensure_python()
    must(in_venv("python"), "-m", "mlezi.cli", "docs", env=environment())


def verb_build(arguments: list[str]) -> None:
    """build                           the wheel, with built styles and scripts, in dist/"""
    ensure_all()
    must(ensure_uv(), "build", "--wheel", "--quiet", env=dict(os.environ, UV_PYTHON_DOWNLOADS="never"))
    for wheel in sorted((ROOT / "dist").glob("*.whl")):
        say(f"{wheel.relative_to(ROOT)}  {wheel.stat().st_size / 1e6:.1f} MB")


VERBS = {
    "run": verb_run,
    "test": verb_test,
    "check": verb_check,
    "bench": verb_bench,
    "docs": verb_docs,
    "build": verb_build,
}


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file may be started by any Python
        sys.exit("dev: Mlezi needs Python 3.11 or newer.")
    if len(sys.argv) < 2 or sys.argv[1] not in VERBS:
        print("python3 dev.py VERB\n")
        for verb in VERBS.values():
            print("  " + (verb.__doc__ or ""))
        sys.exit(0 if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help", "help") else 2)
    VERBS[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    main()
