"""The cast with the form that the OpenRosa conformance suite fills in, for a throw-away installation."""

from __future__ import annotations

from typing import Any

from mlezi.instruments.actions import publishing
from mlezi.pairing.models import Pairing
from mlezi.people.actions import devices
from mlezi.testing import cast

FORM_ID = "openrosa-conformance"
FORM = """| survey | | | | |
| | type | name | label | choice_filter |
| | start | start | | |
| | end | end | | |
| | text | note | Note | |
| | select_one_from_file facilities.csv | facility | Facility | |
| | select_one_from_file mentees.csv | mentee | Mentee | |
| | image | photo | Photograph | |
| | audio | sound | Sound | |
| settings | | | | |
| | form_id | form_title | version | |
| | openrosa-conformance | OpenRosa conformance | {version} | |
"""


def source(version: str) -> bytes:
    return FORM.format(version=version).encode()


def install(password: str) -> dict[str, Any]:
    """The world, two versions of the form, a phone and a password for Amina. What a test needs to know."""
    world = cast.assemble()
    Pairing.objects.create(programme=world.programme, guide=world.amina, learner=world.baraka, from_on=cast.START)
    for version in ("1", "2"):
        publishing.publish(
            programme=world.programme,
            source=source(version),
            name="conformance.md",
            by=world.chiku,
            at=cast.MORNING.replace(minute=int(version)),
        )
    _, token = devices.enrol(
        person=world.amina, programme_code="mwanza", name="Conformance", by=world.chiku, at=cast.MORNING
    )
    revoked, revoked_token = devices.enrol(
        person=world.amina, programme_code="mwanza", name="Lost", by=world.chiku, at=cast.MORNING
    )
    devices.revoke(device=revoked, by=world.chiku, at=cast.MORNING)
    account = world.amina.account
    account.set_password(password)
    account.save()
    return {
        "programme": "mwanza",
        "username": account.username,
        "password": password,
        "token": token,
        "revoked_token": revoked_token,
        "form_id": FORM_ID,
        "version": "2",
        "old_version": "1",
        "baraka": str(world.baraka.uid),
        "daudi": str(world.daudi.uid),
    }
