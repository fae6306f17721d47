"""The `mlezi` command. One small file a verb: `cli/<verb>.py` holds a click command named `command`.

Exit codes: 0 done; 1 refused, with the reason; 2 wrong use; 3 something is wrong with the installation.
"""

from __future__ import annotations

import ast
import os
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import click

NAMES = {"import_": "import"}  # words that Python keeps for itself
FOR_BUILDERS = {"docs"}  # of this repository; not listed
ONLY_FILES = {
    "blueprints",
    "check",
    "docs",
    "figures",
    "match",
    "replicate",
    "review",
}  # need no installation, and leave none
WITHOUT_TABLES = {"doctor", "restore", "serve", "demo"}  # see to their tables themselves


class Verbs(click.Group):
    """Finds verbs by file name, so that adding one is adding a file."""

    def list_commands(self, context: click.Context) -> list[str]:
        found = (module.name for module in iter_modules(__path__) if not module.ispkg)
        return sorted(NAMES.get(name, name) for name in found if not name.startswith("_"))

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """First sentences, read and not run: Django and all it brings take seconds."""
        verbs = [verb for verb in self.list_commands(context) if verb not in FOR_BUILDERS]
        limit = formatter.width - 6 - max(len(verb) for verb in verbs)
        with formatter.section("Commands"):
            formatter.write_dl(
                [(verb, click.Command(verb, help=_promise(verb)).get_short_help_str(limit)) for verb in verbs]
            )

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(context):
            return None
        set_up()  # for help, and for what needs only files; any other verb was woken before
        return import_module(f"{__name__}.{_file(name)}").command  # type: ignore[no-any-return]

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        wakes_up = not any(flag in args for flag in ("-h", "--help"))
        if wakes_up and args and args[0] in self.list_commands(context):
            if args[0] == "demo":  # the demo keeps its data apart, and settings are read once
                os.environ["MLEZI_DATA"], os.environ["MLEZI_DEMO"] = _folder(args), "yes"
            if args[0] not in ONLY_FILES:
                wake(makes_tables=args[0] not in WITHOUT_TABLES)
        return super().resolve_command(context, args)


def _file(verb: str) -> str:
    return {word: file for file, word in NAMES.items()}.get(verb, verb)


def _promise(verb: str) -> str:
    """The docstring of a verb's `command`."""
    tree = ast.parse((Path(__file__).parent / f"{_file(verb)}.py").read_text(encoding="utf-8"))
    found = (one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == "command")
    return next((ast.get_docstring(one) or "" for one in found), "")


def _folder(args: list[str]) -> str:
    """What `--data` says, in either way of writing it."""
    for place, word in enumerate(args):
        if word.startswith("--data="):
            return word.removeprefix("--data=")
        if word == "--data" and place + 1 < len(args):
            return args[place + 1]
    return "mlezi-demo"


def wake(*, makes_tables: bool) -> None:
    """Set up Django with this installation's secret key; a new installation gets its tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlezi.config.settings")
    from mlezi.plumbing import installation  # noqa: PLC0415

    installation.prepare()
    set_up()
    if makes_tables:
        installation.ensure_tables()


def set_up() -> None:
    """Load Django, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlezi.config.settings")
    import django  # noqa: PLC0415 - only when a verb is looked at
    from django.apps import apps  # noqa: PLC0415

    if not apps.ready:
        django.setup()


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="mlezi")
def main() -> None:
    """Runs mentorship and coaching programmes in health care, and shows whether they work.

    Start with `mlezi demo` to look around, or with `mlezi serve` for a programme of your own.
    """


def run() -> None:
    """What the installed command calls: a problem becomes a sentence, never a traceback."""
    from mlezi.plumbing.problems import Problem  # noqa: PLC0415

    try:
        main()
    except Problem as problem:
        click.secho(f"{problem}  [{problem.code}]", fg="red", err=True)
        sys.exit(problem.status // 100 - 2 if problem.status >= 500 else 1)
    except Exception as error:
        from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
        from django.db import DatabaseError  # noqa: PLC0415

        if isinstance(error, ImproperlyConfigured):
            click.secho(f"A setting is wrong. {error}", fg="red", err=True)
            sys.exit(3)
        if not isinstance(error, DatabaseError) or os.environ.get("MLEZI_DEBUG"):
            raise
        click.secho(
            f"The database did not answer as it should: {error}. `mlezi doctor` looks closer.", fg="red", err=True
        )
        sys.exit(3)
