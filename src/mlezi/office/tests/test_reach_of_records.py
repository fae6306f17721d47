"""A coordinator's part of the tree limits records too, also those that are about no meeting."""

import pytest

from mlezi.instruments.models import Submission
from mlezi.programmes.models import RoleAssignment
from mlezi.testing import cast
from mlezi.testing.makers import submissions
from mlezi.testing.makers.records import Records


@pytest.fixture
def gasto(world):
    """Coordinates Magu alone; Igoma and Baraka are in Nyamagana."""
    person = cast.person("Gasto", at=world.magu)
    RoleAssignment.objects.create(
        person=person, programme=world.programme, role="coordinator", place=world.magu, from_on=cast.START
    )
    world.people["gasto"] = person
    return person


@pytest.fixture
def checklist(world):
    """A record of Baraka's that is about no meeting and asks nothing of the pair."""
    version = submissions.published(world.programme, form_id="stock")
    return Submission.objects.create(
        programme=world.programme, form_id="stock", version="1", form_version=version, instance_id="uuid:1",
        root_id="uuid:1", xml=submissions.record("uuid:1", form_id="stock"), sha256="0" * 64, size=10,
        received_at=cast.MORNING, sender=world.baraka, state=Submission.State.PARKED, trouble="derivation.failed",
    )  # fmt: skip


def addresses(record):
    return [
        f"/mwanza/records/{record.pk}/", f"/mwanza/records/{record.pk}/bytes", f"/mwanza/forms/records/{record.pk}.xml",
        f"/mwanza/forms/records/{record.pk}/edit/", f"/mwanza/quarantine/parked/{record.pk}/",
        f"/mwanza/quarantine/parked/{record.pk}/bytes/",
    ]  # fmt: skip


def test_a_record_of_another_district_is_not_there(world, gasto, checklist, sign_in):
    near, far = sign_in("chiku"), sign_in("gasto")

    assert {address: s for address in addresses(checklist) if (s := near.get(address).status_code) != 200} == {}
    assert {far.get(address).status_code for address in addresses(checklist)} == {404}


def test_a_record_about_a_meeting_lies_where_it_was_held(world, gasto, checklist, sign_in):
    meeting = Records(world.programme).encounter(world.kisesa, cast.START, lead=world.amina)
    Submission.objects.filter(pk=checklist.pk).update(encounter_uid=meeting.pk)

    assert {sign_in("gasto").get(address).status_code for address in addresses(checklist)} == {200}


def test_the_desk_counts_what_its_lists_show(world, gasto, checklist, sign_in):
    mine, theirs = (sign_in(who).get("/mwanza/desk/").context["waiting"] for who in ("gasto", "chiku"))

    assert [figure.value for figure in mine][:2] == ["0", "0"]
    assert [figure.value for figure in theirs][:2] == ["0", "1"]
    assert dict((str(f.name), f.value) for f in mine)["Facilities"] == "1"
    assert dict((str(f.name), f.value) for f in theirs)["Facilities"] == "2"


@pytest.mark.parametrize(("who", "here"), [("eliya", ["Igoma Dispensary"]), ("neema", [])])
def test_what_somebody_agreed_elsewhere_is_not_on_the_page_of_a_district(world, sign_in, who, here):
    """Neema sees no actions but her own, Eliya those of his district."""
    records, owner = Records(world.programme), world.people[who]
    records.action(world.igoma, cast.START)
    records.action(world.kisesa, cast.START, owner=owner)

    shown = sign_in(who).get("/mwanza/districts/NYA/").context
    assert ([one["place"] for one in shown["actions"]], shown["n_actions"]) == (here, len(here))
