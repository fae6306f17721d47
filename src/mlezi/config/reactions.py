"""What follows what: one table, read from top to bottom. The only file that sees every room.

Each name is a function of a room's `tasks` module; it is called with a list of events by the worker,
and must be safe to run twice.
"""

from __future__ import annotations

from mlezi.audit.waiting import Reaction
from mlezi.instruments import tasks as instruments
from mlezi.pairing import tasks as pairing

REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "submission.received": (instruments.derive, pairing.pair_newcomers),
    # --- somebody no longer takes part ---
    "enrolment.ended": (pairing.end_pairs,),
}
