"""Which wave an answer belongs to. Pure: invitations and a day in, a wave out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from mlezi.surveys.derivation.book import Asked


class Wave(NamedTuple):
    name: str
    occasion: str
    place_id: int | None = None  # where the person worked when it fell due


def wave_of(asked: Sequence[Asked], on: date, said: str) -> Wave:
    """The wave the record itself names; else the last that was due by then; else one that was asked early.

    A late answer still belongs to the wave that was due last: lateness is seen in its day. Nobody asked:
    the wave is empty, unless the record names one.
    """
    named = [one for one in asked if one.wave == said] if said else list(asked)
    due = [one for one in named if one.due_on <= on]
    early = [one for one in named if one.due_on > on and (said or (one.asked_on and one.asked_on <= on))]
    one = due[-1] if due else early[0] if early else None
    if one is None:
        return Wave(said, "")
    return Wave(one.wave, one.occasion, one.place_id)
