"""What a mentee writes for themselves nobody else reads: not whoever guides them, nor whom they share with."""

from uuid import uuid4

import pytest

from mlezi.encounters.models import Note
from mlezi.narratives.queries.reader import notes_of
from mlezi.plumbing import clock
from mlezi.programmes.actions import shares
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of

OWN, COACHING = "I was nervous that day", "Hold the mask with two fingers"


@pytest.fixture
def noted(world, month):
    """Baraka wrote for themselves, about themselves and about the visit; Amina wrote to Baraka."""
    for author, about, kind, text in (
        (world.baraka, world.baraka, Note.OWN, OWN),
        (world.baraka, None, Note.OWN, OWN),
        (world.amina, world.baraka, "coaching", COACHING),
    ):
        Note.objects.create(
            id=uuid4(), encounter=month["visit"], submission=month["record"], author=author, about=about, kind=kind,
            text=text,
        )  # fmt: skip
    return f"/mwanza/encounters/{month['visit'].uid}/"


def test_only_the_mentee_reads_them(noted, world, sign_in):
    pages = {name: sign_in(name).get(noted).content.decode() for name in ("baraka", "amina", "chiku", "eliya")}

    assert {name for name, page in pages.items() if OWN in page} == {"baraka"}
    assert {name for name, page in pages.items() if COACHING in page} == {"baraka", "amina"}
    assert OWN in sign_in("baraka").get("/mwanza/me/").content.decode()


def test_sharing_what_was_noted_in_coaching_does_not_share_them(noted, world, sign_in):
    shares.give(
        person=world.baraka, programme=world.programme, to=world.eliya, permission=Permission.SEE_COACHING,
        at=clock.now(),
    )  # fmt: skip
    page = sign_in("eliya").get(noted).content.decode()

    assert COACHING in page
    assert OWN not in page


def test_they_are_not_gathered_to_be_coded(noted, world):
    for name in ("amina", "baraka"):
        scope = scope_of(world.people[name], Permission.SEE_COACHING, programme=world.programme)
        assert [note.text for note in notes_of(scope)] == [COACHING], name
