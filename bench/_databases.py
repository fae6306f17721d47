"""Runs a measurement on a PostgreSQL of its own when it was asked with --postgres."""

from __future__ import annotations

import os
import sys


def as_asked() -> None:
    """Start again with a throw-away server, durable as in life; where DATABASE_URL names one, that is taken."""
    if "--postgres" in sys.argv and "DATABASE_URL" not in os.environ:
        command = [sys.executable, "-m", "mlezi.testing.postgres", "--durable", sys.executable, *sys.argv]
        os.execv(sys.executable, command)  # noqa: S606 - this program again
