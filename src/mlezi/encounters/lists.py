"""The list of meetings a phone carries: what its person is to hold, and what they held lately.

Other forms about a meeting (ratings, the mentee's own view) choose from it, so that all of them carry
the same uid.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from uuid import UUID

from mlezi.encounters.models import Encounter, PlannedEncounter
from mlezi.instruments import media
from mlezi.people.models import Person
from mlezi.plumbing import clock
from mlezi.programmes.models import Programme

NAME = "my_encounters.csv"
BACK, AHEAD = timedelta(days=45), timedelta(days=60)


def register() -> None:
    """Called once at start-up."""
    media.register(NAME, my_encounters, columns=("kind", "state", "place", "held_on"), known=_known)


def my_encounters(programme: Programme, person: Person) -> Iterator[Mapping[str, object]]:
    """Newest first: plans not yet held, then meetings held or lost lately, led by the person."""
    today = clock.today(programme.time_zone)
    led = {"programme": programme, "lead": person}
    held = list(Encounter.objects.filter(**led, held_on__gte=today - BACK).select_related("type", "place"))
    plans = PlannedEncounter.objects.filter(
        **led, cancelled_on=None, planned_on__range=(today - BACK, today + AHEAD)
    ).exclude(pk__in=[row.pk for row in held])
    for plan in plans.select_related("type", "place").order_by("planned_on", "pk"):
        yield {
            "name": plan.pk,
            "label": f"{plan.planned_on} · {plan.place.name}",
            "__version": 1,
            "kind": plan.type.code,
            "state": "planned",
            "place": plan.place.uid,
            "held_on": "",
        }
    for row in sorted(held, key=lambda row: (str(row.held_on), str(row.pk)), reverse=True):
        yield {
            "name": row.pk,
            "label": f"{row.held_on} · {row.place.name if row.place else ''}",
            "__version": 1,
            "kind": row.type.code,
            "state": "held",
            "place": row.place.uid if row.place else "",
            "held_on": row.held_on,
        }


def _known(programme: Programme, ids: Collection[str]) -> set[str]:
    uids = []
    for text in ids:
        try:
            uids.append(UUID(text))
        except ValueError:
            continue
    found = {str(pk) for pk in Encounter.objects.filter(pk__in=uids).values_list("pk", flat=True)}
    return found | {str(pk) for pk in PlannedEncounter.objects.filter(pk__in=uids).values_list("pk", flat=True)}
