"""A page in Swahili speaks Swahili to the end: reasons, cadres, and numbers that can be read."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.translation import override

from mlezi.people.models import Post
from mlezi.plumbing import clock
from mlezi.plumbing.words import number
from mlezi.testing.makers import forms
from mlezi.testing.makers.records import Records

CANCELLED = """
| survey  |
|         | type             | name    | label::English (en) | label::Kiswahili (sw)    | bind::mlezi:as              |
|         | select_one lost  | why_not | Why not?            | Kwa nini?                | encounter.cancelled_because |
| choices |
|         | list_name        | name    | label::English (en) | label::Kiswahili (sw)    |
|         | lost             | weather | Weather or road     | Hali ya hewa au barabara |
"""


def main(client, address):
    return client.get(f"/mwanza/{address}", headers={"accept-language": "sw"}).content.decode().split("<main", 1)[1]


@pytest.fixture
def left(world, month):
    """Baraka left Igoma a fortnight ago, and nobody has ended the pair with Amina."""
    on = clock.today() - timedelta(days=14)
    Post.objects.filter(person=world.baraka).update(to_on=on, reason="studies")
    world.programme.blueprint = {"cadres": [{"code": "nurse", "title": {"en": "Nurse", "sw": "Muuguzi"}}]}
    world.programme.save()
    return on


def test_large_numbers_are_grouped():
    with override("sw"):
        assert number(4110000) == "4,110,000"


def test_why_a_post_ended_and_cadres_are_in_words(world, left, sign_in):
    chiku = sign_in("chiku")

    assert "Masomo" in main(chiku, "employment/")
    assert "Muuguzi" in main(chiku, "employment/")
    assert "Muuguzi" in main(chiku, "people/")
    assert "Mlezwa" in main(chiku, f"people/{world.baraka.uid}/keep/")
    assert "nurse" in chiku.get("/mwanza/people/?format=csv").content.decode()  # to be brought in again


def test_why_a_visit_was_not_held_is_in_the_words_of_its_form(world, month, sign_in):
    records = Records(world.programme)
    records.types["visit"] = month["visit"].type
    forms.published(world.programme, CANCELLED)
    records.encounter(world.igoma, clock.today(), lead=world.amina, cancelled_because="weather", uid=uuid4())
    records.encounter(world.igoma, clock.today(), lead=world.amina, cancelled_because="not_said", uid=uuid4())

    page = main(sign_in("chiku"), "encounters/")

    assert "Hali ya hewa au barabara" in page
    assert "hakuna sababu iliyotolewa" in page


def test_a_mentee_who_left_needs_no_visit_and_stands_last(world, left, sign_in):
    page = main(sign_in("amina"), "mine/")
    row = re.search(r"<li><div[^>]*><a[^>]*>Baraka.*?</li>", page, re.S)[0]

    assert "aliondoka" in row
    assert "late" not in row
    assert "· Muuguzi" not in row


def test_an_action_is_late_as_an_action(world, month, sign_in):
    page = main(sign_in("amina"), f"actions/{month['action'].pk}/")

    assert "imechelewa" in page
    assert "<dt>Na</dt>" not in page


def test_roles_are_named_in_the_menu_and_on_the_page_of_a_person(world, sign_in):
    menu = sign_in("eliya").get("/mwanza/districts/NYA/", headers={"accept-language": "sw"}).content.decode()

    assert "Msimamizi (Mganga Mkuu wa Wilaya)" in menu
    assert '<span class="badge badge-note">Mlezi</span>' in main(sign_in("chiku"), f"people/{world.amina.uid}/keep/")
