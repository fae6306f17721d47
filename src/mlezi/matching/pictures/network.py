"""Somebody's network as a picture: who supports them in which way, and which way is missing."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.translation import gettext_lazy as _

from mlezi.matching.queries import loads
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person
from mlezi.plumbing import clock
from mlezi.plumbing.tables import Words
from mlezi.programmes.models import Programme

KINDS: tuple[tuple[str, Words, Words], ...] = (
    ("mentor", _("Mentor"), _("somebody experienced to think with")),
    ("coach", _("Coach"), _("somebody to practise one skill with")),
    ("sponsor", _("Sponsor"), _("somebody who opens doors")),
    ("peer", _("Peer"), _("somebody at the same point")),
    ("preceptor", _("Preceptor"), _("somebody beside you at the bedside")),
)
WIDTH, HEIGHT, FAR = 360, 300, 105


@dataclass(frozen=True)
class Node:
    title: Words
    what_for: Words
    names: list[str]
    x: float
    y: float

    @property
    def is_missing(self) -> bool:
        return not self.names


def of(person: Person, programme: Programme) -> list[Node]:
    """One node a kind of relationship, round the person in the middle. Peers count from both sides."""
    on = clock.today(programme.time_zone)
    rows = loads.running(on).filter(programme=programme, learner=person).select_related("guide")
    found: dict[str, list[str]] = {}
    for pair in rows.order_by("guide__name"):
        found.setdefault(pair.kind, []).append(pair.guide.name)
    peers = loads.running(on).filter(programme=programme, guide=person, kind=Pairing.Kind.PEER)
    found.setdefault("peer", []).extend(peers.values_list("learner__name", flat=True))
    nodes = []
    for number, (code, title, what_for) in enumerate(KINDS):
        angle = 2 * pi * number / len(KINDS) - pi / 2
        x, y = WIDTH / 2 + 1.2 * FAR * cos(angle), HEIGHT / 2 + FAR * sin(angle)
        nodes.append(Node(title, what_for, found.get(code, []), round(x, 1), round(y, 1)))
    return nodes
