"""Keeps with each plan whether the encounter that bears its identity was held, so that no reader has to look for it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from mlezi.encounters.derivation.deriver import ENCOUNTER
from mlezi.encounters.models import Encounter, PlannedEncounter
from mlezi.instruments.derivation.register import Changes
from mlezi.plumbing import bulk
from mlezi.programmes.models import Programme


class PlanFollower:
    name = "plans"

    def follow(self, programme: Programme, changes: Changes | None) -> None:
        """Of plans whose encounters came, changed or went; None: of all."""
        if changes is None:
            settle(PlannedEncounter.objects.filter(programme=programme).values_list("pk", flat=True))
        elif ENCOUNTER in changes:
            settle({row[ENCOUNTER.key_at] for row in (*changes[ENCOUNTER].gone, *changes[ENCOUNTER].come)})


def settle(uids: Iterable[UUID]) -> None:
    """Let these plans bear what was held. Runs in the caller's transaction. The others are of no plan."""
    for some in bulk.chunks(sorted(uids)):
        plans = PlannedEncounter.objects.filter(pk__in=some).values_list("was_held", "held_minutes", "pk")
        kept = set(plans)
        if kept:
            meetings = Encounter.objects.filter(pk__in=[pk for *_, pk in kept], cancelled_because="")
            held = dict(meetings.values_list("pk", "minutes"))
            should = {(pk in held, held.get(pk), pk) for *_, pk in kept}
            bulk.update(PlannedEncounter, ("was_held", "held_minutes"), sorted(should - kept, key=lambda row: row[-1]))
