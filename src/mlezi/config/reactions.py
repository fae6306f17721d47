"""What follows what: one table, read from top to bottom. The only file that sees every room.

Each name is a function of a room's `tasks` module; it is called with a list of events by the worker,
and must be safe to run twice.
"""

from __future__ import annotations

from mlezi.audit.waiting import Reaction
from mlezi.evaluation import tasks as evaluation
from mlezi.instruments import tasks as instruments
from mlezi.matching import tasks as matching
from mlezi.narratives import tasks as narratives
from mlezi.pairing import tasks as pairing
from mlezi.surveys import tasks as surveys

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
    "enrolment.ended": (pairing.end_pairs, instruments.people_changed, surveys.plan),
    "place.added": (instruments.places_changed,),
    "place.changed": (instruments.places_changed,),
    "places.imported": (instruments.places_changed,),
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
