"""What a process lets go of before it forks others."""

from __future__ import annotations

from django.db import connections


def let_go_of_connections() -> None:
    """A connection, or a pool of them, must not be shared with a forked process; each opens its own.

    A pool's threads do not come along either: a process that inherited one would wait for connections nobody opens.
    """
    connections.close_all()
    for connection in connections.all():
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]
