"""Pages of those who keep people, places and roles in order; and what others see of them."""

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mlezi.audit.models import ImportBatch
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person, Post
from mlezi.places.models import Place
from mlezi.programmes import queries
from mlezi.programmes.models import Enrolment, RoleAssignment, Share, Site
from mlezi.programmes.permissions import Permission
from mlezi.testing.cast import MORNING

pytestmark = pytest.mark.one_database

LISTS = {
    "chiku": ["places/", "people/", "pairings/", "people/look-alikes/", "roles/who-sees-what/"],
    "farida": ["roles/"],
}
ALL = [page for pages in LISTS.values() for page in pages]
FORMS = [
    "places/new/",
    "places/outlines/",
    "places/import/",
    "places/IGO/",
    "places/IGO/edit/",
    "places/IGO/move/",
    "places/IGO/close/",
    "places/IGO/join/",
    "places/IGO/leave/",
    "people/new/",
    "people/import/",
    "pairings/new/",
    "pairings/import/",
]
OF_BARAKA = ["keep", "edit", "transfer", "leave", "back", "enrol", "end"]


def file(text, name="list.csv"):
    return SimpleUploadedFile(name, text.encode())


@pytest.mark.parametrize("page", ALL)
def test_lists_show_what_is_there_and_download_it(world, sign_in, page):
    client = sign_in("farida")

    assert client.get(f"/mwanza/{page}").status_code == 200
    if "sees" not in page:
        assert client.get(f"/mwanza/{page}?format=csv").content.startswith(b"\xef\xbb\xbf")
    assert client.get(f"/mwanza/{page}?format=xlsx&q=a&sort=-person").status_code == 200


@pytest.mark.parametrize("page", [*ALL, *FORMS])
def test_for_daudi_none_of_it_exists(world, sign_in, page):
    assert sign_in("daudi").get(f"/mwanza/{page}").status_code == 404
    assert sign_in("daudi").post(f"/mwanza/{page}").status_code == 404


@pytest.mark.parametrize("page", ["places/", "people/", "pairings/", "people/look-alikes/"])
def test_daudis_own_lists_hold_nothing_of_mwanza(world, sign_in, page):
    answer = sign_in("daudi").get(f"/choma/{page}?format=csv").content.decode()

    for name in ("Igoma", "Baraka", "Amina", "Chiku", "Mwanza"):
        assert name not in answer


@pytest.mark.parametrize("page", [*FORMS, *ALL])
def test_a_mentee_is_turned_away_from_what_others_keep(world, sign_in, page):
    expected = 200 if "sees" in page or page == "people/" else 403

    assert sign_in("baraka").get(f"/mwanza/{page}").status_code == expected


def test_a_mentee_finds_only_themselves_in_the_list_of_people(world, sign_in):
    lines = sign_in("baraka").get("/mwanza/people/?format=csv").content.decode().splitlines()

    assert [line.split(",")[0] for line in lines[1:]] == ["Baraka"]


@pytest.mark.parametrize("page", FORMS)
def test_forms_open(world, sign_in, page):
    assert sign_in("chiku").get(f"/mwanza/{page}").status_code == 200


@pytest.mark.parametrize("page", OF_BARAKA)
def test_pages_about_a_person_open_for_the_coordinator_alone(world, sign_in, page):
    address = f"/mwanza/people/{world.baraka.uid}/{page}/"

    assert sign_in("chiku").get(address).status_code == 200
    assert sign_in("daudi").get(address).status_code == 404
    assert sign_in("daudi").get(address.replace("mwanza", "choma")).status_code == 404
    assert sign_in("baraka").get(address).status_code == 403


