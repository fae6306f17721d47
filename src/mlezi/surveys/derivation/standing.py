"""Keeps one filled instrument standing for each participant in each wave, and says where there are more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from mlezi.instruments.derivation.identity import derived_id
from mlezi.instruments.derivation.register import Changes
from mlezi.plumbing.bulk import Row, Table, chunks
from mlezi.programmes.models import Programme
from mlezi.surveys.derivation.deriver import FILLED
from mlezi.surveys.models import Filled, Standing, StandingDecision

STANDING = Table(Standing, owner="participant")


class Slot(NamedTuple):
    instrument: str
    wave: str
    occasion: str
    participant: str


class StandingFollower:
    name = "surveys"

    def follow(self, programme: Programme, changes: Changes | None) -> None:
        """Settle the participants of whom something changed; None: everybody."""
        if changes is None:
            known = Filled.objects.filter(programme=programme).values_list("participant", flat=True)
            stale = Standing.objects.filter(programme=programme).values_list("participant", flat=True)
            settle(programme, {*known.distinct(), *stale.distinct()})
        elif FILLED in changes:
            rows: Iterable[Any] = (*changes[FILLED].gone, *changes[FILLED].come)
            settle(programme, {row.participant for row in rows})


def settle(programme: Programme, participants: Collection[str]) -> None:
    """Make the standings of these participants what records and decisions say. Runs in the caller's transaction."""
    for some in chunks(sorted(participants)):
        slots: dict[Slot, list[tuple[datetime, UUID]]] = defaultdict(list)
        rows = Filled.objects.filter(programme=programme, participant__in=some)
        columns = ("instrument", "wave", "occasion", "participant", "submission__received_at", "id")
        for *slot, received_at, pk in rows.values_list(*columns):
            slots[Slot(*slot)].append((received_at, pk))
        ids = {derived_id(programme.uid, "standing", *slot): slot for slot in slots}
        decided = _decided(ids)
        standing = [_row(programme, pk, slot, slots[slot], decided.get(pk)) for pk, slot in ids.items()]
        STANDING.replace(some, standing, programme_id=programme.pk)


def _row(programme: Programme, pk: UUID, slot: Slot, filled: list[tuple[datetime, UUID]], decided: UUID | None) -> Row:
    there = {one for _, one in filled}
    holds = decided if decided in there else min(filled)[1]
    return STANDING.row(
        id=pk, programme_id=programme.pk, **slot._asdict(), filled_id=holds, n_filled=min(len(filled), 32_000)
    )


def _decided(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    found: dict[UUID, UUID] = {}
    for some in chunks(list(ids)):
        rows = StandingDecision.objects.filter(standing_id__in=some).order_by("decided_at", "pk")
        found |= dict(rows.values_list("standing_id", "filled_id"))
    return found
