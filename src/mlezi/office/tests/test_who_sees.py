"""Daudi, of another programme, sees nothing; each role sees its own pages; the purpose wall stands."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.one_database

PAGES = (
    "home search districts facilities figures encounters actions needs mine me card desk due "  # noqa: SIM905
    "checklists checklist_items".split()
)


def addresses(world, month):
    """Every page of the programme, those of one thing with their keys."""
    plain = [reverse(f"office:{name}", args=["mwanza"]) for name in PAGES]
    keyed = {
        "district": ["NYA"], "facility": ["IGO"], "figure": ["visit_coverage"], "person": [world.baraka.uid],
        "competency": [world.baraka.uid, month["competency"].pk], "encounter": [month["visit"].uid],
        "record": [month["record"].pk], "record_bytes": [month["record"].pk], "action": [month["action"].pk],
        "need": [month["need"].pk],
    }  # fmt: skip
    return plain + [reverse(f"office:{name}", args=["mwanza", *keys]) for name, keys in keyed.items()]


def test_daudi_finds_no_page_of_theirs(world, month, sign_in):
    daudi = sign_in("daudi")

    for address in addresses(world, month):
        assert daudi.get(address).status_code == 404, address


def test_somebody_not_signed_in_is_sent_to_the_door(world, month, client):
    for address in addresses(world, month):
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert "/account/login" in answer["Location"]


@pytest.mark.parametrize(
    ("who", "first"),
    [("eliya", "districts/NYA/"), ("neema", "national/"), ("chiku", "desk/"), ("farida", "desk/"), ("amina", "mine/"),
     ("baraka", "me/")],
)  # fmt: skip
def test_each_role_begins_on_its_own_page(who, first, sign_in):
    answer = sign_in(who).get("/mwanza/")

    assert answer["Location"] == f"/mwanza/{first}"


def test_the_overseer_sees_a_person_but_no_rating_of_theirs(world, month, sign_in):
    eliya = sign_in("eliya")
    page = eliya.get(f"/mwanza/person/{world.baraka.uid}/").content.decode()
    meeting = eliya.get(f"/mwanza/encounters/{month['visit'].uid}/").content.decode()

    assert "Baraka" in page
    assert "Ventilates with bag and mask" not in page + meeting
    assert eliya.get(f"/mwanza/person/{world.baraka.uid}/competency/{month['competency'].pk}/").status_code in (
        403,
        404,
    )


def test_the_mentor_and_the_mentee_see_the_rating(world, month, sign_in):
    for who in ("amina", "baraka"):
        page = sign_in(who).get(f"/mwanza/person/{world.baraka.uid}/").content.decode()
        assert "Ventilates with bag and mask" in page, who


def test_a_mentee_cannot_open_somebody_else(world, month, sign_in):
    assert sign_in("baraka").get(f"/mwanza/person/{world.amina.uid}/").status_code == 404


def test_the_records_behind_a_rating_figure_stay_closed_to_the_overseer(world, month, sign_in):
    page = sign_in("eliya").get("/mwanza/figures/at_level/").content.decode()

    assert "stay with them and their mentor" in page
    assert "Baraka" not in page
