"""Track records come from an ORCID record or a list, and matching counts projects, not money."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile

from mlezi.formats.tests.test_orcid import RECORD
from mlezi.matching.models import Profile, RecordEntry, Terms
from mlezi.matching.settings import Settings
from mlezi.testing.makers import rounds as make

AT = "/mwanza/matching/mine/record/"


def uploaded(content):
    return {"file": SimpleUploadedFile("record.json", content)}


def test_somebody_brings_in_their_orcid_record_twice_and_has_it_once(world, sign_in):
    amina = sign_in("amina")
    for _ in range(2):
        assert amina.post(AT, uploaded(json.dumps(RECORD).encode())).status_code == 302

    rows = RecordEntry.objects.filter(person=world.amina)
    assert rows.count() == 3
    assert rows.get(title="Safer births").role == "led"
    assert "On resuscitation" in amina.get(AT).content.decode()


def test_another_file_is_refused_with_what_is_missing_and_nothing_is_kept(world, sign_in):
    answer = sign_in("amina").post(AT, uploaded(b'{"hello": 1}'))

    assert answer.status_code == 400
    assert "activities-summary" in answer.content.decode()
    assert not RecordEntry.objects.exists()


def test_a_list_of_projects_is_previewed_and_written(world, sign_in):
    chiku = sign_in("chiku")
    rows = (
        "person,title,role,funder,amount,currency,from_year\nAmina,Safer births,led,A fund,250000,USD,2019\nNobody,X\n"
    )
    shown = chiku.post("/mwanza/matching/records/import/", {"file": SimpleUploadedFile("r.csv", rows.encode())})
    chiku.post(shown.headers["Location"] + "apply/")

    entry = RecordEntry.objects.get()
    assert (entry.person, entry.role, entry.amount, entry.from_year) == (world.amina, "led", 250000, 2019)


def test_who_led_projects_is_preferred_where_the_programme_weighs_it(world):
    (led,), (none,) = make.mentors(world, "Zawadi", places=1), make.mentors(world, "Yusufu", places=1)
    for mentor, role in ((led, "led"), (none, "joined")):
        RecordEntry.objects.create(
            person=mentor, kind="funding", title=role, role=role, source="typed", added_at=make.MORNING
        )

    scenario = make.worked_out(
        world, make.round_of(world, make.mentees(world, "Rehema"), [none, led]), Settings(weights={"track_record": 1})
    )

    assert make.pairs(scenario) == {("Rehema", "Zawadi")}


def test_a_few_kilometres_over_water_are_hours(world):
    island = make.cast.place(
        "NAN", "Nansio Health Centre", world.igoma.level, world.nyamagana, latitude=-2.11, longitude=33.09
    )
    shore = make.cast.place(
        "KIS2", "Kisorya Dispensary", world.igoma.level, world.nyamagana, latitude=-2.118, longitude=33.245
    )
    scenario = make.worked_out(
        world, make.round_of(world, make.mentees(world, "Rehema", at=island), make.mentors(world, "Zawadi", at=shore))
    )

    assert scenario.proposals.get().minutes > 60


def test_a_list_of_people_says_who_manages_whom_and_how_many_a_mentor_takes(world, sign_in):
    """Somebody new and their line manager may stand in one file; taken back, nothing of it is left."""
    chiku = sign_in("chiku")
    rows = (
        "name,facility,takes part as,line manager,mentees at most,oriented on\n"
        "Halima,Igoma Dispensary,mentee,Zawadi,,\n"
        "Zawadi,Igoma Dispensary,mentor,,3,2026-02-01\n"
        "Amina,,,,4,\n"
        "Baraka,,,Amina,,\n"
    )
    batches = []
    for _ in range(2):
        shown = chiku.post("/mwanza/people/import/", {"file": SimpleUploadedFile("p.csv", rows.encode())})
        chiku.post(shown.headers["Location"] + "apply/")
        batches.append(shown.headers["Location"])

    managers = dict(Profile.objects.exclude(line_manager=None).values_list("person__name", "line_manager__name"))
    assert managers == {"Halima": "Zawadi", "Baraka": "Amina"}
    assert dict(Terms.objects.values_list("person__name", "places")) == {"Zawadi": 3, "Amina": 4}
    assert str(Profile.objects.get(person__name="Zawadi").oriented_on) == "2026-02-01"

    chiku.post(f"{batches[0]}undo/")
    assert not Profile.objects.exists()
    assert not Terms.objects.exists()


def test_nobody_is_brought_in_as_their_own_line_manager(world, sign_in):
    rows = b"name,line manager\nAmina,Amina\n"
    shown = sign_in("chiku").post("/mwanza/people/import/", {"file": SimpleUploadedFile("p.csv", rows)})

    assert "their own line manager" in sign_in("chiku").get(shown.headers["Location"]).content.decode()