def test_a_list_goes_from_upload_to_undo(world, sign_in):
    client = sign_in("chiku")
    text = "country,region,district,facility\nTanzania,Mwanza,Magu,Sangabuye\nTanzania,Mwanza,Magu,\n"

    shown = client.post("/mwanza/places/import/", {"file": file(text), "takes_part": "on"})
    page = client.get(shown.url).content.decode()
    assert "The row names no place" in page
    assert not Place.objects.filter(name="Sangabuye")

    client.post(shown.url + "apply/")
    assert Site.objects.get(place__name="Sangabuye").programme == world.programme

    client.post(shown.url + "undo/")
    assert not Place.objects.filter(name="Sangabuye")


def test_somebody_elses_upload_is_nobody_elses(world, sign_in):
    shown = sign_in("chiku").post("/mwanza/people/import/", {"file": file("name,part\nGrace,mentee\n")})

    for name, status in (("farida", 404), ("daudi", 404), ("baraka", 403)):
        assert sign_in(name).get(shown.url).status_code == status
        assert sign_in(name).post(shown.url + "apply/").status_code == status
    assert not Person.objects.filter(name="Grace")


def test_a_file_that_is_none_is_answered_with_what_to_do(world, sign_in):
    answer = sign_in("chiku").post("/mwanza/people/import/", {"file": file("%PDF-1.7", "list.pdf")})

    assert answer.status_code == 400
    assert "This is not a table we can read" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_person_is_added_moved_and_leaves(world, sign_in):
    client = sign_in("chiku")
    facts = {"name": "Grace", "part": "mentee", "from_on": "2026-03-01", "place": "IGO"}
    shown = client.post("/mwanza/people/new/", facts)
    grace = Person.objects.get(name="Grace")
    assert str(grace.uid) in shown.url

    base = f"/mwanza/people/{grace.uid}/"
    client.post(base + "edit/", {"name": "Grace Mushi", "languages": "sw, en"})
    client.post(base + "transfer/", {"place": "Kisesa Dispensary", "on": "2026-04-01"})
    client.post(base + "leave/", {"on": "2026-05-01", "reason": "studies", "ends_part": "on"})

    grace.refresh_from_db()
    assert (grace.name, grace.languages) == ("Grace Mushi", ["sw", "en"])
    assert [post.reason for post in Post.objects.filter(person=grace).order_by("id")] == ["transfer", "studies"]
    assert Enrolment.objects.get(person=grace).reason == "studies"


def test_what_cannot_be_done_is_said_above_the_form(world, sign_in):
    answer = sign_in("chiku").post(f"/mwanza/people/{world.baraka.uid}/transfer/", {"place": "IGO", "on": "2026-04-01"})

    assert answer.status_code == 400
    assert "already works at Igoma Dispensary" in answer.content.decode()


def test_a_place_outside_ones_part_cannot_be_chosen(world, sign_in):
    answer = sign_in("chiku").post(f"/mwanza/people/{world.baraka.uid}/transfer/", {"place": "CHO", "on": "2026-04-01"})

    assert "No place in your part" in answer.content.decode()


def test_look_alikes_are_proposed_merged_and_parted(world, sign_in):
    client = sign_in("chiku")
    other = Person.objects.create(name="Barraka", created_at=MORNING, created_by_submission=uuid4())
    Post.objects.create(person=other, place=world.igoma)
    Enrolment.objects.create(programme=world.programme, person=other, part="mentee", from_on="2026-01-01")

    assert "Barraka" in client.get("/mwanza/people/look-alikes/").content.decode()
    address = f"/mwanza/people/look-alikes/{world.baraka.uid}/{other.uid}/"
    assert "keep the entry “Baraka”" in client.get(address).content.decode()
    client.post(address, {"answer": "merge"})
    other.refresh_from_db()
    assert other.merged_into == world.baraka

    merge = other.merges_absorbed.get()
    assert sign_in("daudi").post(f"/choma/people/merges/{merge.pk}/undo/").status_code == 404
    client.post(f"/mwanza/people/merges/{merge.pk}/undo/")
    client.post(address, {"answer": "apart"})
    other.refresh_from_db()
    assert other.merged_into is None
    assert "Barraka" not in client.get("/mwanza/people/look-alikes/").content.decode()


