"""Commands, from their own help."""

from __future__ import annotations

import click

from mlezi import cli


def page() -> str:
    top = click.Context(cli.main, info_name="mlezi")
    lines = ["# Commands", "", "The same text as `mlezi VERB --help`. " + _exit_codes(), ""]
    for name in cli.main.list_commands(top):
        command = cli.main.get_command(top, name)
        if command and not command.hidden:
            lines += _section(command, f"mlezi {name}", 2)
    return "\n".join(lines) + "\n"


def _exit_codes() -> str:
    return "Exit codes: 0 done; 1 refused, with the reason; 2 wrong use; 3 something is wrong with the installation."


def _section(command: click.Command, path: str, depth: int) -> list[str]:
    context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100)
    lines = [f"{'#' * depth} {path}", "", "```", command.get_help(context), "```", ""]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child:
                lines += _section(child, f"{path} {name}", depth + 1)
    return lines
