"""A visit with no signal: three forms and two people speak of one encounter, the phone changes hands, and all of it
arrives once when there is a line again."""

from datetime import timedelta

import pytest
from django.db import connection

from mlezi.audit import worker
from mlezi.encounters.models import Encounter
from mlezi.instruments.models import Submission
from mlezi.plumbing import clock
from tests.journeys.a_phone import PIN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def begin_a_visit(phone):
    phone.page.get_by_role("button", name="Visit: Igoma Dispensary").click()
    phone.on("visit")


def fill_the_visit(phone):
    """Every page of the flagship's visit form, with one action, one thing missing and a photograph."""
    page = phone.page
    page.get_by_role("link", name="Fill in").click()
    phone.ask("held").wait_for()
    assert phone.ask("place").inner_text().split("\n")[-1] == "Igoma Dispensary"  # answered by the visit, not asked
    phone.press("Next")
    phone.ask("minutes").locator("input").fill("120")
    phone.ask("topics").get_by_text("Neonatal resuscitation").click()
    phone.press("Next")
    phone.ask("mentee").get_by_text("Baraka").click()
    phone.press("Next")
    phone.ask("clinical_checked").get_by_text("Yes").click()
    phone.ask("missing_clinical").get_by_text("Suction bulb").click()
    while not phone.ask("actions").is_visible():
        phone.press("Next")
    phone.ask("what").locator("input").fill("Ask for a suction bulb")
    while not phone.ask("photo").is_visible():
        phone.press("Next")
    picture = {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": phone.picture()}
    phone.ask("photo").locator("input[type=file]").set_input_files(picture)
    phone.ask("photo").locator("img").wait_for()
    phone.press("Next")
    phone.press("Finish")
    phone.on("visit")


def test_a_visit_with_no_line_carries_one_uid_through_three_forms_and_arrives_once(world, phone):
    phone.line(there=False)
    begin_a_visit(phone)
    fill_the_visit(phone)
    phone.press("Rating of one mentee: Baraka")
    phone.ask("seen").wait_for()
    assert phone.ask("mentee").inner_text().split("\n")[-1] == "Baraka"
    phone.ask("seen").get_by_text("Infection prevention").click()
    phone.page.get_by_role("link", name="Back").click()
    phone.on("visit")
    hand_over(phone)

    phone.page.get_by_role("link", name="Summary to show or share").click()
    paper = phone.page.locator(".paper")
    paper.get_by_text("Ask for a suction bulb").wait_for()
    today = phone.page.locator(".card", has_text="Igoma Dispensary")
    assert paper.get_by_text("Suction bulb", exact=True).is_visible()
    phone.tab("Today")  # it knows of the visit before anybody else does
    today.get_by_text("visited today").wait_for()
    phone.tab("People")
    phone.page.locator(".row", has_text="Baraka").get_by_text("today").wait_for()
    phone.tab("Unsent")
    phone.page.get_by_text("2 records are only on this phone").wait_for()

    phone.line(there=True)
    phone.press("Send now")
    phone.page.get_by_text("Everything is at the office").wait_for()
    connection.close()
    worker.drain(at=clock.now() + timedelta(hours=1))  # what a record is about is read from it afterwards
    visit = Submission.objects.get(form_id="visit", source="field")
    view = Submission.objects.get(form_id="mentee_view", source="field")
    encounter = Encounter.objects.get(pk=visit.encounter_uid)
    assert (view.encounter_uid, encounter.lead) == (encounter.pk, world.amina)
    assert f"<encounter>{encounter.pk}</encounter>".encode() in bytes(visit.xml)
    assert (visit.source, visit.sender) == ("field", world.amina)
    [photo] = visit.attachments.all()
    assert photo.size < 150_000  # 2400 by 1800 pixels when it was taken


def hand_over(phone):
    """Baraka answers for himself; afterwards the phone is locked, and nothing of it can be opened."""
    page = phone.page
    page.get_by_role("link", name="Their own view").click()
    phone.press("I am Baraka: begin")
    phone.ask("useful").wait_for()
    assert not page.get_by_role("navigation", name="Screens").is_visible()
    while not page.get_by_role("button", name="Finish", exact=True).is_visible():
        for name in ("useful", "safe", "time"):
            if phone.ask(name).is_visible():
                phone.ask(name).get_by_text("Mostly").click()
        phone.press("Next")
    phone.press("Finish")
    page.get_by_text("Give the phone back to Amina").wait_for()
    page.get_by_label("Your PIN").fill(PIN[:2])
    page.evaluate("dispatchEvent(new HashChangeEvent('hashchange'))")  # news of where it goes on comes late
    page.wait_for_timeout(200)
    assert page.get_by_label("Your PIN").input_value() == PIN[:2]
    phone.unlock(PIN)
    phone.on("visit")
    assert page.get_by_text("waits for a signal Their own view").count() == 1
