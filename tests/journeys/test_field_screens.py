"""Amina's day with the phone app: she sees who needs her and why, where there is no signal."""

import pytest

from mlezi.field import words
from tests.journeys import a_phone
from tests.journeys.test_field_for_everybody import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def of_the_office(sign_in):
    """The reasons on the office's page of the same day, in the phone's words."""
    [baraka] = sign_in("amina").get("/mwanza/mine/").context["mentees"]
    return [words.NUMBERS[f"why_{one['kind']}"](one["n"]).format(n=one["n"]) for one in baraka["why"]]


def test_today_says_who_needs_amina_and_why_without_a_line(phone, sign_in):
    phone.page.get_by_role("heading", name="Igoma Dispensary").wait_for()
    phone.line(there=False)
    phone.page.reload()
    phone.unlock("1111")
    phone.page.get_by_text("That is not the PIN.").wait_for()
    phone.unlock()

    card = phone.page.locator(".card", has_text="Igoma Dispensary")
    card.get_by_text("visited 10 days ago").wait_for()
    assert card.locator(".person .badge").all_inner_texts() == of_the_office(sign_in)
    phone.page.get_by_text("No signal").wait_for()
    phone.press("Nearest first")
    card.get_by_text("14 km").wait_for()


EMPTY = """async (whole) => {
  const names = (await indexedDB.databases()).map((one) => one.name).filter((name) => whole || name !== "mlezi-field");
  for (const name of names) await new Promise((done) => (indexedDB.deleteDatabase(name).onsuccess = done));
}"""


def emptied(phone, *, whole):
    """The browser lets go of a person's records; of everybody's, when `whole`."""
    phone.page.goto(f"{phone.url}/static/built/manifest.json")
    phone.page.evaluate(EMPTY, whole)
    phone.page.goto(f"{phone.url}/field/")


def test_a_browser_that_emptied_its_storage_says_what_has_gone_and_what_helps(world, phone):
    phone.page.get_by_role("button", name="Visit: Igoma Dispensary").click()
    phone.on("visit")
    emptied(phone, whole=False)
    phone.unlock()
    phone.page.get_by_text("The browser emptied what this phone kept for you").wait_for()

    emptied(phone, whole=True)
    gone = phone.page.get_by_role("alert").filter(has_text="Records are no longer on this phone")
    gone.get_by_text("1 was not finished").wait_for()
    look(phone, "emptied")
    phone.page.goto(phone.url + a_phone.link_for(world))
    phone.choose_a_pin()
    phone.page.get_by_role("link", name="Settings").click()
    phone.on("settings")
    phone.page.on("dialog", lambda dialog: dialog.accept())
    phone.press("Sign out")
    phone.page.get_by_label("Your PIN").wait_for()
    assert not gone.is_visible()
