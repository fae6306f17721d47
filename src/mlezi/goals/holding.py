"""Keeps with each agreed action what of all that was decided about it holds, so that no reader has to look for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from mlezi.goals.derivation import ACTION, REPORTED
from mlezi.goals.models import ActionDecision, AgreedAction
from mlezi.instruments.derivation.register import Changes
from mlezi.plumbing import bulk
from mlezi.plumbing.bulk import Difference
from mlezi.programmes.models import Programme

NOTHING = Difference([], [])
ABOUT = REPORTED.columns.index("action_id")


class DecisionFollower:
    name = "decisions"

    def follow(self, programme: Programme, changes: Changes | None) -> None:
        """Of actions that came anew and those that forms reported done; None: of all."""
        if changes is None:
            settle(AgreedAction.objects.filter(programme=programme).values_list("pk", flat=True))
            return
        reported = changes.get(REPORTED, NOTHING)
        settle(
            {
                *(row[ACTION.key_at] for row in changes.get(ACTION, NOTHING).come),
                *(row[ABOUT] for row in (*reported.gone, *reported.come)),
            }
        )


def settle(action_ids: Iterable[UUID]) -> None:
    """Let the newest decision of each of these actions hold. Runs in the caller's transaction.

    The actions are locked first, as whoever decides locks them: a decision is either seen here or made afterwards.
    """
    for some in bulk.chunks(sorted(action_ids)):
        rows = AgreedAction.objects.select_for_update().filter(pk__in=some).order_by("pk")
        held = list(rows.values_list("outcome", "decided_on", "pk"))
        newest: dict[UUID, tuple[str, date | None]] = {}
        said = ActionDecision.objects.filter(action_id__in=some).order_by("decided_at", "pk")
        for pk, outcome, on in said.values_list("action_id", "outcome", "decided_on"):
            newest[pk] = (outcome, on)
        should = [(*newest.get(pk, ("", None)), pk) for *_, pk in held]
        bulk.update(AgreedAction, ("outcome", "decided_on"), sorted({*should} - {*held}, key=lambda row: row[-1]))
