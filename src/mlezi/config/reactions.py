"""What follows what: one table, read from top to bottom. The only file that sees every room.

Each name is a function of a room's `tasks` module; it is called with a list of events by the worker,
and must be safe to run twice. The module is loaded when the first event comes: solvers, statistics and
readers of documents take seconds that a command or a page should not wait for.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from mlezi.audit.waiting import Reaction


class Tasks:
    """The functions of `mlezi.<room>.tasks`, each fetched when it is called."""

    def __init__(self, room: str) -> None:
        self._module = f"mlezi.{room}.tasks"

    def __getattr__(self, name: str) -> Reaction:
        def reaction(events: Sequence[Any]) -> None:
            getattr(import_module(self._module), name)(events)

        reaction.__module__, reaction.__qualname__ = self._module, name
        return reaction


evaluation = Tasks("evaluation")
instruments = Tasks("instruments")
matching = Tasks("matching")
narratives = Tasks("narratives")
pairing = Tasks("pairing")
surveys = Tasks("surveys")

REACTIONS: dict[str, tuple[Reaction, ...]] = {
    # --- a record came, or somebody said what it is ---
    "submission.received": (instruments.derive, pairing.pair_newcomers, narratives.take_answers),
    # --- what records name became known, moved, or turned out to be the same ---
    "person.added": (instruments.people_changed,),
    "person.changed": (instruments.people_changed, evaluation.people_changed),
    "person.transferred": (instruments.people_changed,),
    "person.left": (instruments.people_changed, surveys.plan),
    "person.came_back": (instruments.people_changed,),
    "people.merged": (instruments.people_changed, surveys.plan),
    "people.unmerged": (instruments.people_changed,),
    "people.imported": (instruments.people_changed, evaluation.people_changed, surveys.plan),
    "people.import_undone": (instruments.people_changed, evaluation.people_changed, surveys.plan),
    "enrolment.begun": (instruments.people_changed, surveys.plan),
    "enrolment.ended": (pairing.end_pairs, matching.propose_anew, instruments.people_changed, surveys.plan),
    "place.added": (instruments.places_changed,),
    "place.changed": (instruments.places_changed,),
    "place.moved": (evaluation.places_moved,),
    "places.imported": (instruments.places_changed,),
    "places.import_undone": (evaluation.places_moved,),
    # --- matching ---
    "scenario.asked": (matching.work_out,),
    "requests.sent": (matching.let_lapse,),
    # --- an update brought other rollups ---
    "rollups.outdated": (evaluation.rollups_outdated,),
    # --- plans and the blueprint ---
    "encounter.planned": (instruments.plan_changed,),
    "encounter.replanned": (instruments.plan_changed,),
    "blueprint.applied": (instruments.blueprint_applied, surveys.rescore, surveys.plan),
    # --- who is asked ---
    "invitations.planned": (surveys.planned,),
    "invitations.asked": (surveys.mail,),
    "invitations.reminded": (surveys.mail,),
}
