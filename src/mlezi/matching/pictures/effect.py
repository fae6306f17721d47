"""What other weights would do, beside the scenario worked out last, before anything is kept."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from mlezi.matching import solving
from mlezi.matching.models import Round
from mlezi.matching.pictures import compare
from mlezi.matching.settings import Settings

AT_ONCE = 2_000_000
"""Possible pairs up to which the effect is worked out while somebody waits."""


def of(round_: Round, chosen: Settings) -> dict[str, Any]:
    """`effect` (rows) under `names`, or `trouble` in words."""
    sides = [round_.members.filter(side=side).count() for side in ("mentee", "mentor")]
    if sides[0] * sides[1] > AT_ONCE:
        return {"trouble": gettext("This round is too large to be worked out while you wait. Find the best pairs.")}
    try:
        tried = solving.tried(round_, chosen)
    except (ValueError, OverflowError) as trouble:
        return {"trouble": str(trouble)}
    last = round_.scenarios.filter(finished_at__isnull=False, failure="").order_by("-number").first()
    beside = [last] if last else []
    names = [f"{one.number}. {one.title}" for one in beside] + [gettext("These numbers")]
    return {"effect": compare.side_by_side([*beside, tried]), "names": names}
