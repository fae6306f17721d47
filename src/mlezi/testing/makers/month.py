"""A small month of records at Igoma and Kisesa, told through rows, for pages to show."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mlezi.pairing.models import Pairing
from mlezi.plumbing import clock
from mlezi.testing.cast import World
from mlezi.testing.makers.records import Records


def told(world: World) -> dict[str, Any]:
    """Amina visited Baraka at Igoma ten days ago; Kisesa was never visited. What was made, by name."""
    today = clock.today()
    records = Records(world.programme)
    records.type("visit", every_days=30, title={"en": "Visit"})
    Pairing.objects.create(
        programme=world.programme, guide=world.amina, learner=world.baraka, from_on=today - timedelta(days=60)
    )
    ventilates = records.competency(
        "newborn", "bag_mask", recheck_days=90, title={"en": "Ventilates with bag and mask"}
    )
    held = today - timedelta(days=10)
    visit = records.encounter(
        world.igoma,
        held,
        world.baraka,
        lead=world.amina,
        minutes=150,
        topics=("newborn",),
        next_on=today + timedelta(20),
    )
    record = records.submission(held, sender=world.amina, encounter_uid=visit.uid)
    rating = records.rating(
        world.baraka,
        ventilates,
        2,
        held,
        place=world.igoma,
        rater=world.amina,
        encounter_uid=visit.uid,
        because="skill",
    )
    need = records.need(world.igoma, "bag_mask", held, encounter_uid=visit.uid)
    action = records.action(world.igoma, held, today - timedelta(days=2), owner=world.baraka, encounter_uid=visit.uid)
    return {"visit": visit, "record": record, "rating": rating, "need": need, "action": action,
            "competency": ventilates}  # fmt: skip
