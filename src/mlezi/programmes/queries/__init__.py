"""Who is what in a programme, what follows from it, and who takes part.

`scope_of` and `may` are what every other room asks.
"""

from mlezi.programmes.queries.participants import participants
from mlezi.programmes.queries.roles import (
    may,
    may_give,
    may_more,
    permissions_of,
    programmes_of,
    roles_of,
    running_on,
    runs_on,
    scope_of,
)

__all__ = [
    "may",
    "may_give",
    "may_more",
    "participants",
    "permissions_of",
    "programmes_of",
    "roles_of",
    "running_on",
    "runs_on",
    "scope_of",
]
