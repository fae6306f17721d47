"""What is offered for somebody whose pair a coordinator has just ended. Rooms upstairs register it at start-up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mlezi.audit.actions import Actor
from mlezi.pairing.models import Pairing
from mlezi.places.scope import Scope

Offer = Callable[[Pairing, Scope, Actor, datetime], str | None]
"""Given the ended pair, what the coordinator sees, who asks and when: the address of the offer, or None."""
_OFFERS: dict[str, Offer] = {}


def register(name: str, offer: Offer) -> None:
    """Add an offer. The same name again replaces it."""
    _OFFERS[name] = offer


def after(pairing: Pairing, scope: Scope, by: Actor, at: datetime) -> str | None:
    """The address of the first offer that somebody has for the learner of this pair."""
    return next((found for offer in _OFFERS.values() if (found := offer(pairing, scope, by, at))), None)
