"""Keeps Need rows in step with what was seen and decided, site by site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from mlezi.instruments.derivation.register import Changes
from mlezi.plumbing.bulk import Row, Table, chunks
from mlezi.programmes.models import Programme
from mlezi.resources.derivation import SEEN
from mlezi.resources.models import ItemSeen, Need, NeedDecision
from mlezi.resources.spans import Decided, Seen, Span, spans

NEED = Table(Need, owner="place_id")
SITES_TOGETHER = 100


class NeedFollower:
    name = "needs"

    def follow(self, programme: Programme, changes: Changes | None) -> None:
        """Needs at the sites of which something new was said; None: at all sites."""
        if changes is None:
            settle(programme, _all_sites(programme))
        elif SEEN in changes:
            at = SEEN.columns.index("place_id")
            settle(programme, {row[at] for row in (*changes[SEEN].gone, *changes[SEEN].come)})


def settle(programme: Programme, place_ids: Iterable[int]) -> None:
    """Make the needs of these sites what sightings and decisions say. Runs in the caller's transaction."""
    ids = sorted(place_ids)
    for start in range(0, len(ids), SITES_TOGETHER):
        some = ids[start : start + SITES_TOGETHER]
        rows: list[Row] = []
        _lock(some)
        seen = _sightings(programme, some)
        decided = _decisions(one.id for sightings in seen.values() for one in sightings if not one.is_there)
        for (place_id, kind), sightings in sorted(seen.items()):
            rows += [_row(programme, place_id, kind, span) for span in spans(sightings, decided)]
        NEED.replace(some, rows, programme_id=programme.pk)


def hold(need_id: UUID) -> None:
    """Let the newest decision about a need hold. Runs in the caller's transaction, which has locked the need."""
    for said in _decisions([need_id]).values():
        Need.objects.filter(pk=need_id).update(outcome=said.outcome, decided_on=said.on)


def _lock(place_ids: list[int]) -> None:
    """Whoever decides locks the need first: a decision is either seen here or made afterwards."""
    if connection.features.has_select_for_update:
        list(Need.objects.select_for_update().filter(place_id__in=place_ids).order_by("pk").values_list("pk"))


def _all_sites(programme: Programme) -> set[int]:
    seen = ItemSeen.objects.filter(programme=programme).values_list("place_id", flat=True).distinct()
    lacking = Need.objects.filter(programme=programme).values_list("place_id", flat=True).distinct()
    return {*seen, *lacking}


def _sightings(programme: Programme, place_ids: list[int]) -> dict[tuple[int, str], list[Seen]]:
    found: dict[tuple[int, str], list[Seen]] = defaultdict(list)
    rows = ItemSeen.objects.filter(programme=programme, place_id__in=place_ids)
    columns = ("place_id", "kind", "id", "submission_id", "encounter_uid", "item", "detail", "seen_on", "is_there")
    for place_id, kind, *facts in rows.values_list(*columns):
        found[place_id, kind].append(Seen(*facts))
    return found


def _decisions(ids: Iterable[UUID]) -> dict[UUID, Decided]:
    found: dict[UUID, Decided] = {}
    for some in chunks(list(ids)):
        rows = NeedDecision.objects.filter(need_id__in=some).order_by("decided_at", "pk")
        for need_id, outcome, on, at in rows.values_list("need_id", "outcome", "decided_on", "decided_at"):
            found[need_id] = Decided(outcome, on, at)
    return found


def _row(programme: Programme, place_id: int, kind: str, span: Span) -> Row:
    return NEED.row(
        id=span.id,
        programme_id=programme.pk,
        submission_id=span.first.submission_id,
        encounter_uid=span.first.encounter_uid,
        place_id=place_id,
        kind=kind,
        item=span.first.item,
        detail=span.first.detail,
        found_on=span.first.on,
        seen_met_on=span.seen_met_on,
        outcome=span.decided.outcome if span.decided else "",
        decided_on=span.decided.on if span.decided else None,
    )