def test_two_people_are_paired_and_parted(world, sign_in):
    client = sign_in("chiku")
    client.post("/mwanza/pairings/new/", {"guide": "Amina", "kind": "mentor", "learner": "Baraka", "on": "2026-01-01"})
    pair = Pairing.objects.get()
    assert sign_in("daudi").get(f"/choma/pairings/{pair.uid}/end/").status_code == 404

    client.post(f"/mwanza/pairings/{pair.uid}/end/", {"on": "2026-02-01", "reason": "moved"})

    pair.refresh_from_db()
    assert (str(pair.to_on), pair.reason) == ("2026-02-01", "moved")


def test_roles_are_given_by_those_who_hold_as_much(world, sign_in):
    given = {"person": "Chiku", "role": "manager", "place": "MWZ", "on": "2026-03-01"}
    assert sign_in("chiku").post("/mwanza/roles/new/", given).status_code == 403
    sign_in("farida").post("/mwanza/roles/new/", given)

    assignment = RoleAssignment.objects.get(person=world.chiku, role="manager")
    sign_in("farida").post("/mwanza/roles/end/", {"assignment": assignment.pk})
    assignment.refresh_from_db()
    assert assignment.to_on
    assert sign_in("farida").post("/mwanza/roles/end/", {"assignment": "x"}).status_code == 404


def test_nobody_gives_more_than_they_have(world, sign_in):
    RoleAssignment.objects.create(
        person=world.eliya, programme=world.programme, role="administrator", place=world.mwanza, from_on="2026-01-01"
    )
    answer = sign_in("eliya").post(
        "/mwanza/roles/new/", {"person": "Eliya", "role": "coordinator", "place": "MWZ", "on": "2026-03-01"}
    )

    assert "may more than you" in answer.content.decode()


def test_a_sign_in_link_is_made_for_a_mentor_but_not_for_a_manager(world, sign_in):
    mine = sign_in("chiku").post(f"/mwanza/people/{world.amina.uid}/link/")

    assert "/enter/" in mine.content.decode()
    assert sign_in("chiku").post(f"/mwanza/people/{world.farida.uid}/link/").status_code == 403


def test_outlines_are_drawn_for_known_districts_and_others_named(world, sign_in):
    ring = [[33.0, -2.5], [33.1, -2.5], [33.1, -2.6], [33.0, -2.5]]
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for name in ("nyamagana", "Atlantis")
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    given = {"file": file(text, "districts.geojson"), "level": "district", "source": "Bureau of Statistics"}

    page = sign_in("chiku").post("/mwanza/places/outlines/", given, follow=True).content.decode()

    world.nyamagana.refresh_from_db()
    assert world.nyamagana.outline["type"] == "MultiPolygon"
    assert "Atlantis" in page


def test_a_mentee_shares_their_ratings_and_takes_it_back(world, sign_in):
    client = sign_in("baraka")
    page = client.get("/mwanza/shares/").content.decode()
    assert "Eliya" in page
    assert "Daudi" not in page
    assert sign_in("daudi").get("/mwanza/shares/").status_code == 404

    client.post("/mwanza/shares/", {"to": world.eliya.pk, "permission": "SEE_RATINGS"})
    client.post("/mwanza/shares/", {"to": world.daudi.pk, "permission": "SEE_RATINGS"})
    share = Share.objects.get()
    may = {"programme": world.programme, "about": world.baraka}
    assert queries.may(world.eliya, Permission.SEE_RATINGS, **may)

    assert sign_in("eliya").post(f"/mwanza/shares/{share.pk}/withdraw/").status_code == 404
    client.post(f"/mwanza/shares/{share.pk}/withdraw/")
    assert not queries.may(world.eliya, Permission.SEE_RATINGS, **may)
