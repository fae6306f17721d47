"""The `mlezi` command. One small file a verb; each adds itself to the list below."""

from __future__ import annotations

import os

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mlezi")
def main() -> None:
    """Runs mentorship and coaching programmes, and shows whether they work."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlezi.config.settings")
