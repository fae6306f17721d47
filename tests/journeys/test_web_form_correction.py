"""A record that was sent is corrected in the browser; the first one is kept, and so is its photograph."""

import pytest
from django.core.files.base import ContentFile
from lxml import etree

from mlezi.instruments.actions import receiving
from mlezi.instruments.arrivals import Incoming
from mlezi.instruments.models import Submission
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VISIT = """
    | settings |
    |          | form_id | version | form_title |
    |          | visit   | 1       | Visit      |
    | survey   |
    |          | type    | name    | label   |
    |          | text    | note    | Note    |
    |          | integer | minutes | Minutes |
    |          | image   | photo   | Photo   |
"""


@pytest.fixture
def sent(world):
    version = forms.published(world.programme, VISIT)
    xml = forms.record(version, {"note": "Karibu", "minutes": 9, "photo": "a.jpg"}, instance_id="uuid:first")
    return receiving.receive(
        programme=world.programme,
        xml=xml,
        files=[Incoming("a.jpg", ContentFile(b"picture"))],
        sender=world.amina,
        at=MORNING,
    ).submission


def test_a_correction_replaces_the_record_and_keeps_the_first(world, sent, browse):
    page = browse("amina", f"/mwanza/forms/records/{sent.pk}/edit/")
    minutes = page.locator("[data-name=minutes] input")
    minutes.wait_for()
    assert page.locator("[data-name=note] input").input_value() == "Karibu"
    minutes.fill("90")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/?sent=1")

    first, second = Submission.objects.order_by("received_at")
    assert first.pk == sent.pk
    assert not first.is_current
    assert (second.replaces_id, second.root_id, second.is_current) == ("uuid:first", "uuid:first", True)
    assert etree.fromstring(bytes(second.xml)).xpath("string(//*[local-name()='minutes'])") == "90"
    assert [file.name for file in second.attachments.all()] == ["a.jpg"]


@pytest.mark.parametrize(("name", "status"), [("amina", 200), ("chiku", 200), ("baraka", 404), ("daudi", 404)])
@pytest.mark.parametrize("path", ["/{pk}/edit/", "/{pk}.xml", "/{pk}/files/a.jpg"])
def test_a_record_is_open_to_its_sender_and_those_who_keep_records(sent, sign_in, name, status, path):
    answer = sign_in(name).get("/mwanza/forms/records" + path.format(pk=sent.pk))

    assert answer.status_code == status


def test_the_desk_takes_no_record_without_the_form_token(world, sent):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(world.amina.account, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.put("/mwanza/desk/submission", b"<data/>", "text/xml", headers={"Mlezi-Client": "web"})

    assert answer.status_code == 403
    assert Submission.objects.count() == 1
