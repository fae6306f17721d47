"""Forms whose records must not say who sent them. The room that knows instruments is asked; see `fill`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mlezi.instruments.arrivals import Arrival
from mlezi.programmes.models import Programme

Ask = Callable[[Programme, str], bool]
_asked: list[Ask] = []


def fill(ask: Ask) -> None:
    """Say who knows whether a form of a programme names nobody. The last one said holds."""
    _asked[:] = [ask]


def unnamed(arrival: Arrival, form_id: str) -> Arrival:
    """The same arrival, without sender and phone where its form names nobody: they are never written down."""
    if arrival.sender is None and arrival.device is None:
        return arrival
    names_nobody = bool(form_id and _asked and _asked[0](arrival.programme, form_id))
    return replace(arrival, sender=None, device=None) if names_nobody else arrival
